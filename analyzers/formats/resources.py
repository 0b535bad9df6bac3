"""The resource table (resources.arsc), one resource at a time.

Opening walks the chunk headers only; a resource is looked up when it is asked for, references are
followed with a bound. Structures: ResTable_* of AOSP ResourceTypes.h.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.formats.resource_config import Config, read_config
from analyzers.formats.resource_lookup import Resources
from analyzers.formats.string_pool import StringPool
from analyzers.formats.typed_value import STRING, TypedValue, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = struct.Struct("<HHI")
TYPE_HEADER = struct.Struct("<HHIBBHII")
ENTRY = struct.Struct("<HHI")
VALUE = struct.Struct("<HBBI")
TABLE, POOL, PACKAGE, TYPE = 0x0002, 0x0001, 0x0200, 0x0201
SPARSE, OFFSET16 = 0x01, 0x02
COMPLEX, COMPACT = 0x0001, 0x0008
NO_ENTRY, NO_ENTRY16 = 0xFFFFFFFF, 0xFFFF
MAX_CHUNKS = 200_000
APP_PACKAGE = 0x7F


class TypeChunk(msgspec.Struct, frozen=True):
    """Values of one resource type in one configuration."""

    data: memoryview
    config: Config
    flags: int
    count: int
    entries_start: int
    header: int


class ResourcePackage(msgspec.Struct, frozen=True):
    """One package of the table."""

    id: int
    types: StringPool
    keys: StringPool
    chunks: dict[int, list[TypeChunk]]
    """Type id to its chunks, one per configuration."""


class ResourceTable(Resources):
    """A resource table that is read where it is asked."""

    def __init__(self, content: bytes | memoryview) -> None:
        """Walk the chunk headers.

        Raises:
            FormatError: no table header, or no string pool.
        """
        data = memoryview(content)
        if len(data) < 12:
            raise FormatError("arsc.truncated")
        kind, start, size = CHUNK.unpack_from(data, 0)
        if kind != TABLE:
            raise FormatError("arsc.header")
        pool: StringPool | None = None
        self.packages: dict[int, ResourcePackage] = {}
        for kind, header, chunk in _chunks(data[start : max(size, start)]):
            if kind == POOL and pool is None:
                pool = StringPool(chunk)
            elif kind == PACKAGE:
                package = _read_package(header, chunk)
                self.packages.setdefault(package.id, package)
        if pool is None:
            raise FormatError("arsc.no-strings")
        if not self.packages:
            raise FormatError("arsc.no-package")
        self.strings = pool

    def values(self, resource: int) -> list[tuple[Config, TypedValue]]:
        """Give the value of a resource in every configuration, references not followed."""
        package = self.packages.get(resource >> 24)
        if package is None:
            return []
        found = []
        for chunk in package.chunks.get(resource >> 16 & 0xFF, ()):
            value = self._value(chunk, resource & 0xFFFF)
            if value is not None:
                found.append((chunk.config, value))
        return found

    def name(self, resource: int) -> str:
        """Give ``type/key`` of a resource, empty where the table does not know it."""
        package = self.packages.get(resource >> 24)
        if package is None:
            return ""
        for chunk in package.chunks.get(resource >> 16 & 0xFF, ()):
            entry = _entry_offset(chunk, resource & 0xFFFF)
            if entry is not None:
                size, flags, key = ENTRY.unpack_from(chunk.data, entry)
                key = size if flags & COMPACT else key
                return f"{package.types[(resource >> 16 & 0xFF) - 1]}/{package.keys[key]}"
        return ""

    def ids(self, type_name: str) -> Iterator[int]:
        """Give the ids of all resources of a type, such as ``string``, in order."""
        for package in self.packages.values():
            for type_id, chunks in sorted(package.chunks.items()):
                if package.types[type_id - 1] == type_name:
                    most = max(chunk.count for chunk in chunks)
                    base = package.id << 24 | type_id << 16
                    yield from range(base, base + min(most, 0x10000))

    def _value(self, chunk: TypeChunk, index: int) -> TypedValue | None:
        offset = _entry_offset(chunk, index)
        if offset is None:
            return None
        size, flags, key = ENTRY.unpack_from(chunk.data, offset)
        if flags & COMPACT:
            return self._make(flags >> 8, key)
        if flags & COMPLEX or offset + size + VALUE.size > len(chunk.data):
            return None
        _, _, kind, data = VALUE.unpack_from(chunk.data, offset + size)
        return self._make(kind, data)

    def _make(self, kind: int, data: int) -> TypedValue:
        if kind == STRING:
            return TypedValue(kind, data, self.strings[data])
        return read_value(kind, data, self.strings)


def _chunks(data: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Step over chunks; one whose size does not fit ends the walk."""
    position, steps = 0, 0
    while position + CHUNK.size <= len(data):
        kind, header, size = CHUNK.unpack_from(data, position)
        if size < max(header, CHUNK.size) or position + size > len(data):
            return
        yield kind, header, data[position : position + size]
        position += size
        steps += 1
        if steps > MAX_CHUNKS:
            raise FormatError("arsc.too-many-chunks", limit=MAX_CHUNKS)


def _read_package(header: int, chunk: memoryview) -> ResourcePackage:
    if header < 284 or len(chunk) < header:
        raise FormatError("arsc.package")
    package_id = struct.unpack_from("<I", chunk, 8)[0] or APP_PACKAGE
    type_strings, _, key_strings = struct.unpack_from("<III", chunk, 268)
    pools = [StringPool(_pool_at(chunk, offset)) for offset in (type_strings, key_strings)]
    chunks: dict[int, list[TypeChunk]] = {}
    for kind, _, inner in _chunks(chunk[header:]):
        if kind == TYPE and len(inner) >= TYPE_HEADER.size:
            type_id, entry = _read_type(inner)
            chunks.setdefault(type_id, []).append(entry)
    return ResourcePackage(id=package_id & 0xFF, types=pools[0], keys=pools[1], chunks=chunks)


def _pool_at(chunk: memoryview, offset: int) -> memoryview:
    if offset + CHUNK.size > len(chunk):
        raise FormatError("arsc.package")
    size = CHUNK.unpack_from(chunk, offset)[2]
    return chunk[offset : offset + size]


def _read_type(chunk: memoryview) -> tuple[int, TypeChunk]:
    _, header, _, type_id, flags, _, count, start = TYPE_HEADER.unpack_from(chunk, 0)
    return type_id, TypeChunk(
        data=chunk,
        config=read_config(chunk[TYPE_HEADER.size : header]),
        flags=flags,
        count=count,
        entries_start=start,
        header=header,
    )


def _entry_offset(chunk: TypeChunk, index: int) -> int | None:
    """Find an entry in a chunk: plain, 16-bit or sparse offsets."""
    data = chunk.data
    if chunk.flags & SPARSE:
        relative = _find_sparse(chunk, index)
    elif index >= chunk.count:
        return None
    elif chunk.flags & OFFSET16:
        position = chunk.header + 2 * index
        if position + 2 > len(data):
            return None
        short = struct.unpack_from("<H", data, position)[0]
        relative = None if short == NO_ENTRY16 else short * 4
    else:
        position = chunk.header + 4 * index
        if position + 4 > len(data):
            return None
        word = struct.unpack_from("<I", data, position)[0]
        relative = None if word == NO_ENTRY else word
    if relative is None or chunk.entries_start + relative + ENTRY.size > len(data):
        return None
    return int(chunk.entries_start + relative)


def _find_sparse(chunk: TypeChunk, index: int) -> int | None:
    room = max(0, (len(chunk.data) - chunk.header) // 4)
    for i in range(min(chunk.count, room)):
        key, offset = struct.unpack_from("<HH", chunk.data, chunk.header + 4 * i)
        if key == index:
            return int(offset * 4)
    return None
