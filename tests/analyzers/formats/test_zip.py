"""The zip reader reads what Android reads, and gives in to nothing."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.limits import Limits
from analyzers.formats.zip import ZipArchive
from analyzers.formats.zip_check import check_archive
from tests.analyzers.formats.zip_builder import Entry, make_zip


def codes(archive: ZipArchive) -> dict[str, int]:
    return {anomaly.code: anomaly.count for anomaly in check_archive(archive)}


@given(
    st.dictionaries(
        st.text(
            st.characters(blacklist_categories=("Cs",), blacklist_characters="\0/\\"), min_size=1
        ),
        st.binary(max_size=500),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
@settings(deadline=None)
def test_ordinary_archives_come_back_whole(files: dict[str, bytes], method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        for name, content in files.items():
            writer.writestr(zipfile.ZipInfo(name), content, method)
    archive = ZipArchive(target.getvalue())
    assert {entry.name: archive.read_entry(entry) for entry in archive.entries} == files
    assert codes(archive).keys() <= {"absolute-name", "path-traversal"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package.empty"),
        (b"PK\x03\x04 and no more", "zip.no-end-record"),
        (b"PK\x05\x06" + bytes(18), "zip.empty"),
        (make_zip(Entry("a", b"x"))[:-1], "zip.no-end-record"),
        (make_zip(Entry("a", b"x"), suffix=b"!"), "zip.trailing-data"),
        (make_zip(Entry("a", b"x"), count=2), "zip.truncated-directory"),
    ],
)
def test_what_no_device_reads_is_named(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        ZipArchive(content)
    assert caught.value.code == code


def test_an_archive_without_entries_is_named() -> None:
    with pytest.raises(UnreadableError) as caught:
        ZipArchive(make_zip(Entry("a", b"x"), count=0))
    assert caught.value.code == "zip.empty"


def test_zip64_is_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writer:
        for number in range(66_000):
            writer.writestr(f"assets/{number}", b"")
    archive = ZipArchive(target.getvalue())
    assert len(archive.entries) == 66_000
    assert archive.entries[-1].name == "assets/65999"
    assert codes(archive)["many-entries"] == 1


def test_too_many_entries_are_refused_before_they_are_read() -> None:
    with pytest.raises(UnreadableError) as caught:
        ZipArchive(make_zip(Entry("a"), Entry("b"), Entry("c")), Limits(entries=2))
    assert caught.value.code == "zip.too-many-entries"


def test_a_bomb_is_refused_by_its_stated_size() -> None:
    bomb = make_zip(*(Entry(f"{n}", b"", size=0xFFFFFFF0) for n in range(3)))
    with pytest.raises(UnreadableError) as caught:
        ZipArchive(bomb)
    assert caught.value.code == "zip.bomb"


def test_a_lying_size_never_gives_more_than_it_states() -> None:
    archive = ZipArchive(make_zip(Entry("a", bytes(5_000_000), size=10)))
    assert archive.read("a") == bytes(10)
    assert archive.anomalies[0].code == "size-lies"


def test_an_entry_over_the_limit_is_not_inflated() -> None:
    archive = ZipArchive(make_zip(Entry("a", bytes(1000))))
    with pytest.raises(FormatError) as caught:
        archive.read("a", limit=999)
    assert caught.value.code == "zip.entry-too-large"


def test_the_first_of_equal_names_is_found() -> None:
    archive = ZipArchive(make_zip(Entry("a", b"first"), Entry("a", b"second")))
    assert archive.read("a") == b"first"
    assert codes(archive) == {"duplicate-name": 1}


def test_an_unknown_method_is_read_as_stored() -> None:
    archive = ZipArchive(make_zip(Entry("a", b"plain", method=0x1234)))
    assert archive.read("a") == b"plain"
    assert codes(archive) == {"unknown-method": 1}


def test_the_start_of_an_entry_is_given_without_the_rest() -> None:
    content = random.Random(1).randbytes(300_000)
    archive = ZipArchive(make_zip(Entry("deflated", content), Entry("stored", content, method=0)))
    for entry in archive.entries:
        assert archive.read_start(entry, 4) == content[:4]


ORDINARY = make_zip(
    Entry("AndroidManifest.xml", b"manifest" * 50),
    Entry("classes.dex", b"dex\n035\0" * 40, method=0),
)


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=400, deadline=None)
def test_changed_bytes_raise_only_format_errors(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    data = bytearray(ORDINARY)
    for _ in range(changes):
        place = draw.randrange(len(data))
        if draw.random() < 0.2:
            del data[place : place + draw.randrange(1, 20)]
        else:
            data[place] = draw.choice([0, 0xFF, draw.randrange(256)])
    try:
        archive = ZipArchive(bytes(data), Limits(entry_bytes=1 << 20))
        assert check_archive(archive) == archive.anomalies
        for entry in archive.entries:
            assert len(archive.read_start(entry, 8)) <= 8
            assert len(archive.read_entry(entry)) <= 1 << 20
    except FormatError as error:
        assert error.code.startswith(("zip.", "package."))


@given(st.binary(max_size=400))
def test_any_bytes_raise_only_format_errors(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        ZipArchive(data + b"PK\x05\x06" + bytes(18))
