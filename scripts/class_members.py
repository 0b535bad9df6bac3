"""Reads the declared members of Java class files (JVM specification, chapter 4), nothing more."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = 0x0001
PROTECTED = 0x0004
STATIC = 0x0008
BRIDGE = 0x0040
ABSTRACT = 0x0400
SYNTHETIC = 0x1000

# Bytes after the tag of each constant pool entry; tag 1 (UTF-8) carries its own length.
_ENTRY_SIZE = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2,
               17: 4, 18: 4, 19: 2, 20: 2}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One declared field or method."""

    name: str
    descriptor: str
    access: int

    @property
    def static(self) -> bool:
        return bool(self.access & STATIC)

    @property
    def abstract(self) -> bool:
        return bool(self.access & ABSTRACT)


@dataclass(frozen=True)
class ClassFile:
    """One class with what it declares itself; names are dotted, inner classes with ``$``."""

    name: str
    parent: str
    interfaces: tuple[str, ...]
    fields: tuple[Member, ...]
    methods: tuple[Member, ...]

    def methods_named(self, name: str) -> tuple[Member, ...]:
        """Give the methods of a name that other packages can call, no bridges, no synthetics."""
        return tuple(m for m in self.methods
                     if m.name == name and m.access & (PUBLIC | PROTECTED)
                     and not m.access & (BRIDGE | SYNTHETIC))  # fmt: skip


def read_class(data: bytes) -> ClassFile:
    """Read one class file.

    Raises:
        ValueError: when the bytes are no class file.
    """
    try:
        return _read_class(data)
    except (struct.error, IndexError, KeyError) as error:
        raise ValueError(f"no class file: {error!r}") from error


def _read_class(data: bytes) -> ClassFile:
    if data[:4] != b"\xca\xfe\xba\xbe":
        raise ValueError("no class file: wrong magic")
    texts, names, position = _read_pool(data)
    _access, this, parent, count = struct.unpack_from(">HHHH", data, position)
    position += 8
    interfaces = struct.unpack_from(f">{count}H", data, position)
    fields, position = _read_members(data, position + 2 * count, texts)
    methods, _end = _read_members(data, position, texts)

    def dotted(index: int) -> str:
        return texts[names[index]].replace("/", ".") if index else ""

    return ClassFile(dotted(this), dotted(parent), tuple(map(dotted, interfaces)), fields, methods)


def _read_pool(data: bytes) -> tuple[dict[int, str], dict[int, int], int]:
    (count,) = struct.unpack_from(">H", data, 8)
    texts: dict[int, str] = {}
    names: dict[int, int] = {}
    index, position = 1, 10
    while index < count:
        tag = data[position]
        position += 1
        if tag == 1:
            (size,) = struct.unpack_from(">H", data, position)
            texts[index] = data[position + 2 : position + 2 + size].decode("utf-8", "replace")
            position += 2 + size
        else:
            if tag == 7:
                (names[index],) = struct.unpack_from(">H", data, position)
            position += _ENTRY_SIZE[tag]
        index += 2 if tag in (5, 6) else 1
    return texts, names, position


def _read_members(
    data: bytes, position: int, texts: dict[int, str]
) -> tuple[tuple[Member, ...], int]:
    (count,) = struct.unpack_from(">H", data, position)
    position += 2
    members = []
    for _ in range(count):
        access, name, descriptor, attributes = struct.unpack_from(">HHHH", data, position)
        position += 8
        members.append(Member(texts[name], texts[descriptor], access))
        for _ in range(attributes):
            (size,) = struct.unpack_from(">I", data, position + 2)
            position += 6 + size
    return tuple(members), position


def read_jar(path: Path, prefixes: tuple[str, ...] = ("",)) -> Iterator[ClassFile]:
    """Read every class of a jar whose path in the jar starts with one of the prefixes."""
    with zipfile.ZipFile(path) as jar:
        for entry in jar.namelist():
            if entry.endswith(".class") and entry.startswith(prefixes):
                yield read_class(jar.read(entry))
