"""Mach-O executables and libraries: what they link, import and name (Apple's <mach-o/loader.h>).

Only the load commands, the symbol table and a few sections are read, with all bounds checked; of
a universal file the 64-bit ARM part is taken where there is one.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.formats.macho_symbols import SymbolTable, read_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

FAT, FAT_64 = 0xCAFEBABE, 0xCAFEBABF
THIN = {0xFEEDFACE: ("<", False), 0xFEEDFACF: ("<", True)}
SWAPPED = {0xCEFAEDFE: (">", False), 0xCFFAEDFE: (">", True)}
ARM64, X86_64, ARM, X86 = 0x0100000C, 0x01000007, 12, 7
CPU_NAMES = {ARM64: "arm64", X86_64: "x86_64", ARM: "armv7", X86: "i386"}
PREFERRED = (ARM64, ARM, X86_64, X86)
MAX_SLICES, MAX_COMMANDS, MAX_SECTIONS = 32, 20_000, 4_000
SEGMENT, SYMTAB, SEGMENT_64, CODE_SIGNATURE = 0x1, 0x2, 0x19, 0x1D
ENCRYPTION, ENCRYPTION_64, MIN_IPHONEOS, BUILD_VERSION = 0x21, 0x2C, 0x25, 0x32
DYLIBS = {0xC: False, 0x80000018: True, 0x8000001F: False, 0x20: False, 0x80000023: False}
"""Commands that load a library, and whether it may be absent."""
IOS_PLATFORMS = {1: "macos", 2: "ios", 6: "catalyst", 7: "simulator"}
PIE = 0x200000


class Dylib(msgspec.Struct, frozen=True):
    """A library that is loaded with the file."""

    path: str
    weak: bool


class Section(msgspec.Struct, frozen=True):
    """Where a section lies."""

    segment: str
    name: str
    address: int
    size: int
    offset: int


class MachO:
    """One architecture of a Mach-O file."""

    def __init__(self, data: memoryview, architectures: tuple[str, ...]) -> None:
        """Read the load commands; see read_macho."""
        self.data = data
        self.architectures = architectures
        self.dylibs: list[Dylib] = []
        self.sections: list[Section] = []
        self.encrypted: tuple[int, int] | None = None
        """Offset and size of the part that is encrypted (FairPlay)."""
        self.signature: tuple[int, int] | None = None
        """Offset and size of the code signature."""
        self.minimum_os = ""
        self.platform = ""
        self._symtab: tuple[int, int, int, int] | None = None
        self._base = 0
        magic = _unpack("<I", data, 0)[0]
        order = THIN.get(magic) or SWAPPED.get(magic)
        if order is None:
            raise FormatError("macho.magic")
        self.order, self.wide = order
        header = _unpack(self.order + "7I", data, 0)
        self.cpu = CPU_NAMES.get(header[1], f"cpu-{header[1]:x}")
        self.type = header[3]
        self.pie = bool(header[6] & PIE)
        for kind, at, size in self._commands(header[4]):
            self._take(kind, at, size)

    def _commands(self, count: int) -> Iterator[tuple[int, int, int]]:
        at = 32 if self.wide else 28
        if count > MAX_COMMANDS:
            raise FormatError("macho.too-many-commands", count=count)
        for _ in range(count):
            kind, size = _unpack(self.order + "2I", self.data, at)
            if size < 8 or at + size > len(self.data):
                raise FormatError("macho.damaged-command")
            yield kind, at, size
            at += size

    def _take(self, kind: int, at: int, size: int) -> None:
        order, data = self.order, self.data
        if kind in (SEGMENT, SEGMENT_64):
            self._take_segment(at, kind == SEGMENT_64)
        elif kind in DYLIBS:
            start = at + _unpack(order + "I", data, at + 8)[0]
            self.dylibs.append(Dylib(_text(data[start : at + size]), DYLIBS[kind]))
        elif kind == SYMTAB:
            first, second, third, fourth = _unpack(order + "4I", data, at + 8)
            self._symtab = first, second, third, fourth
        elif kind == CODE_SIGNATURE:
            offset, length = _unpack(order + "2I", data, at + 8)
            self.signature = offset, length
        elif kind in (ENCRYPTION, ENCRYPTION_64):
            offset, length, cipher = _unpack(order + "3I", data, at + 8)
            self.encrypted = (offset, length) if cipher else None
        elif kind == MIN_IPHONEOS:
            self.minimum_os = _version(_unpack(order + "I", data, at + 8)[0])
            self.platform = self.platform or "ios"
        elif kind == BUILD_VERSION:
            platform, minimum = _unpack(order + "2I", data, at + 8)
            self.platform = IOS_PLATFORMS.get(platform, f"platform-{platform}")
            self.minimum_os = _version(minimum)

    def _take_segment(self, at: int, wide: bool) -> None:
        record = _unpack(self.order + ("16s4Q4I" if wide else "16s4I4I"), self.data, at + 8)
        if _text(record[0]) == "__TEXT":
            self._base = record[1]
        at += 72 if wide else 56
        if len(self.sections) + record[7] > MAX_SECTIONS:
            raise FormatError("macho.too-many-sections", count=record[7])
        for _ in range(record[7]):
            name, segment, address, size, offset = _unpack(
                self.order + ("16s16s2QI" if wide else "16s16s2II"), self.data, at
            )
            self.sections.append(Section(_text(segment), _text(name), address, size, offset))
            at += 80 if wide else 68

    def section(self, name: str) -> memoryview:
        """Give the content of the first section of a name, cut at the file's end; empty if none."""
        found = self._find(name)
        return self.data[found.offset : found.offset + found.size] if found else self.data[:0]

    def _find(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)

    def is_hidden(self, name: str) -> bool:
        """Tell whether a section lies in the encrypted part."""
        found = self._find(name)
        if found is None or self.encrypted is None:
            return False
        start, size = self.encrypted
        return start <= found.offset < start + size

    @cached_property
    def symbols(self) -> SymbolTable:
        """Imported and defined symbols."""
        if self._symtab is None:
            return SymbolTable((), ())
        return read_symbols(self.data, *self._symtab, order=self.order, wide=self.wide)

    @cached_property
    def class_names(self) -> tuple[str, ...]:
        """Names of Objective-C classes and protocols that the file defines, as they are stored."""
        if self.is_hidden("__objc_classname"):
            return ()
        return _strings(self.section("__objc_classname"))

    @cached_property
    def selectors(self) -> frozenset[str]:
        """Selectors the code sends; all method names where references cannot be followed."""
        if self.is_hidden("__objc_methname"):
            return frozenset()
        names = self._find("__objc_methname")
        if names is None:
            return frozenset()
        content = bytes(self.section("__objc_methname"))
        found = set()
        for pointer in self._pointers("__objc_selrefs"):
            start = self._place(pointer, names)
            if start is not None:
                found.add(_text(content[start : start + 400]))
        return frozenset(found) or frozenset(_strings(memoryview(content)))

    def _pointers(self, name: str) -> Iterator[int]:
        content = self.section(name)
        layout = struct.Struct(self.order + ("Q" if self.wide else "I"))
        whole = content[: len(content) // layout.size * layout.size]
        return (row[0] for row in layout.iter_unpack(whole))

    def _place(self, pointer: int, section: Section) -> int | None:
        """Turn a pointer, plain or of a fix-up chain, into an offset within a section."""
        low = pointer & 0xFFFFFFFFF
        for address in (pointer, low, self._base + low, self._base + (pointer & 0xFFFFFFFF)):
            if 0 <= address - section.address < section.size:
                return address - section.address
        return None

    @cached_property
    def texts(self) -> bytes:
        """The string constants of the code, one after the other with zero bytes between."""
        if self.is_hidden("__cstring"):
            return b""
        return bytes(self.section("__cstring"))


def is_macho(start: bytes) -> bool:
    """Tell a Mach-O file, thin or universal, by its first bytes."""
    if len(start) < 8:
        return False
    little, big = struct.unpack_from("<I", start)[0], struct.unpack_from(">I", start)[0]
    return little in THIN or big in THIN or (big in (FAT, FAT_64) and start[4:7] == b"\0\0\0")


def read_macho(data: bytes | memoryview) -> MachO:
    """Read a Mach-O file; of several architectures the one a phone runs.

    Raises:
        FormatError: it is none, or damaged.
    """
    view = memoryview(data)
    slices = _slices(view)
    names = tuple(CPU_NAMES.get(cpu, f"cpu-{cpu:x}") for cpu, _, _ in slices)
    ranked = sorted(slices, key=lambda row: _rank(row[0]))
    _, offset, size = ranked[0]
    return MachO(view[offset : offset + size], names)


def _rank(cpu: int) -> int:
    return PREFERRED.index(cpu) if cpu in PREFERRED else len(PREFERRED)


def _slices(data: memoryview) -> list[tuple[int, int, int]]:
    """Give CPU type, offset and size of each architecture."""
    magic = _unpack(">I", data, 0)[0]
    if magic not in (FAT, FAT_64):
        order = "<" if _unpack("<I", data, 0)[0] in THIN else ">"
        return [(_unpack(order + "I", data, 4)[0], 0, len(data))]
    count = _unpack(">I", data, 4)[0]
    if not 0 < count <= MAX_SLICES:
        raise FormatError("macho.too-many-slices", count=count)
    layout, step = (">2I2Q2I", 32) if magic == FAT_64 else (">5I", 20)
    found = []
    for place in range(count):
        cpu, _, offset, size, *_ = _unpack(layout, data, 8 + place * step)
        if offset >= len(data):
            raise FormatError("macho.slice-outside")
        found.append((cpu, offset, size))
    return found


def _unpack(layout: str, data: memoryview, at: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(layout, data, at)
    except struct.error as error:
        raise FormatError("macho.truncated") from error


def _text(data: bytes | memoryview) -> str:
    return bytes(data).partition(b"\0")[0].decode("utf-8", "replace")


def _strings(data: memoryview) -> tuple[str, ...]:
    found = dict.fromkeys(bytes(data).split(b"\0"))
    return tuple(text.decode("utf-8", "replace") for text in found if text)


def _version(packed: int) -> str:
    major, minor, patch = packed >> 16, packed >> 8 & 0xFF, packed & 0xFF
    return f"{major}.{minor}.{patch}" if patch else f"{major}.{minor}"
