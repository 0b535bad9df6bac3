"""android.bundled_packages finds installable packages by content."""

from __future__ import annotations

import hashlib
import random

import pytest

from analyzers.android.bundled_packages import MAX_NESTED, extract
from tests.analyzers.formats.zip_builder import Entry, make_zip
from tests.analyzers.package_builder import (
    codes_of,
    facts_of,
    make_entries,
    make_manifest,
    make_package,
)

INNER = make_zip(
    *make_entries(make_manifest(package="cn.edu.shop", versionName="3")),
    Entry("classes.dex", b"dex" * 99),
)
NOISE = random.Random(7).randbytes(400)


@pytest.mark.parametrize(
    ("path", "disguised"),
    [
        ("assets/shop.apk", False),
        ("assets/shop.png", True),
        ("res/raw/update", True),
        ("lib/arm64-v8a/libshop.so", True),
        ("data.bin", True),
    ],
)
def test_a_package_is_found_wherever_it_lies(path: str, disguised: bool) -> None:
    facts = facts_of(extract(make_package(files={path: INNER})), "android.bundled_package")
    assert facts == {
        path: {
            "package_id": "cn.edu.shop", "version_name": "3", "same_package": False,
            "sha256": hashlib.sha256(INNER).hexdigest(), "disguised": disguised,
        }
    }  # fmt: skip


def test_an_update_of_the_app_itself_is_told() -> None:
    inner = make_zip(*make_entries(), Entry("x", NOISE))
    facts = facts_of(
        extract(make_package(files={"assets/a.apk": inner})), "android.bundled_package"
    )
    assert facts["assets/a.apk"]["same_package"] is True


def test_archives_inside_archives_are_opened() -> None:
    outer = make_zip(Entry("deep/shop.dat", INNER), Entry("readme", b"x"))
    found = list(extract(make_package(files={"assets/pack.zip": outer})))
    assert facts_of(found, "android.bundled_package").keys() == {"assets/pack.zip!/deep/shop.dat"}
    assert (
        found[0].evidence[0].location.file == "assets/pack.zip!/deep/shop.dat!/AndroidManifest.xml"
    )


def test_plain_archives_and_other_files_are_no_packages() -> None:
    files = {
        "assets/a.zip": make_zip(Entry("x", NOISE)),
        "assets/b": NOISE,
        "assets/c": b"PK\x03\x04",
    }
    assert list(extract(make_package(files=files))) == []


def test_nesting_is_bounded() -> None:
    nested = INNER
    for _ in range(5):
        nested = make_zip(Entry("in.zip", nested), Entry("x", NOISE))
    assert codes_of(extract(make_package(files={"a.zip": nested}))) == ["bundled.too-deep"]


def test_the_number_of_archives_is_bounded() -> None:
    plain = make_zip(Entry("x", NOISE))
    files = {f"assets/{number}": plain for number in range(MAX_NESTED + 1)}
    assert codes_of(extract(make_package(files=files))) == ["bundled.many"]


@pytest.mark.parametrize("content", [b"PK\x03\x04" + NOISE, INNER[:-30]])
def test_a_broken_archive_is_a_limitation(content: bytes) -> None:
    assert codes_of(extract(make_package(files={"a.apk": content}))) == ["bundled.unreadable"]


def test_a_package_with_a_broken_manifest_is_still_found() -> None:
    inner = make_zip(Entry("AndroidManifest.xml", b"garbage" * 20), Entry("classes.dex", NOISE))
    facts = facts_of(extract(make_package(files={"a.apk": inner})), "android.bundled_package")
    assert facts["a.apk"]["package_id"] == ""
