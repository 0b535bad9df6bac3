"""Makes the resources of old packages readable: aapt before about 2014 wrote short headers.

Source: ResTable_package of ResourceTypes.h; typeIdOffset (4 bytes) was added in Android 5.0, and the
reader of the runtime expects its 288 bytes where older tables have 284.
"""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TABLE, PACKAGE = 0x0002, 0x0200
SHORT, LONG = 284, 288
TABLE_NAME = "resources.arsc"
MAX_TABLE = 128 << 20


def make_readable_resources(apk: Path, directory: Path) -> Path:
    """Give the package itself, or a stored copy with a repaired resource table."""
    try:
        with zipfile.ZipFile(apk) as archive:
            entry = archive.getinfo(TABLE_NAME)
            if entry.file_size > MAX_TABLE:
                return apk
            repaired = widen_packages(archive.read(entry))
            if repaired is None:
                return apk
            return _write_copy(archive, repaired, directory / "readable.apk")
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return apk


def widen_packages(table: bytes) -> bytes | None:
    """Give the table with long package headers; None where nothing is short or it is damaged."""
    if len(table) < 12:
        return None
    kind, header, size = struct.unpack_from("<HHI", table, 0)
    if kind != TABLE or not header <= size <= len(table):
        return None
    parts, at, changed = [], header, False
    while at + 8 <= size:
        kind, chunk_header, chunk_size = struct.unpack_from("<HHI", table, at)
        if chunk_size < 8 or at + chunk_size > size:
            return None
        chunk = table[at : at + chunk_size]
        if kind == PACKAGE and chunk_header == SHORT and chunk_size >= SHORT:
            chunk = _widen(chunk)
            changed = True
        parts.append(chunk)
        at += chunk_size
    if not changed:
        return None
    body = b"".join(parts)
    return struct.pack("<HHI", TABLE, header, header + len(body)) + table[8:header] + body


def _widen(chunk: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", chunk, 4)
    head = bytearray(chunk[:SHORT] + b"\0" * (LONG - SHORT))
    struct.pack_into("<HI", head, 2, LONG, size + LONG - SHORT)
    for place in (268, 276):  # typeStrings, keyStrings
        (offset,) = struct.unpack_from("<I", head, place)
        if offset:
            struct.pack_into("<I", head, place, offset + LONG - SHORT)
    return bytes(head) + chunk[SHORT:]


def _write_copy(archive: zipfile.ZipFile, table: bytes, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for entry in archive.infolist():
            name = entry.filename
            if name == TABLE_NAME:
                copy.writestr(TABLE_NAME, table)
            elif name.startswith(("res/", "assets/", "r/")) or name == "AndroidManifest.xml":
                copy.writestr(name, archive.read(entry))
    return target
