"""Writes small arm64 Mach-O files: load commands, symbols, Objective-C names, a signature blob.

The code itself is one return instruction: the files are for readers, not for phones.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

ARM64, EXECUTE, DYLIB = 0x0100000C, 2, 6
TEXT_ADDRESS, PAGE = 0x100000000, 0x4000


@dataclass(frozen=True)
class Image:
    """What the file is to show."""

    dylibs: tuple[str, ...] = ()
    weak_dylibs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    """Imported Objective-C classes."""
    functions: tuple[str, ...] = ()
    """Imported functions and constants."""
    selectors: tuple[str, ...] = ()
    """Sent selectors."""
    own_methods: tuple[str, ...] = ()
    """Method names of the file's own that it does not send."""
    own_classes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    minimum_os: tuple[int, int] = (12, 0)
    encrypted: bool = False
    library: bool = False
    signature: bytes = b""
    chained: bool = field(default=False)
    """Selector references are written as links of a fix-up chain, as new linkers do."""


def make_macho(image: Image) -> bytes:
    """Write the file."""
    parts = _Layout(image)
    commands = parts.commands()
    kind = DYLIB if image.library else EXECUTE
    header = struct.pack(
        "<8I", 0xFEEDFACF, ARM64, 0, kind, len(commands), sum(map(len, commands)), 0x200085, 0
    )
    start = header + b"".join(commands)
    return start.ljust(PAGE, b"\0") + parts.body


class _Layout:
    """Sections one after the other, behind one page for the load commands."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self.body = b""
        self.text = [self._add("__text", b"\xc0\x03\x5f\xd6")]
        names = [*image.selectors, *image.own_methods]
        self.text.append(self._add("__objc_methname", _strings(names)))
        self.text.append(self._add("__objc_classname", _strings(list(image.own_classes))))
        self.text.append(self._add("__cstring", _strings(list(image.texts))))
        self._align()
        self.text_size = PAGE + len(self.body)
        self.data = [self._add("__objc_selrefs", self._references())]
        self._align()
        self.data_end = PAGE + len(self.body)
        self.symbols = self._add_symbols()
        self.signature = self._add("", image.signature)[2:]

    def commands(self) -> list[bytes]:
        """Give the load commands."""
        image = self.image
        found = [
            _segment(b"__TEXT", 0, self.text_size, self.text),
            _segment(b"__DATA", self.text_size, self.data_end - self.text_size, self.data),
            _segment(b"__LINKEDIT", self.data_end, PAGE + len(self.body) - self.data_end, []),
            struct.pack("<6I", 0x2, 24, *self.symbols),
            struct.pack("<6I", 0x32, 24, 2, _version(image.minimum_os), _version((17, 0)), 0),
            struct.pack("<6I", 0x2C, 24, PAGE, self.text_size - PAGE, int(image.encrypted), 0),
        ]
        found += [_dylib(0xC, path) for path in image.dylibs]
        found += [_dylib(0x80000018, path) for path in image.weak_dylibs]
        if image.signature:
            found.append(struct.pack("<4I", 0x1D, 16, *self.signature))
        return found

    def _add(self, name: str, content: bytes) -> tuple[str, int, int, int]:
        offset = PAGE + len(self.body)
        self.body += content + bytes(-len(content) % 16)
        return name, TEXT_ADDRESS + offset, offset, len(content)

    def _align(self) -> None:
        self.body += bytes(-len(self.body) % PAGE)

    def _references(self) -> bytes:
        address, found = self.text[1][1], b""
        for selector in self.image.selectors:
            target = address - TEXT_ADDRESS | 1 << 52 if self.image.chained else address
            found += struct.pack("<Q", target)
            address += len(selector.encode()) + 1
        return found

    def _add_symbols(self) -> tuple[int, int, int, int]:
        image, names, rows = self.image, b"\0", b""
        wanted = [(f"_OBJC_CLASS_$_{name}", 0x01) for name in image.classes]
        wanted += [(f"_{name}", 0x01) for name in image.functions]
        wanted += [(f"_OBJC_CLASS_$_{name}", 0x0F) for name in image.own_classes]
        for name, kind in wanted:
            rows += struct.pack("<IBBHQ", len(names), kind, int(kind != 1), 0, 0)
            names += name.encode() + b"\0"
        table = self._add("", rows)[2]
        _, _, text, size = self._add("", names)
        return table, len(wanted), text, size


def _strings(names: list[str]) -> bytes:
    return b"".join(name.encode() + b"\0" for name in names)


def _version(version: tuple[int, int]) -> int:
    return version[0] << 16 | version[1] << 8


def _dylib(kind: int, path: str) -> bytes:
    text = path.encode() + b"\0"
    text += bytes(-len(text) % 8)
    return struct.pack("<6I", kind, 24 + len(text), 24, 0, 0x10000, 0x10000) + text


def _segment(
    name: bytes, offset: int, size: int, sections: list[tuple[str, int, int, int]]
) -> bytes:
    found = struct.pack(
        "<2I16s4Q4I", 0x19, 72 + 80 * len(sections), name, TEXT_ADDRESS + offset, size, offset, size,
        7, 5, len(sections), 0,
    )  # fmt: skip
    for section, address, start, length in sections:
        found += struct.pack(
            "<16s16s2Q8I", section.encode(), name, address, length, start, 0, 0, 0, 0, 0, 0, 0
        )
    return found
