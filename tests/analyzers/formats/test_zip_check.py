"""Every departure of an archive is named, and ordinary archives show none."""

from __future__ import annotations

import pytest

from analyzers.formats.zip import ZipArchive
from analyzers.formats.zip_check import check_archive
from tests.analyzers.formats.zip_builder import Entry, make_zip

MANIFEST = Entry("AndroidManifest.xml", b"x" * 100)


def codes(content: bytes) -> dict[str, int]:
    return {anomaly.code: anomaly.count for anomaly in check_archive(ZipArchive(content))}


def test_an_ordinary_archive_shows_nothing() -> None:
    assert codes(make_zip(MANIFEST, Entry("res/a.xml", b"y", method=0), comment=b"hello")) == {}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("/etc/passwd"), "absolute-name"),
        (Entry("C:/x"), "absolute-name"),
        (Entry("assets/../../x"), "path-traversal"),
        (Entry("a\\..\\b"), "path-traversal"),
        (Entry("AndroidManifest.xml/a"), "file-as-folder"),
        (Entry("classes.dex/"), "file-as-folder"),
        (Entry("a", flags=1), "encryption-flag"),
        (Entry("a", local={"flags": 1}), "encryption-flag"),
        (Entry("a", local={"needed": 9000}), ""),
        (Entry("a", local={"needed": 200}), "version-needed"),
        (Entry("a", local={"name": b"b"}), "local-name-differs"),
        (Entry("a", b"x", local={"method": 0}), "local-method-differs"),
        (Entry("a", b"x", local={"size": 7}), "local-sizes-differ"),
        (Entry("a", b"x", local={"size": 0, "crc": 0, "stored_size": 0, "flags": 8}), ""),
        (Entry("a", b"x", crc=1, local={"crc": 1}), "wrong-crc"),
        (Entry("a", b"x", stored=b"\xff\xff"), "damaged-entry"),
        (Entry("a", offset=7), "no-local-header"),
        (Entry("a", offset=0), "overlapping-entries"),
        (Entry(b"\xff\xfe"), "bad-name"),
        (Entry("a\0b"), "bad-name"),
        (Entry("a", b"x", stored_size=200, local={"stored_size": 200}), "overlaps-directory"),
    ],
)
def test_a_departure_is_named(entry: Entry, code: str) -> None:
    found = codes(make_zip(MANIFEST, entry))
    assert (code in found) if code else (found == {})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (make_zip(MANIFEST, prefix=b"#!/bin/sh\n"), "prefixed-data"),
        (make_zip(MANIFEST, prefix=b"dex\n035\0"), "dex-in-front"),
        (make_zip(MANIFEST, prefix=b"junk", shifted=False), "prefixed-data-unadjusted"),
        (make_zip(MANIFEST, gap=b"junk"), "directory-gap"),
        (make_zip(MANIFEST, Entry("hidden"), count=1), "entry-count"),
        (make_zip(MANIFEST, disk=3), "disk-number"),
    ],
)
def test_a_departure_of_the_whole_is_named(content: bytes, code: str) -> None:
    assert code in codes(content)


def test_an_emptied_header_in_front_is_ordinary() -> None:
    hole = Entry("", b"", local={"flags": 0}).write_local()
    assert codes(make_zip(MANIFEST, prefix=hole)) == {}
