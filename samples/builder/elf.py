"""Write a tiny shared library: valid ELF64, a few exported functions that return zero.

No compiler is needed, so the bytes are the same everywhere. Layout after the System V gABI
(chapters 4 and 5) and the processor supplements of x86-64 and AArch64.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

PAGE = 0x1000
# machine number and the code of "return 0" of each ABI
MACHINES = {
    "arm64-v8a": (183, bytes.fromhex("00008052c0035fd6")),  # mov w0, #0; ret
    "x86_64": (62, bytes.fromhex("31c0c39090909090")),  # xor eax, eax; ret
}
DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_SONAME = 1, 4, 5, 6, 10, 11, 14
SHT_PROGBITS, SHT_STRTAB, SHT_HASH, SHT_DYNAMIC, SHT_DYNSYM = 1, 3, 5, 6, 11


@dataclass(frozen=True)
class Library:
    """What a shared library is to contain."""

    abi: str
    """Android ABI, a key of MACHINES."""
    soname: str
    """DT_SONAME."""
    needed: tuple[str, ...] = ("libc.so",)
    """DT_NEEDED in order."""
    exports: tuple[str, ...] = ()
    """Names of functions; each takes anything and returns 0."""
    marker: bytes = b""
    """Bytes placed in read-only data."""


class _Strings:
    def __init__(self) -> None:
        self.data = b"\0"

    def add(self, text: str) -> int:
        position = len(self.data)
        self.data += text.encode() + b"\0"
        return position


@dataclass
class _Section:
    name: str
    type: int
    data: bytes
    flags: int = 2  # SHF_ALLOC
    link: int = 0
    info: int = 0
    entry: int = 0
    offset: int = 0


def _symbols(library: Library, strings: _Strings, text_index: int, text: int) -> bytes:
    rows = [struct.pack("<IBBHQQ", 0, 0, 0, 0, 0, 0)]
    code = MACHINES[library.abi][1]
    for number, name in enumerate(library.exports):
        value = text + number * len(code)
        rows.append(
            struct.pack("<IBBHQQ", strings.add(name), 0x12, 0, text_index, value, len(code))
        )
    return b"".join(rows)


def _hash_table(count: int) -> bytes:
    """One bucket whose chain runs through all symbols (gABI, hash table)."""
    chain = [0, *range(2, count), 0][:count] if count > 1 else [0]
    first = 1 if count > 1 else 0
    return struct.pack(f"<{3 + count}I", 1, count, first, *chain)


def _pad(data: bytes, to: int = 8) -> bytes:
    return data + b"\0" * (-len(data) % to)


def make_library(library: Library) -> bytes:
    """Give the bytes of the library; file offsets equal virtual addresses."""
    machine, code = MACHINES[library.abi]
    strings = _Strings()
    needed = [strings.add(name) for name in library.needed]
    soname = strings.add(library.soname)
    count = 1 + len(library.exports)
    header_size = 64 + 3 * 56
    text_at = header_size
    text = _pad(code * max(1, len(library.exports)))
    symbols = _symbols(library, strings, 1, text_at)
    symbols_at = text_at + len(text)
    hash_at = symbols_at + len(symbols)
    hashes = _pad(_hash_table(count))
    strings_at = hash_at + len(hashes)
    string_data = _pad(strings.data)
    marker_at = strings_at + len(string_data)
    marker = _pad(library.marker)
    dynamic_at = -(-(marker_at + len(marker)) // PAGE) * PAGE
    tags = [(DT_NEEDED, at) for at in needed] + [
        (DT_SONAME, soname), (DT_HASH, hash_at), (DT_STRTAB, strings_at), (DT_SYMTAB, symbols_at),
        (DT_STRSZ, len(strings.data)), (DT_SYMENT, 24), (0, 0),
    ]  # fmt: skip
    dynamic = b"".join(struct.pack("<QQ", *tag) for tag in tags)
    sections = [
        _Section("", 0, b"", 0),
        _Section(".text", SHT_PROGBITS, text, 6, offset=text_at),
        _Section(".dynsym", SHT_DYNSYM, symbols, 2, 4, 1, 24, symbols_at),
        _Section(".hash", SHT_HASH, hashes, 2, 2, 0, 4, hash_at),
        _Section(".dynstr", SHT_STRTAB, string_data, 2, offset=strings_at),
        _Section(".rodata", SHT_PROGBITS, marker, 2, offset=marker_at),
        _Section(".dynamic", SHT_DYNAMIC, dynamic, 3, 4, 0, 16, dynamic_at),
    ]
    return _assemble(machine, sections, dynamic_at, dynamic)


def _assemble(machine: int, sections: list[_Section], dynamic_at: int, dynamic: bytes) -> bytes:
    names = _Strings()
    name_at = [names.add(section.name) for section in sections] + [names.add(".shstrtab")]
    names_at = dynamic_at + len(dynamic)
    table_at = -(-(names_at + len(names.data)) // 8) * 8
    sections = [*sections, _Section(".shstrtab", SHT_STRTAB, names.data, 0, offset=names_at)]
    ident = b"\x7fELF" + bytes([2, 1, 1, 0]) + b"\0" * 8
    header = ident + struct.pack(
        "<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, table_at, 0, 64, 56, 3, 64,
        len(sections), len(sections) - 1,
    )  # fmt: skip
    read_end = sections[5].offset + len(sections[5].data)
    segments = [
        (1, 5, 0, 0, 0, read_end, read_end, PAGE),
        (1, 6, dynamic_at, dynamic_at, dynamic_at, len(dynamic), len(dynamic), PAGE),
        (2, 6, dynamic_at, dynamic_at, dynamic_at, len(dynamic), len(dynamic), 8),
    ]
    image = bytearray(table_at)
    image[0:64] = header
    image[64 : 64 + 168] = b"".join(struct.pack("<IIQQQQQQ", *segment) for segment in segments)
    for section in sections[1:]:
        image[section.offset : section.offset + len(section.data)] = section.data
    rows = [
        struct.pack(
            "<IIQQQQIIQQ", name, section.type, section.flags,
            section.offset if section.flags else 0, section.offset, len(section.data),
            section.link, section.info, 8 if section.type else 0, section.entry,
        )
        for name, section in zip(name_at, sections, strict=True)
    ]  # fmt: skip
    return bytes(image) + b"".join(rows)
