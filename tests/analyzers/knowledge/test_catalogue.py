"""The catalogue: its data keep the schema, broken data are told place by place, the cache is safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.knowledge.catalogue import CatalogueError, load_catalogue
from analyzers.knowledge.catalogue_lint import lint_catalogue

ENTRY = '[{id}]\nname_en = "{id}"\ncategory = "push"\nsources = ["lc"]\nclasses = ["{prefix}"]\n'
WORDS = '[push]\nzh = "推送"\nen = "Push"\npurpose_zh = ""\n'
SOURCES = '[lc]\nname = "LibChecker"\nlicence = "Apache-2.0"\n'


def make_folder(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "sdks"
    folder.mkdir()
    (folder / "categories.toml").write_text(WORDS, "utf-8")
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_the_built_in_catalogue_has_no_error() -> None:
    assert [finding for finding in lint_catalogue() if finding.level == "error"] == []


def test_the_built_in_catalogue_has_its_verified_entries() -> None:
    catalogue = load_catalogue()
    services = [e for e in catalogue.entries.values() if e.kind != "library" and e.counts]
    assert catalogue.verified >= 500
    assert len(services) >= 450


def test_foreign_names_of_one_licence_stay_in_their_own_file() -> None:
    folder = Path(load_catalogue.__wrapped__.__code__.co_filename).parent / "sdks"
    assert (folder / "odbl" / "LICENSE.txt").exists()
    assert "Open Database License" in (folder / "odbl" / "exodus.toml").read_text("utf-8")


def test_the_compiled_copy_gives_the_same_catalogue(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, push=ENTRY.format(id="one", prefix="com.one"))
    first = load_catalogue(folder, tmp_path / "cache")
    load_catalogue.cache_clear()
    assert load_catalogue(folder, tmp_path / "cache") == first
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [
        f"catalogue-{first.version}.msgpack"
    ]


def test_a_damaged_compiled_copy_is_made_anew(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, push=ENTRY.format(id="one", prefix="com.one"))
    first = load_catalogue(folder, tmp_path / "cache")
    (tmp_path / "cache" / f"catalogue-{first.version}.msgpack").write_bytes(b"\x93broken")
    load_catalogue.cache_clear()
    assert load_catalogue(folder, tmp_path / "cache") == first


def test_an_unwritable_cache_is_no_obstacle(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, push=ENTRY.format(id="one", prefix="com.one"))
    (tmp_path / "file").write_text("")
    assert "one" in load_catalogue(folder, tmp_path / "file" / "cache").entries


def test_changed_data_are_another_version(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, push=ENTRY.format(id="one", prefix="com.one"))
    first = load_catalogue(folder, tmp_path)
    (folder / "push.toml").write_text(ENTRY.format(id="one", prefix="com.two"))
    load_catalogue.cache_clear()
    assert load_catalogue(folder, tmp_path).version != first.version


def test_every_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    folder = make_folder(
        tmp_path,
        a='[one]\nname_en = "One"\ncategory = "push"\ncolour = "red"\n',
        b='[two]\nname_en = 2\ncategory = "push"\n[three]\nname_en = "T"\ncategory = "odd"\n',
        c="[broken\n",
    )
    with pytest.raises(CatalogueError) as error:
        load_catalogue(folder, tmp_path)
    places = [line.split(": ")[:2] for line in str(error.value).splitlines()]
    assert [place[0] for place in places] == ["a.toml", "b.toml", "c.toml", "b.toml"]
    assert "unknown category odd" in str(error.value)


def test_the_same_entry_twice_is_an_error(tmp_path: Path) -> None:
    text = ENTRY.format(id="one", prefix="com.one")
    with pytest.raises(CatalogueError, match=r"b\.toml: one stands in a\.toml already"):
        load_catalogue(make_folder(tmp_path, a=text, b=text), tmp_path)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('classes = ["com.one"]', "same-prefix"),
        ('classes = ["com.tencent"]', "prefix-too-broad"),
        ('classes = ["com..b"]', "bad-prefix"),
        ("sources = []", "no-source"),
        ('sources = ["nobody"]', "unknown-source"),
        ('weak = ["libx.so"]', "weak-is-no-signature"),
        ('types = ["device.imei"]', "types-without-source"),
        ('types = ["device.odd"]\ntypes_source = "x"', "unknown-type"),
        ('delay_init = "A.b"', "delay-without-source"),
        ("tracker = true", "tracker-without-reason"),
        ('strings = ["a_b_c"]', "strings-without-source"),
        ('versions = [{ type = "string", at = "x", pattern = "(" }]', "bad-pattern"),
        ('versions = [{ type = "string", at = "x", pattern = "x" }]', "bad-pattern"),
        ('[two.seen]\n"com.two" = "somewhere"', "unknown-source"),
    ],
)
def test_the_linter_finds(tmp_path: Path, more: str, code: str) -> None:
    start = '[two]\nname_en = "Two"\ncategory = "push"\n'
    given = {"classes": 'classes = ["com.two"]', "sources": 'sources = ["lc"]'}
    head = "\n".join(line for key, line in given.items() if not more.startswith(key))
    one = ENTRY.format(id="one", prefix="com.one")
    folder = make_folder(tmp_path, a=one, b=f"{start}{head}\n{more}\n")
    assert code in {finding.code for finding in lint_catalogue(folder) if finding.level == "error"}


def test_the_linter_finds_an_ios_mark_of_two_entries(tmp_path: Path) -> None:
    both = [ENTRY.format(id=i, prefix=f"com.{i}") + 'ios = ["Mark"]\n' for i in ("one", "two")]
    found = lint_catalogue(make_folder(tmp_path, a="".join(both)))
    assert [(f.code, f.detail) for f in found if f.level == "error"] == [
        ("same-ios-mark", "Mark is one's")
    ]


def test_what_was_never_seen_in_a_file_is_a_counted_warning(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, a=ENTRY.format(id="one", prefix="com.one"))
    assert [(f.level, f.code) for f in lint_catalogue(folder)] == [
        ("warning", "never-seen-in-a-file")
    ]


def test_a_schema_error_is_a_finding(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, a="[one]\nname_en = 1\n")
    assert [finding.code for finding in lint_catalogue(folder)] == ["schema"]
