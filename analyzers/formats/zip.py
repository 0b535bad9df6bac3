"""A zip archive as Android reads it: the directory decides, flags and checksums do not.

What Android does, after libziparchive and AssetManager: encryption flags are not looked at;
checksums are not compared; any method other than deflate is taken as stored by the resource
reader; of several entries of one name the first is found.
"""

from __future__ import annotations

import struct
import zlib
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.formats.anomaly import AnomalyLog
from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.limits import DEFAULT_LIMITS, Limits
from analyzers.formats.zip_directory import read_directory

if TYPE_CHECKING:
    from analyzers.formats.anomaly import Anomaly
    from analyzers.formats.zip_directory import ZipEntry

LOCAL_RECORD = struct.Struct("<4sHHHHHIIIHH")
LOCAL_SIGNATURE = b"PK\x03\x04"
STORED, DEFLATED = 0, 8
ENCRYPTED = 0x1
DESCRIPTOR = 0x8


class ZipArchive:
    """A zip in memory or in a memory map; entries are inflated when they are asked for."""

    def __init__(self, data: bytes | memoryview, limits: Limits = DEFAULT_LIMITS) -> None:
        """Read the directory.

        Args:
            data: The whole file.
            limits: Bounds; stated sums over them are refused before anything is inflated.

        Raises:
            UnreadableError: when no reader could find its way through the file.
        """
        self.data = memoryview(data)
        self.limits = limits
        self._log = AnomalyLog()
        self._read: set[int] = set()
        if not self.data.nbytes:
            raise UnreadableError("package.empty")
        self.directory = read_directory(self.data, limits, self._log)
        self.entries = self.directory.entries
        self._refuse_bomb()

    @cached_property
    def by_name(self) -> dict[str, ZipEntry]:
        """Entries by name; of equal names the first, as a device finds it."""
        found: dict[str, ZipEntry] = {}
        for entry in self.entries:
            if entry.name in found:
                self._log.add("duplicate-name", entry.name)
            else:
                found[entry.name] = entry
        return found

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """Departures noted so far; they grow while entries are read."""
        return self._log.list()

    def note(self, code: str, where: str = "") -> None:
        """Add a departure that a check of the archive found."""
        self._log.add(code, where)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of an entry.

        Args:
            name: Name of the entry.
            limit: Largest size accepted, in bytes; the general limit where absent.

        Raises:
            KeyError: no entry has the name.
            FormatError: the entry cannot be inflated, or it is larger than the limit.
        """
        return self.read_entry(self.by_name[name], limit)

    def read_entry(self, entry: ZipEntry, limit: int | None = None) -> bytes:
        """Give the content of one entry; see read."""
        allowed = self.limits.entry_bytes if limit is None else limit
        if entry.size > allowed:
            raise FormatError("zip.entry-too-large", entry=entry.name, size=entry.size)
        start = self.data_offset(entry)
        if entry.method == DEFLATED:
            content = self._inflate(entry, start)
        else:
            content = self._copy(entry, start, allowed)
        self._compare(entry, content)
        return content[: entry.size]

    def read_start(self, entry: ZipEntry, length: int) -> bytes:
        """Give at most the first ``length`` bytes of an entry, empty where it is damaged."""
        try:
            start = self.data_offset(entry)
        except FormatError:
            return b""
        if entry.method != DEFLATED:
            return bytes(self.data[start : start + min(length, entry.size)])
        stored = self.data[start : start + min(entry.stored_size, length * 4 + 1024)]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(stored, length)
        except zlib.error:
            return b""

    def data_offset(self, entry: ZipEntry) -> int:
        """Tell where the stored bytes of an entry start.

        Raises:
            FormatError: its local header is not there.
        """
        offset = entry.header_offset
        if offset + LOCAL_RECORD.size > len(self.data):
            raise FormatError("zip.no-local-header", entry=entry.name)
        record = LOCAL_RECORD.unpack_from(self.data, offset)
        if record[0] != LOCAL_SIGNATURE:
            raise FormatError("zip.no-local-header", entry=entry.name)
        return int(offset + LOCAL_RECORD.size + record[9] + record[10])

    def _inflate(self, entry: ZipEntry, start: int) -> bytes:
        stored = self.data[start : start + entry.stored_size]
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = engine.decompress(stored, entry.size + 1)
        except zlib.error as error:
            raise FormatError("zip.damaged-entry", entry=entry.name) from error
        if len(content) != entry.size:
            self._log.add("size-lies", entry.name)
        return content

    def _copy(self, entry: ZipEntry, start: int, allowed: int) -> bytes:
        content = bytes(self.data[start : start + min(entry.size, allowed)])
        if len(content) != entry.size or entry.stored_size != entry.size:
            self._log.add("size-lies", entry.name)
        return content

    def _compare(self, entry: ZipEntry, content: bytes) -> None:
        """Note a wrong checksum, once per entry."""
        if entry.header_offset in self._read:
            return
        self._read.add(entry.header_offset)
        whole = entry.method == DEFLATED or entry.stored_size == entry.size
        if whole and len(content) == entry.size and zlib.crc32(content) != entry.crc:
            self._log.add("wrong-crc", entry.name)

    def was_read(self, entry: ZipEntry) -> bool:
        """Tell whether an entry was read, and so its checksum compared."""
        return entry.header_offset in self._read

    def _refuse_bomb(self) -> None:
        total = sum(entry.size for entry in self.entries)
        limits = self.limits
        if total > limits.total_bytes or (
            total > limits.ratio_from and total > limits.ratio * len(self.data)
        ):
            raise UnreadableError("zip.bomb", stated=total, stored=len(self.data))
