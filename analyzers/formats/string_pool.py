"""The string pool of binary XML and resource tables (ResStringPool of ResourceTypes.h).

Strings are decoded when they are asked for; a pool of a hundred thousand strings costs nothing
until then.
"""

from __future__ import annotations

import struct

from analyzers.formats.errors import FormatError

HEADER = struct.Struct("<HHIIIIII")
UTF8_FLAG = 0x100
MAX_STRING = 1 << 20


class StringPool:
    """One pool: ``pool[index]`` gives a string, empty where the index or the string is damaged."""

    def __init__(self, data: memoryview) -> None:
        """Read the header of a pool chunk.

        Args:
            data: The chunk, from its header to its end.

        Raises:
            FormatError: the header does not fit the chunk.
        """
        if len(data) < HEADER.size:
            raise FormatError("pool.truncated")
        _, header_size, _, count, styles, flags, start, styles_start = HEADER.unpack_from(data, 0)
        if header_size < HEADER.size - 4 or (count and start >= len(data) - 1):
            raise FormatError("pool.header")
        room = max(0, (len(data) - header_size) // 4)
        self.stated = count
        """Number of strings the header states."""
        self.count: int = min(count, room)
        """Number of strings whose offset lies in the chunk."""
        end = styles_start if styles and start < styles_start <= len(data) else len(data)
        self._utf8 = bool(flags & UTF8_FLAG)
        self._offsets = data[header_size : header_size + 4 * self.count].cast("I")
        self._strings = data[start:end]
        self._cache: dict[int, str] = {}
        self.damaged = 0
        """How many strings inside the pool could not be decoded so far."""

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> str:
        found = self._cache.get(index)
        if found is None:
            found = self._cache[index] = self._decode(index)
        return found

    def get(self, index: int) -> str | None:
        """Give a string, or None where the index lies outside the pool."""
        return self[index] if 0 <= index < self.count else None

    def _decode(self, index: int) -> str:
        if not 0 <= index < self.count:
            return ""
        offset = self._offsets[index]
        try:
            if offset < len(self._strings):
                return self._decode8(offset) if self._utf8 else self._decode16(offset)
        except IndexError:
            pass  # a length field that is cut off
        self.damaged += 1
        return ""

    def _decode8(self, offset: int) -> str:
        """Decode a UTF-8 string: length in UTF-16 units, length in bytes, bytes, zero."""
        strings = self._strings
        offset += 2 if strings[offset] & 0x80 else 1
        length = strings[offset]
        offset += 1
        if length & 0x80:
            length = (length & 0x7F) << 8 | strings[offset]
            offset += 1
        raw = bytes(strings[offset : offset + length])
        if offset + length < len(strings) and strings[offset + length]:
            raw = _extend(strings, offset, length)
        return raw.decode(errors="replace")

    def _decode16(self, offset: int) -> str:
        """Decode a UTF-16 string: length in units, units, zero."""
        strings = self._strings
        length = strings[offset] | strings[offset + 1] << 8
        offset += 2
        if length & 0x8000:
            length = (length & 0x7FFF) << 16 | strings[offset] | strings[offset + 1] << 8
            offset += 2
        end = offset + 2 * min(length, MAX_STRING)
        return bytes(strings[offset:end]).decode("utf-16-le", errors="replace")


def _extend(strings: memoryview, offset: int, length: int) -> bytes:
    """Find the real end of a string longer than 0x7FFF bytes, whose length field wrapped."""
    limit = min(len(strings), offset + MAX_STRING)
    end = offset + length
    while end < limit and strings[end]:
        end += 0x8000
    return bytes(strings[offset : min(end, limit)])
