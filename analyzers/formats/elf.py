"""What a native library states about itself, as Android's linker reads it: by program headers.

Only the dynamic section is read (System V ABI, chapter 5); section headers, which the linker does
not need and packers destroy, serve for one question alone: is there a symbol table.
"""

from __future__ import annotations

import struct

import msgspec

from analyzers.formats.errors import FormatError

MAGIC = b"\x7fELF"
PT_LOAD, PT_DYNAMIC = 1, 2
SHT_SYMTAB = 2
DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SONAME = 1, 4, 5, 6, 10, 14
MAX_HEADERS = 1_000
MAX_DYNAMIC = 10_000
MAX_SYMBOLS = 1_000_000
MAX_NAME = 500
JNI_NAMES = (b"JNI_OnLoad\0", b"Java_")


class NativeLibrary(msgspec.Struct, frozen=True):
    """One shared library."""

    soname: str
    """DT_SONAME, empty where none."""
    needed: tuple[str, ...]
    """DT_NEEDED in order."""
    jni: bool
    """Exports Java_… or JNI_OnLoad."""
    stripped: bool
    """Has no symbol table beside the dynamic one."""


class _Layout(msgspec.Struct, frozen=True):
    """Where the fields of one class of ELF files stand."""

    header: struct.Struct
    program: struct.Struct
    program_fields: tuple[int, int, int, int]
    """Places of type, file offset, address and file size in a program header."""
    dynamic: struct.Struct
    symbol: struct.Struct
    symbol_section: int
    """Place of the section index in a symbol."""


LAYOUTS = {
    1: _Layout(
        header=struct.Struct("<16sHHIIIIIHHHHHH"),
        program=struct.Struct("<IIIIIIII"),
        program_fields=(0, 1, 2, 4),
        dynamic=struct.Struct("<iI"),
        symbol=struct.Struct("<IIIBBH"),
        symbol_section=5,
    ),
    2: _Layout(
        header=struct.Struct("<16sHHIQQQIHHHHHH"),
        program=struct.Struct("<IIQQQQQQ"),
        program_fields=(0, 2, 3, 5),
        dynamic=struct.Struct("<qQ"),
        symbol=struct.Struct("<IBBHQQ"),
        symbol_section=3,
    ),
}


def read_elf(content: bytes) -> NativeLibrary:
    """Read a shared library.

    Raises:
        FormatError: not a little-endian ELF file, or cut off before its dynamic section.
    """
    if content[:4] != MAGIC or len(content) < 6 or content[5] != 1 or content[4] not in LAYOUTS:
        raise FormatError("elf.header")
    try:
        return _Reader(content, LAYOUTS[content[4]]).read()
    except (struct.error, OverflowError) as error:
        raise FormatError("elf.truncated") from error


class _Reader:
    def __init__(self, content: bytes, layout: _Layout) -> None:
        self.content = content
        self.layout = layout
        fields = layout.header.unpack_from(content, 0)
        self.program_table, self.section_table = fields[5], fields[6]
        self.program_size, self.program_count = fields[9], fields[10]
        self.section_size, self.section_count = fields[11], fields[12]
        self.loads: list[tuple[int, int, int]] = []
        """Address, file offset and file size of each loaded part."""

    def read(self) -> NativeLibrary:
        tags = self._read_dynamic()
        strings = self._offset(tags.get(DT_STRTAB, [0])[0])
        end = strings + tags.get(DT_STRSZ, [0])[0]
        needed = (self._text(strings, end, offset) for offset in tags.get(DT_NEEDED, ()))
        soname = tags.get(DT_SONAME)
        return NativeLibrary(
            soname=self._text(strings, end, soname[0]) if soname else "",
            needed=tuple(filter(None, needed)),
            jni=self._exports_jni(tags, strings, end),
            stripped=not self._has_symbol_table(),
        )

    def _read_dynamic(self) -> dict[int, list[int]]:
        """Read the dynamic section: values by tag."""
        place: tuple[int, int] | None = None
        for number in range(min(self.program_count, MAX_HEADERS)):
            header = self.layout.program.unpack_from(
                self.content, self.program_table + number * self.program_size
            )
            kind, offset, address, size = (header[i] for i in self.layout.program_fields)
            if kind == PT_LOAD:
                self.loads.append((address, offset, size))
            elif kind == PT_DYNAMIC:
                place = offset, size
        if place is None:
            raise FormatError("elf.no-dynamic-section")
        tags: dict[int, list[int]] = {}
        count = min(place[1] // self.layout.dynamic.size, MAX_DYNAMIC)
        for number in range(count):
            tag, value = self.layout.dynamic.unpack_from(
                self.content, place[0] + number * self.layout.dynamic.size
            )
            if tag == 0:
                break
            tags.setdefault(tag & 0xFFFFFFFF, []).append(value)
        return tags

    def _offset(self, address: int) -> int:
        """Turn an address into a file offset."""
        for start, offset, size in self.loads:
            if start <= address < start + size:
                return address - start + offset
        return address

    def _text(self, strings: int, end: int, offset: int) -> str:
        start = strings + offset
        if start >= min(end, len(self.content)):
            return ""
        stop = self.content.find(b"\0", start, start + MAX_NAME)
        return self.content[start : stop if stop >= 0 else start].decode(errors="backslashreplace")

    def _exports_jni(self, tags: dict[int, list[int]], strings: int, end: int) -> bool:
        names = self.content[strings:end]
        if not any(name in names for name in JNI_NAMES):
            return False
        table = self._offset(tags.get(DT_SYMTAB, [0])[0])
        symbol, section = self.layout.symbol, self.layout.symbol_section
        for number in range(min(self._symbol_count(tags, table, strings), MAX_SYMBOLS)):
            position = table + number * symbol.size
            if position + symbol.size > len(self.content):
                break
            fields = symbol.unpack_from(self.content, position)
            if fields[section] and names.startswith(JNI_NAMES, fields[0]):
                return True
        return False

    def _symbol_count(self, tags: dict[int, list[int]], table: int, strings: int) -> int:
        """Count dynamic symbols by the hash table, else by the room before the strings."""
        if DT_HASH in tags:
            place = self._offset(tags[DT_HASH][0])
            return int(struct.unpack_from("<I", self.content, place + 4)[0])
        stop = strings if strings > table else len(self.content)
        return (stop - table) // self.layout.symbol.size

    def _has_symbol_table(self) -> bool:
        for number in range(min(self.section_count, MAX_HEADERS)):
            position = self.section_table + number * self.section_size
            if position + 8 > len(self.content):
                return False
            if struct.unpack_from("<II", self.content, position)[1] == SHT_SYMTAB:
                return True
        return False
