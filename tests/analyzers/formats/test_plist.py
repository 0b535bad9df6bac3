"""Property lists: the three forms, their bounds, and that nothing but FormatError comes out."""

from __future__ import annotations

import plistlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.errors import FormatError
from analyzers.formats.plist import (
    read_plist,
    read_strings,
    rows_of,
    table_of,
    text_of,
    texts_of,
)

ROWS = {"name": "校园通", "count": 3, "on": True, "list": ["a", "b"], "in": {"x": b"\0"}}


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_both_forms_are_read(form: plistlib.PlistFormat) -> None:
    assert read_plist(plistlib.dumps(ROWS, fmt=form)) == ROWS


def test_times_carry_their_zone() -> None:
    content = plistlib.dumps({"t": datetime(2024, 5, 6)})  # noqa: DTZ001 (the format has no zone)
    assert read_plist(content) == {"t": datetime(2024, 5, 6, tzinfo=UTC)}


def test_values_of_another_type_are_as_if_absent() -> None:
    rows = read_plist(plistlib.dumps(ROWS))
    assert (text_of(rows, "list"), text_of(rows, "count"), text_of(rows, "on")) == ("", "3", "")
    assert texts_of(rows, "name") == ["校园通"]
    assert rows_of(rows, "list") == []
    assert table_of(rows, "name") == {}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_text_tables_are_read(encoding: str) -> None:
    text = '/* note */ "A B" = "用于\\n\\"扫码\\"";\nbare.key = "\\U4e2d";'
    assert read_strings(text.encode(encoding)) == {"A B": '用于\n"扫码"', "bare.key": "中"}
    assert read_strings(plistlib.dumps({"a": "b", "n": 1})) == {"a": "b"}


def test_a_part_used_many_times_does_not_grow_without_end() -> None:
    content = _binary_of_shared(40)
    with pytest.raises(FormatError, match=r"plist\.too-many-values"):
        read_plist(content)


def _binary_of_shared(levels: int) -> bytes:
    """A dictionary whose value is a list that holds the next list twice, and so on."""
    objects = [b"\xd1\x01\x02", b"\x51a"]
    objects += [bytes([0xA2, n + 3, n + 3]) for n in range(levels)]
    objects.append(b"\x51b")
    body, offsets = b"bplist00", []
    for item in objects:
        offsets.append(len(body))
        body += item
    table = b"".join(offset.to_bytes(2, "big") for offset in offsets)
    trailer = bytes(6) + bytes([2, 1])
    trailer += b"".join(n.to_bytes(8, "big") for n in (len(objects), 0, len(body)))
    return body + table + trailer


def test_a_table_that_refers_to_itself_is_refused() -> None:
    objects = [b"\xd1\x01\x02", b"\x51a", b"\xa1\x02"]
    body, offsets = b"bplist00", []
    for item in objects:
        offsets.append(len(body))
        body += item
    body_end = len(body)
    trailer = bytes(6) + bytes([1, 1]) + b"".join(n.to_bytes(8, "big") for n in (3, 0, body_end))
    with pytest.raises(FormatError):
        read_plist(body + bytes(offsets) + trailer)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"bplist00",
        plistlib.dumps(["a"]),
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><plist><dict/></plist>",
        b"<plist>" + b"<array>" * 100_000,
        b"<?xml version='1.0' encoding='UTF-S'?><plist><dict/></plist>",
        b"bplist00" + bytes(6) + b"\x01\x01" + (1 << 60).to_bytes(8, "big") + bytes(16),
    ],
)
def test_what_is_no_dictionary_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_plist(content)


BASES = [plistlib.dumps(ROWS, fmt=form) for form in (plistlib.FMT_XML, plistlib.FMT_BINARY)]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(BASES), st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255))))
def test_only_format_errors_come_out_of_changed_lists(
    base: bytes, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(base)
    for at, value in changes:
        content[at % len(content)] = value
    for read in (read_plist, read_strings):
        try:
            found = read(bytes(content))
        except FormatError:
            continue
        assert isinstance(found, dict)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"bplist00", b"<?xml", b"\xff\xfe"]))
def test_only_format_errors_come_out_of_any_bytes(tail: bytes, head: bytes) -> None:
    for read in (read_plist, read_strings):
        try:
            found = read(head + tail)
        except FormatError:
            continue
        assert isinstance(found, dict)
