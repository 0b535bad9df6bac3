"""The central directory of a zip, read as Android's libziparchive reads it (APPNOTE 4.3.12–4.3.16).

The last end record wins; as many records as it states are read; names are only names. Where
Android would refuse the archive but another reader would not, reading goes on and the departure is
noted: a reviewer is to learn what the file holds, and that no device takes it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import UnreadableError

if TYPE_CHECKING:
    from analyzers.formats.anomaly import AnomalyLog
    from analyzers.formats.limits import Limits

Buffer = memoryview

END_SIGNATURE = b"PK\x05\x06"
END_RECORD = struct.Struct("<4sHHHHIIH")
END64_LOCATOR = struct.Struct("<4sIQI")
END64_RECORD = struct.Struct("<4sQHHIIQQQQ")
CENTRAL_SIGNATURE = b"PK\x01\x02"
CENTRAL_RECORD = struct.Struct("<4sBBHHHHHIIIHHHHHII")
MAX_COMMENT = 0xFFFF
U32 = 0xFFFFFFFF
KNOWN_VERSION = 63
"""Highest "version needed" of APPNOTE 4.4.3; Android does not look at it."""


class ZipEntry(msgspec.Struct, frozen=True, gc=False):
    """One record of the central directory."""

    name: str
    """Name as text; bytes that are not UTF-8 are written as ``\\xNN``."""
    flags: int
    method: int
    crc: int
    stored_size: int
    """Bytes in the archive."""
    size: int
    """Bytes after inflating, as stated."""
    header_offset: int
    """Where the local header starts."""


class Directory(msgspec.Struct, frozen=True):
    """The whole central directory."""

    entries: tuple[ZipEntry, ...]
    start: int
    """Offset of its first record."""
    end: int
    """Offset of the end record."""
    base: int
    """What has to be added to stated offsets; 0 in every archive Android takes."""


class _End(msgspec.Struct, frozen=True):
    offset: int
    count: int
    size: int
    start: int


def read_directory(data: Buffer, limits: Limits, log: AnomalyLog) -> Directory:
    """Read all records of the central directory.

    Raises:
        UnreadableError: no end record, a directory cut off or empty, more entries than allowed.
    """
    end = _read_end(data, log)
    if end.count > limits.entries:
        raise UnreadableError("zip.too-many-entries", entries=end.count, limit=limits.entries)
    base = _find_base(data, end, log)
    start = end.start + base
    entries, stop = _read_records(data, start, end, base, log)
    if stop < end.offset and bytes(data[stop : stop + 4]) == CENTRAL_SIGNATURE:
        log.add("entry-count")
    return Directory(entries=entries, start=start, end=end.offset, base=base)


def _read_end(data: Buffer, log: AnomalyLog) -> _End:
    tail_start = max(0, len(data) - MAX_COMMENT - END_RECORD.size)
    offset = bytes(data[tail_start:]).rfind(END_SIGNATURE)
    if offset < 0 or tail_start + offset + END_RECORD.size > len(data):
        raise UnreadableError("zip.no-end-record")
    offset += tail_start
    _, disk, _, _, count, size, start, comment = END_RECORD.unpack_from(data, offset)
    if offset + END_RECORD.size + comment != len(data):
        # libziparchive, MapCentralDirectory0: extra bytes behind the end record make the file invalid.
        raise UnreadableError("zip.trailing-data")
    if disk:
        log.add("disk-number")
    end = _End(offset, count, size, start)
    if count == MAX_COMMENT or U32 in (size, start):
        end = _read_end64(data, end)
    if end.count == 0:
        raise UnreadableError("zip.empty")
    return end


def _read_end64(data: Buffer, end: _End) -> _End:
    """Read the zip64 end record where its locator stands before the end record."""
    locator = end.offset - END64_LOCATOR.size
    if locator < 0 or bytes(data[locator : locator + 4]) != b"PK\x06\x07":
        return end
    where = END64_LOCATOR.unpack_from(data, locator)[2]
    if where + END64_RECORD.size > locator or bytes(data[where : where + 4]) != b"PK\x06\x06":
        raise UnreadableError("zip.truncated-directory")
    fields = END64_RECORD.unpack_from(data, where)
    return _End(where, fields[7], fields[8], fields[9])


def _find_base(data: Buffer, end: _End, log: AnomalyLog) -> int:
    """Tell how far the archive was moved by data put in front of it without fixing offsets."""
    if end.start + end.size <= end.offset and _is_record(data, end.start):
        if end.start + end.size != end.offset:
            log.add("directory-gap")
        return 0
    moved = end.offset - end.size - end.start
    if moved > 0 and _is_record(data, end.start + moved):
        log.add("prefixed-data-unadjusted")
        return moved
    raise UnreadableError("zip.truncated-directory")


def _is_record(data: Buffer, offset: int) -> bool:
    return bytes(data[offset : offset + 4]) == CENTRAL_SIGNATURE


def _read_records(
    data: Buffer, start: int, end: _End, base: int, log: AnomalyLog
) -> tuple[tuple[ZipEntry, ...], int]:
    entries: list[ZipEntry] = []
    position, unpack, length = start, CENTRAL_RECORD.unpack_from, CENTRAL_RECORD.size
    for _ in range(end.count):
        if position + length > end.offset:
            raise UnreadableError("zip.truncated-directory", read=len(entries), stated=end.count)
        record = unpack(data, position)
        if record[0] != CENTRAL_SIGNATURE:
            raise UnreadableError("zip.truncated-directory", read=len(entries), stated=end.count)
        name_end = position + length + record[11]
        following = name_end + record[12] + record[13]
        if following > end.offset:
            raise UnreadableError("zip.truncated-directory", read=len(entries), stated=end.count)
        name = _read_name(bytes(data[position + length : name_end]), log)
        if record[3] & 0xFF > KNOWN_VERSION:
            log.add("version-needed", name)
        sizes = record[9], record[10], record[17]
        if U32 in sizes:
            sizes = _read_sizes64(bytes(data[name_end : name_end + record[12]]), sizes)
        stored, size, offset = sizes
        entries.append(ZipEntry(name, record[4], record[5], record[8], stored, size, offset + base))
        position = following
    return tuple(entries), position


def _read_name(raw: bytes, log: AnomalyLog) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode(errors="backslashreplace")
        log.add("bad-name", name)
    if "\0" in name:
        log.add("bad-name", name)
    return name


def _read_sizes64(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    """Take the 64-bit sizes of the extra field (APPNOTE 4.5.3) for those that are all ones."""
    position = 0
    while position + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, position)
        position += 4
        if tag == 1:
            block = extra[position : position + length]
            wide = iter(struct.unpack_from(f"<{len(block) // 8}Q", block))
            size = next(wide, sizes[1]) if sizes[1] == U32 else sizes[1]
            stored = next(wide, sizes[0]) if sizes[0] == U32 else sizes[0]
            offset = next(wide, sizes[2]) if sizes[2] == U32 else sizes[2]
            return stored, size, offset
        position += length
    return sizes
