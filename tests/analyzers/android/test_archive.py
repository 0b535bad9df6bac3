"""android.archive states each departure as a fact and as a limitation with a sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from analyzers.android.archive import extract
from analyzers.model import Limitation
from analyzers.package import read_package
from tests.analyzers.formats.axml_builder import Builder, node
from tests.analyzers.formats.zip_builder import Entry, make_zip
from tests.analyzers.package_builder import (
    codes_of,
    facts_of,
    make_entries,
    make_manifest,
    make_package,
)

ROOT = Path(__file__).resolve().parents[3]


def test_an_ordinary_package_states_nothing() -> None:
    assert list(extract(make_package(files={"classes.dex": b"dex"}))) == []


def test_a_zip_anomaly_is_a_fact_and_a_limitation() -> None:
    package = read_package(make_zip(*make_entries(), Entry("../a", flags=1), Entry("../b")), "x")
    found = list(extract(package))
    assert facts_of(found, "zip.anomaly") == {
        "path-traversal": {"entry": "../a", "count": 2},
        "encryption-flag": {"entry": "../a", "count": 1},
    }
    assert sorted(codes_of(found)) == ["zip.encryption-flag", "zip.path-traversal"]


def test_an_axml_anomaly_is_a_fact_and_a_limitation() -> None:
    content = Builder(attribute_size=24).write(make_manifest(node("application")), kind=0)
    found = list(extract(make_package(content)))
    assert facts_of(found, "axml.anomaly").keys() == {"file-type", "attribute-size"}
    assert sorted(codes_of(found)) == ["axml.attribute-size", "axml.file-type"]


def test_a_damaged_part_is_a_limitation() -> None:
    package = read_package(
        make_zip(*make_entries(), Entry("classes.dex", b"x", stored=b"\xff")), "x"
    )
    assert codes_of(extract(package)) == ["zip.damaged-entry", "package.part-damaged"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_departure_has_a_sentence(lang: str) -> None:
    sentences = tomllib.loads(
        (ROOT / f"reports/text/{lang}/limitations-formats.toml").read_text("utf-8")
    )
    codes = set()
    for name, prefix in (
        ("zip", "zip"),
        ("zip_directory", "zip"),
        ("zip_check", "zip"),
        ("axml", "axml"),
    ):
        source = (ROOT / f"analyzers/formats/{name}.py").read_text("utf-8")
        found = re.findall(r'(?:log\.add|_log\.add|archive\.note)\("([a-z0-9-]+)"', source)
        codes |= {f"{prefix}.{code}" for code in found}
    assert len(codes) > 30
    assert codes <= sentences.keys()


def hidden(content: bytes) -> dict[str, tuple[str, ...]]:
    found = extract(read_package(content, "x"))
    return {one.code: one.hides for one in found if isinstance(one, Limitation)}


def test_what_was_not_read_hides_what_its_silence_would_say() -> None:
    damaged = make_zip(*make_entries(), Entry("classes2.dex", b"x", stored=b"\xff"))
    assert hidden(damaged)["package.part-damaged"] == ("code", "software")
    assert hidden(make_zip(*make_entries(table=bytes(40)))) == {
        "package.part-damaged": ("content", "android.network_security")
    }
    janus = make_zip(*make_entries(), prefix=b"dex\n035\0")
    assert hidden(janus) == {"zip.dex-in-front": ("code", "software")}
    assert hidden(make_zip(*make_entries(), Entry("a", flags=1))) == {"zip.encryption-flag": ()}


def test_a_split_that_cannot_be_read_hides_manifest_and_code() -> None:
    whole = make_zip(Entry("base.apk", make_zip(*make_entries())), Entry("v.apk", b"x" * 30))
    assert "android.permissions" in hidden(whole)["package.part-damaged"]
