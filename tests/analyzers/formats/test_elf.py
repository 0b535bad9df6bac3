"""Native libraries are read by their dynamic section."""

from __future__ import annotations

import random
import struct

import lief
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.elf import read_elf
from analyzers.formats.errors import FormatError


def make_elf(
    names: list[str],
    *,
    soname: str = "",
    needed: tuple[str, ...] = (),
    wide: bool = True,
    symtab: bool = False,
) -> bytes:
    """Write a library that exports ``names``: one loaded part, one dynamic section."""
    strings = b"\0" + b"".join(text.encode() + b"\0" for text in (soname, *needed, *names))

    def at(text: str) -> int:
        return strings.index(b"\0" + text.encode() + b"\0") + 1

    address, head, program = 0x1000, 64 if wide else 52, 56 if wide else 32
    symbols = bytes(24 if wide else 16) + b"".join(_symbol(at(name), wide) for name in names)
    hashes = struct.pack("<II", 1, len(names) + 1)
    start = head + 2 * program
    places = (start, start + len(strings), start + len(strings) + len(symbols))
    tags = [
        (5, address + places[0]),
        (10, len(strings)),
        (6, address + places[1]),
        (4, address + places[2]),
    ]
    tags += [(1, at(text)) for text in needed] + ([(14, at(soname))] if soname else []) + [(0, 0)]
    dynamic = b"".join(struct.pack("<qQ" if wide else "<iI", *tag) for tag in tags)
    body = strings + symbols + hashes + dynamic
    total = start + len(body)
    sections = bytes(64 if wide else 40)
    sections += struct.pack("<II", 0, 2 if symtab else 3) + bytes(56 if wide else 32)
    ident = b"\x7fELF" + bytes([2 if wide else 1, 1, 1]) + bytes(9)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH" if wide else "<16sHHIIIIIHHHHHH",
        ident, 3, 183 if wide else 40, 1, 0, head, total, 0, head, program, 2, 64 if wide else 40, 2, 0,
    )  # fmt: skip
    parts = ((1, 0, total), (2, total - len(dynamic), len(dynamic)))
    return header + b"".join(_part(*part, address, wide) for part in parts) + body + sections


def _symbol(name: int, wide: bool) -> bytes:
    return (
        struct.pack("<IBBHQQ", name, 0x12, 0, 1, 0, 0)
        if wide
        else struct.pack("<IIIBBH", name, 0, 0, 0x12, 0, 1)
    )


def _part(kind: int, offset: int, size: int, address: int, wide: bool) -> bytes:
    at = address + offset
    if wide:
        return struct.pack("<IIQQQQQQ", kind, 4, offset, at, at, size, size, 8)
    return struct.pack("<IIIIIIII", kind, offset, at, at, size, size, 4, 4)


@pytest.mark.parametrize("wide", [True, False])
def test_a_library_is_read(wide: bool) -> None:
    content = make_elf(
        ["JNI_OnLoad", "other"], soname="libx.so", needed=("libc.so", "libm.so"), wide=wide
    )
    library = read_elf(content)
    assert (library.soname, library.needed) == ("libx.so", ("libc.so", "libm.so"))
    assert library.jni
    assert library.stripped


@pytest.mark.parametrize(
    ("names", "jni"), [(["Java_cn_edu_Main_run"], True), (["my_Java_x"], False), ([], False)]
)
def test_exports_tell_whether_java_can_call_it(names: list[str], jni: bool) -> None:
    assert read_elf(make_elf(names)).jni is jni


def test_a_symbol_table_is_seen() -> None:
    assert not read_elf(make_elf([], symtab=True)).stripped


def test_lief_reads_the_same() -> None:
    content = make_elf(["JNI_OnLoad"], soname="libx.so", needed=("libc.so",))
    lief.logging.disable()
    other = lief.ELF.parse(content)
    assert list(other.libraries) == ["libc.so"]
    assert other.get(lief.ELF.DynamicEntry.TAG.SONAME).name == "libx.so"
    assert "JNI_OnLoad" in [symbol.name for symbol in other.dynamic_symbols]


@pytest.mark.parametrize(
    "content", [b"", b"MZ", b"\x7fELF\x02\x02" + bytes(80), b"\x7fELF\x02\x01" + bytes(80)]
)
def test_what_is_no_library_is_named(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_elf(content)


@given(st.integers(0, 2**32), st.integers(1, 8))
@settings(max_examples=300, deadline=None)
def test_changed_bytes_raise_only_format_errors(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    data = bytearray(make_elf(["JNI_OnLoad"], soname="libx.so", needed=("libc.so",)))
    for _ in range(changes):
        data[draw.randrange(len(data))] = draw.choice([0, 1, 0x7F, 0xFF, draw.randrange(256)])
    try:
        assert isinstance(read_elf(bytes(data)).jni, bool)
    except FormatError as error:
        assert error.code.startswith("elf.")
