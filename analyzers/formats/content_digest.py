"""Digests over the whole APK but its signing block, in chunks of one MiB or as a Merkle tree.

Source: APK Signature Scheme v2, "Integrity-protected contents"; fs-verity trees use pages of 4 KiB.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.zip import ZipArchive

CHUNK = 1 << 20
PAGE = 4096
SALT = bytes(8)
END_RECORD_OFFSET_FIELD = 16


class ContentDigests:
    """The digests of one package, each computed once."""

    def __init__(self, archive: ZipArchive, block_start: int) -> None:
        """Take the package and the offset of its signing block."""
        self._archive = archive
        self._start = block_start
        self._known: dict[str, bytes] = {}

    def get(self, kind: str) -> bytes:
        """Give a digest: sha256 or sha512 over chunks, or verity."""
        if kind not in self._known:
            self._known[kind] = (
                verity_digest(self._archive, self._start)
                if kind == "verity"
                else chunked_digest(self._archive, self._start, kind)
            )
        return self._known[kind]


def chunked_digest(archive: ZipArchive, block_start: int, algorithm: str) -> bytes:
    """Give the digest of the chunks' digests.

    Args:
        archive: The package.
        block_start: Where the signing block starts.
        algorithm: hashlib name, sha256 or sha512.
    """
    digests = []
    for section in _sections(archive, block_start):
        for start in range(0, len(section), CHUNK):
            chunk = section[start : start + CHUNK]
            digest = hashlib.new(algorithm, b"\xa5" + struct.pack("<I", len(chunk)))
            digest.update(chunk)
            digests.append(digest.digest())
    top = hashlib.new(algorithm, b"\x5a" + struct.pack("<I", len(digests)))
    top.update(b"".join(digests))
    return top.digest()


def verity_digest(archive: ZipArchive, block_start: int) -> bytes:
    """Give the root of the Merkle tree and, in eight bytes, the size of what it covers."""
    sections = _sections(archive, block_start)
    level = b"".join(_pages(sections))
    while len(level) > PAGE:
        level = _hash_level(level)
    root = hashlib.sha256(SALT + level.ljust(PAGE, b"\0")).digest()
    return root + struct.pack("<Q", sum(map(len, sections)))


def _sections(archive: ZipArchive, block_start: int) -> list[memoryview]:
    """Give entries, directory, and end record with the directory's offset set to the block."""
    directory = archive.directory
    end = bytearray(archive.data[directory.end :])
    struct.pack_into("<I", end, END_RECORD_OFFSET_FIELD, block_start & 0xFFFFFFFF)
    return [
        archive.data[:block_start],
        archive.data[directory.start : directory.end],
        memoryview(bytes(end)),
    ]


def _pages(sections: list[memoryview]) -> Iterator[bytes]:
    """Hash the sections as one stream of pages, the last filled up with zeros."""
    rest = b""
    for section in sections:
        skip = (PAGE - len(rest)) % PAGE
        rest += bytes(section[:skip])
        if len(rest) == PAGE:
            yield hashlib.sha256(SALT + rest).digest()
            rest = b""
        if rest:
            continue
        whole = skip + (len(section) - skip) // PAGE * PAGE
        for start in range(skip, whole, PAGE):
            digest = hashlib.sha256(SALT)
            digest.update(section[start : start + PAGE])
            yield digest.digest()
        rest = bytes(section[max(whole, skip) :])
    if rest:
        yield hashlib.sha256(SALT + rest.ljust(PAGE, b"\0")).digest()


def _hash_level(level: bytes) -> bytes:
    pages = (level[start : start + PAGE] for start in range(0, len(level), PAGE))
    return b"".join(hashlib.sha256(SALT + page.ljust(PAGE, b"\0")).digest() for page in pages)
