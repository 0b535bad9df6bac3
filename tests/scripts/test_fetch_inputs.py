"""The fetcher: only checked bytes, only under their hash; no client is run here."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fetch-inputs"
CONTENT = b"PK\x03\x04 not really a package"


@pytest.fixture(scope="module")
def fetch():
    loader = SourceFileLoader("fetch_inputs", str(SCRIPT))
    module = module_from_spec(spec_from_loader("fetch_inputs", loader))
    loader.exec_module(module)
    return module


def make_row(inner: str, content: bytes = CONTENT, **fields: str) -> dict[str, str]:
    row = {
        "registry": "npm", "package": "a", "version": "1", "form": "tarball", "inner_path": inner,
        "sha256": hashlib.sha256(content).hexdigest(), "bytes": str(len(content)), "type": "apk",
        "package_id": "a.b", "licence": "MIT",
    }  # fmt: skip
    return {**row, **fields}


def make_tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def test_the_table_is_sound(fetch) -> None:
    rows = fetch.read_table()
    assert len(rows) > 150
    for row in rows:
        assert len(row["sha256"]) == 64
        assert set(row["sha256"]) <= set("0123456789abcdef")
        assert 0 < int(row["bytes"]) <= fetch.MAX_BYTES
        assert (row["registry"], row["form"]) in {
            ("npm", "tarball"), ("pypi", "sdist"), ("pypi", "wheel"), ("debian", "deb")
        }  # fmt: skip


def test_a_member_is_stored_under_its_hash_wherever_it_lay(fetch, tmp_path: Path) -> None:
    row = make_row("../../outside/evil.apk")
    package = make_tar(tmp_path / "p.tgz", {"../../outside/evil.apk": CONTENT, "other": b"x"})
    cache = tmp_path / "cache"
    assert fetch.store_members(package, [row], cache) == {"../../outside/evil.apk": ""}
    assert fetch.is_stored(cache, row)
    assert [path.name for path in cache.rglob("*") if path.is_file()] == [f"{row['sha256']}.apk"]


def test_wrong_bytes_are_not_kept(fetch, tmp_path: Path) -> None:
    row = make_row("a.apk")
    package = make_tar(tmp_path / "p.tgz", {"a.apk": CONTENT[::-1]})
    results = fetch.store_members(package, [row], tmp_path / "cache")
    assert results["a.apk"].startswith("SHA-256")
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_a_member_of_another_size_is_not_read(fetch, tmp_path: Path) -> None:
    row = make_row("a.apk", bytes="3")
    package = make_tar(tmp_path / "p.tgz", {"a.apk": CONTENT})
    assert fetch.store_members(package, [row], tmp_path / "cache")["a.apk"].startswith("size")


def test_links_are_not_followed(fetch, tmp_path: Path) -> None:
    row = make_row("a.apk")
    with tarfile.open(tmp_path / "p.tgz", "w:gz") as archive:
        link = tarfile.TarInfo("a.apk")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    assert fetch.store_members(tmp_path / "p.tgz", [row], tmp_path / "cache") == {}


def test_wheels_are_read_as_zip_and_the_index_lists_what_is_there(fetch, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    rows = [make_row("lib/a.jar", type="dex-jar", form="wheel"), make_row("b.apk", b"other")]
    with zipfile.ZipFile(tmp_path / "p.whl", "w") as archive:
        archive.writestr("lib/a.jar", CONTENT)
    assert fetch.store_members(tmp_path / "p.whl", rows[:1], cache) == {"lib/a.jar": ""}
    assert fetch.write_index(rows, cache) == 1
    lines = (cache / "index.tsv").read_text("utf-8").splitlines()
    assert lines[0].split("\t") == list(fetch.INDEX_FIELDS)
    assert lines[1].split("\t")[3:5] == ["npm:a@1", "lib/a.jar"]
