"""The APK Signing Block before the central directory (APK Signature Scheme v2, "APK Signing Block").

size u64 | pairs: length u64, id u32, value | size u64 | magic 16 bytes
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.zip import ZipArchive

MAGIC = b"APK Sig Block 42"
FOOTER = 24
MAX_PAIRS = 1_000


class SigningBlock(msgspec.Struct, frozen=True):
    """The block: where it stands and what it carries."""

    start: int
    """Offset in the file; where there is no block, the start of the directory."""
    pairs: dict[int, memoryview]
    """Value by id; of equal ids the first."""


def read_block(archive: ZipArchive) -> SigningBlock:
    """Find the signing block; without one the pairs are empty."""
    data, directory = archive.data, archive.directory.start
    none = SigningBlock(directory, {})
    if directory < FOOTER + 8 or bytes(data[directory - 16 : directory]) != MAGIC:
        return none
    size = struct.unpack_from("<Q", data, directory - FOOTER)[0]
    start = directory - size - 8
    if size < FOOTER or start < 0 or struct.unpack_from("<Q", data, start)[0] != size:
        return none
    pairs: dict[int, memoryview] = {}
    position, end = start + 8, directory - FOOTER
    for _ in range(MAX_PAIRS):
        if position + 12 > end:
            break
        length, key = struct.unpack_from("<QI", data, position)
        if length < 4 or position + 8 + length > end:
            break
        pairs.setdefault(key, data[position + 12 : position + 8 + length])
        position += 8 + length
    return SigningBlock(start, pairs)


class Sequence:
    """Reads length-prefixed parts one after the other.

    Every read raises FormatError ``signing.truncated`` where the part does not fit.
    """

    def __init__(self, data: memoryview) -> None:
        self.rest = data

    def number(self) -> int:
        """Read a 32-bit number."""
        return int(struct.unpack("<I", self._take(4))[0])

    def part(self) -> memoryview:
        """Read a part with its 32-bit length in front."""
        return self._take(self.number())

    def parts(self) -> Iterator[memoryview]:
        """Read parts to the end."""
        while self.rest:
            yield self.part()

    def _take(self, length: int) -> memoryview:
        if length > len(self.rest):
            raise FormatError("signing.truncated")
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken
