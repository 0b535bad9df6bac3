"""The header of a dex file: version, table offsets and counts, clipped to what the file holds.

Source: source.android.com, Dalvik executable format, "header_item".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from analyzers.dex.errors import DexError

HEADER_SIZE = 0x70
MAX_FILE = 512 * 1024 * 1024
_ROWS = {
    "string": (0x38, 4),
    "type": (0x40, 4),
    "proto": (0x48, 12),
    "field": (0x50, 8),
    "method": (0x58, 8),
    "class": (0x60, 32),
}
VERSIONS = ("035", "036", "037", "038", "039", "040")


@dataclass(frozen=True)
class Section:
    """One table of the file."""

    offset: int
    count: int


@dataclass(frozen=True)
class Header:
    """What the header states, bounded by the file."""

    version: str
    sections: dict[str, Section]
    problems: tuple[tuple[str, dict[str, str | int]], ...]
    """Codes and parameters of what was wrong but could be read past."""


def read_header(data: bytes) -> Header:
    """Read the header of one dex file.

    Raises:
        DexError: when it is no dex file, is of a kind that is not read (container 041,
            compact dex, swapped byte order), or is too small or too large.
    """
    if len(data) > MAX_FILE:
        raise DexError("dex.too_large", bytes=len(data))
    if data[:4] == b"cdex":
        raise DexError("dex.compact")
    if len(data) < HEADER_SIZE or data[:4] != b"dex\n":
        raise DexError("dex.damaged", reason="no dex header")
    version = data[4:7].decode("ascii", "replace")
    if version.isdigit() and version >= "041":
        raise DexError("dex.container", version=version)
    if struct.unpack_from("<I", data, 40)[0] != 0x12345678:
        raise DexError("dex.damaged", reason="byte order")
    problems: list[tuple[str, dict[str, str | int]]] = []
    if version not in VERSIONS:
        problems.append(("dex.version", {"version": version if version.isdigit() else "?"}))
    sections = {}
    for name, (at, size) in _ROWS.items():
        count, offset = struct.unpack_from("<II", data, at)
        fitting = max((len(data) - offset) // size, 0)
        if count > fitting:
            problems.append(("dex.table_cut", {"table": name, "rows": count - fitting}))
        sections[name] = Section(offset, min(count, fitting))
    return Header(version, sections, tuple(problems))
