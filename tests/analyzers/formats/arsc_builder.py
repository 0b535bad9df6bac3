"""Builds resource tables: types, entries and configurations."""

from __future__ import annotations

import struct

from tests.analyzers.formats.axml_builder import chunk, make_pool

STRING, REFERENCE = 0x03, 0x01
Values = dict[str, dict[str, object]]


def make_config(name: str) -> bytes:
    """Make a configuration from ``""``, ``zh``, ``zh-CN``, ``v21`` or ``night``."""
    raw = bytearray(64)
    struct.pack_into("<I", raw, 0, 64)
    if name.startswith("v"):
        struct.pack_into("<H", raw, 24, int(name[1:]))
    elif name == "night":
        raw[29] = 0x20
    elif name:
        language, _, region = name.partition("-")
        raw[8 : 8 + len(language)] = language.encode()
        raw[10 : 10 + len(region)] = region.encode()
    return bytes(raw)


def make_arsc(
    types: dict[str, Values], *, sparse: bool = False, short: bool = False, compact: bool = False
) -> bytes:
    """Write a table of package 0x7f.

    Args:
        types: Type name to entry name to configuration name to value (str, int or ("ref", id)).
        sparse: Write sparse offset lists.
        short: Write 16-bit offsets.
        compact: Write compact entries.
    """
    strings = sorted(
        {
            v
            for entries in types.values()
            for configs in entries.values()
            for v in configs.values()
            if isinstance(v, str)
        }
    )
    keys = sorted({name for entries in types.values() for name in entries})
    chunks = b""
    for number, entries in enumerate(types.values(), 1):
        for config in sorted({c for configs in entries.values() for c in configs}):
            rows = [
                _entry(entry, configs[config], strings, keys, compact=compact)
                if config in configs
                else None
                for entry, configs in entries.items()
            ]
            chunks += _type(number, make_config(config), rows, sparse=sparse, short=short)
    type_pool, key_pool = make_pool(list(types)), make_pool(keys)
    name = "app".encode("utf-16-le").ljust(256, b"\0")
    header = struct.pack("<I", 0x7F) + name
    header += struct.pack("<IIIII", 288, len(types), 288 + len(type_pool), len(keys), 0)
    package = chunk(0x200, header, type_pool + key_pool + chunks)
    return chunk(2, struct.pack("<I", 1), make_pool(strings, utf8=True) + package)


def _entry(
    name: str, value: object, strings: list[str], keys: list[str], *, compact: bool
) -> bytes:
    kind, data = _value(value, strings)
    if compact:
        return struct.pack("<HHI", keys.index(name), kind << 8 | 8, data)
    return struct.pack("<HHIHBBI", 8, 0, keys.index(name), 8, 0, kind, data)


def _value(value: object, strings: list[str]) -> tuple[int, int]:
    if isinstance(value, str):
        return STRING, strings.index(value)
    if isinstance(value, tuple):
        return REFERENCE, value[1]
    return 0x10, int(value)


def _type(
    number: int, config: bytes, rows: list[bytes | None], *, sparse: bool, short: bool
) -> bytes:
    data, offsets = b"", []
    for row in rows:
        offsets.append(None if row is None else len(data))
        data += row or b""
    if sparse:
        pairs = [(i, offset // 4) for i, offset in enumerate(offsets) if offset is not None]
        table = b"".join(struct.pack("<HH", *pair) for pair in pairs)
        flags, count = 1, len(pairs)
    elif short:
        table = b"".join(struct.pack("<H", 0xFFFF if o is None else o // 4) for o in offsets)
        table += bytes(-len(table) % 4)
        flags, count = 2, len(rows)
    else:
        table = b"".join(struct.pack("<I", 0xFFFFFFFF if o is None else o) for o in offsets)
        flags, count = 0, len(rows)
    start = 20 + len(config) + len(table)
    header = struct.pack("<BBHII", number, flags, 0, count, start) + config
    return chunk(0x201, header, table + data)
