"""Looks over a whole archive for departures that reading single entries does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.errors import FormatError
from analyzers.formats.zip import (
    DEFLATED,
    DESCRIPTOR,
    ENCRYPTED,
    LOCAL_RECORD,
    LOCAL_SIGNATURE,
    STORED,
)
from analyzers.formats.zip_directory import KNOWN_VERSION

if TYPE_CHECKING:
    from analyzers.formats.anomaly import Anomaly
    from analyzers.formats.zip import ZipArchive
    from analyzers.formats.zip_directory import ZipEntry

CHECKSUM_BYTES, CHECKSUM_ENTRIES = 8 << 20, 500
"""How much that nobody else read is inflated to compare checksums."""
USUAL_ENTRIES = 65_535
PLAIN_NAMES = ("AndroidManifest.xml", "resources.arsc", "classes.dex")


def check_archive(archive: ZipArchive) -> tuple[Anomaly, ...]:
    """Give every departure of the archive; entries not read so far are read within a budget."""
    _ = archive.by_name
    _check_front(archive)
    if len(archive.entries) > USUAL_ENTRIES:
        archive.note("many-entries")
    for entry in archive.entries:
        _check_name(archive, entry)
        _check_fields(archive, entry)
        _check_local(archive, entry)
    _check_overlaps(archive)
    _check_sums(archive)
    return archive.anomalies


def _check_front(archive: ZipArchive) -> None:
    """Note bytes in front of the first entry: a dex there runs on old devices (CVE-2017-13156).

    Android's own build tools leave emptied local headers there, which say nothing.
    """
    first = min(entry.header_offset for entry in archive.entries)
    if first == 0:
        return
    if bytes(archive.data[:4]) == b"dex\n":
        archive.note("dex-in-front")
    elif archive.directory.base == 0 and bytes(archive.data[:4]) != LOCAL_SIGNATURE:
        archive.note("prefixed-data")


def _check_name(archive: ZipArchive, entry: ZipEntry) -> None:
    name = entry.name
    if name.startswith(("/", "\\")) or name[1:3] in (":/", ":\\"):
        archive.note("absolute-name", name)
    if ".." in name and ".." in name.replace("\\", "/").split("/"):
        archive.note("path-traversal", name)
    if name.startswith(PLAIN_NAMES) and "/" in name:
        archive.note("file-as-folder", name)


def _check_fields(archive: ZipArchive, entry: ZipEntry) -> None:
    if entry.flags & ENCRYPTED:
        archive.note("encryption-flag", entry.name)
    if entry.method not in (STORED, DEFLATED):
        archive.note("unknown-method", entry.name)


def _check_local(archive: ZipArchive, entry: ZipEntry) -> None:
    """Compare the local header with the directory, as libziparchive does when it opens an entry."""
    offset, data = entry.header_offset, archive.data
    if offset + LOCAL_RECORD.size > len(data):
        archive.note("no-local-header", entry.name)
        return
    record = LOCAL_RECORD.unpack_from(data, offset)
    if record[0] != LOCAL_SIGNATURE:
        archive.note("no-local-header", entry.name)
        return
    if record[1] & 0xFF > KNOWN_VERSION:
        archive.note("version-needed", entry.name)
    if record[2] & ENCRYPTED and not entry.flags & ENCRYPTED:
        archive.note("encryption-flag", entry.name)
    name = bytes(data[offset + LOCAL_RECORD.size : offset + LOCAL_RECORD.size + record[9]])
    if name.decode(errors="backslashreplace") != entry.name:
        archive.note("local-name-differs", entry.name)
    if record[3] != entry.method:
        archive.note("local-method-differs", entry.name)
    if not record[2] & DESCRIPTOR and (record[6], record[7], record[8]) != (
        entry.crc,
        entry.stored_size,
        entry.size,
    ):
        archive.note("local-sizes-differ", entry.name)


def _check_overlaps(archive: ZipArchive) -> None:
    """Note entries whose stored bytes lie in those of the entry before, or in the directory."""
    reach, last = 0, ""
    for entry in sorted(archive.entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reach:
            archive.note("overlapping-entries", entry.name)
        end = _end(archive, entry)
        if end > reach:
            reach, last = end, entry.name
    if reach > archive.directory.start:
        archive.note("overlaps-directory", last)


def _end(archive: ZipArchive, entry: ZipEntry) -> int:
    try:
        return archive.data_offset(entry) + entry.stored_size
    except FormatError:
        return entry.header_offset + LOCAL_RECORD.size + entry.stored_size


def _check_sums(archive: ZipArchive) -> None:
    unread = [entry for entry in archive.entries if not archive.was_read(entry)]
    unread.sort(key=lambda entry: entry.name.startswith("res/"))
    budget = CHECKSUM_BYTES
    for entry in unread[:CHECKSUM_ENTRIES]:
        if entry.size > budget:
            continue
        budget -= entry.size
        try:
            archive.read_entry(entry)
        except FormatError as error:
            archive.note(error.code.partition(".")[2], entry.name)
