"""Versions: every kind of place an entry may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.knowledge.catalogue_entry import Entry, VersionPlace
from analyzers.package import open_package
from analyzers.software.constants import read_constants
from analyzers.software.versions import Versions
from tests.analyzers.software.packages import SAMPLE, make_package

FILES = {
    "META-INF/com.one_lib.version": "2.4.1\n",
    "META-INF/odd_lib.version": "no version here",
    "assets/one/build.properties": "name=one\nversion = 3.0-beta\n",
    "assets/one/README": "One SDK release v1.8.2 of May",
    "lib/arm64-v8a/libone_v7_9_1.so": b"\x7fELF",
}


def make_entry(**fields: object) -> Entry:
    return Entry(**{"name_en": "One", "category": "push", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "version"),
    [
        (VersionPlace("file", "assets/one/README", pattern=r"release v([\d.]+)"), "1.8.2"),
        (VersionPlace("file", "assets/none"), ""),
        (VersionPlace("property", "assets/one/build.properties", field="version"), "3.0-beta"),
        (VersionPlace("property", "assets/one/build.properties", field="none"), ""),
        (VersionPlace("name", "libone_v*.so", pattern=r"_v(\d+(?:_\d+)*)"), "7_9_1"),
        (VersionPlace("name", "libtwo*.so", pattern=r"(\d+)"), ""),
        (VersionPlace("constant", "com.nobody.Home", field="VERSION"), ""),
        (VersionPlace("string", "classes*.dex", pattern=r"NoSuchText(\d+)"), ""),
        (VersionPlace("odd", "x"), ""),
    ],
)
def test_a_place_gives_its_version(place: VersionPlace, version: str) -> None:
    found = Versions(make_package(code=True, **FILES)).read(make_entry(versions=(place,)))
    assert found.text == version
    assert bool(found.source) == bool(version)


def test_the_build_marker_of_a_coordinate_is_read() -> None:
    versions = Versions(make_package(**FILES))
    assert versions.read(make_entry(maven=("com.one:lib",))).text == "2.4.1"
    assert versions.read(make_entry(maven=("odd:lib",))).text == ""


def test_the_first_place_that_gives_one_wins() -> None:
    places = (VersionPlace("file", "assets/none"), VersionPlace("file", "assets/one/README",
              pattern=r"v(\d\.\d)"))  # fmt: skip
    entry = make_entry(versions=places, maven=("com.one:lib",))
    assert Versions(make_package(**FILES)).read(entry).text == "1.8"


def test_constants_of_a_sample_s_class() -> None:
    weak = open_package(SAMPLE.parents[1] / "weak" / "weak.apk")
    assert "AES/ECB/PKCS5Padding" in read_constants(weak.index, "cn.example.weak.Ciphers").values()


def test_a_constant_is_a_version_only_where_it_looks_like_one(tmp_path: Path) -> None:
    package = make_package(code=True)
    names = package.index.class_names[:]
    known = {name: read_constants(package.index, name) for name in names}
    name, constants = next((n, c) for n, c in known.items() if c)
    place = VersionPlace("constant", name, field=next(iter(constants)), pattern=r"(?s)^(.*)$")
    found = Versions(package).read(make_entry(versions=(place,)))
    assert found.text == constants[place.field]
    assert found.source == f"{name}.{place.field}"
