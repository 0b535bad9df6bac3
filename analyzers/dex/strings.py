"""The string table of one dex file, kept as spans of bytes and decoded in bulk on request.

Dex strings are MUTF-8, end with a zero byte and never hold one (U+0000 is ``C0 80``), so a
region with the length prefixes blanked is a zero-separated text that patterns can search.
Source: Dalvik executable format, "string_data_item" and "MUTF-8 encoding".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Bytes, Hashes, Longs, expand_ranges
from analyzers.dex.hashing import hash_spans

if TYPE_CHECKING:
    import re

    from analyzers.dex.header import Section

MAX_STRING = 1 << 20
"""Bytes of one string that are looked at; the rest is cut and reported."""


@dataclass(frozen=True)
class StringTable:
    """Spans of all strings of one file."""

    data: Bytes
    starts: Longs
    """Offset of the first byte of each string's text."""
    lengths: Longs
    """Bytes of each string's text, without the ending zero; 0 for unreadable rows."""
    damaged: int
    """Rows that point out of the file or never end."""
    cut: int
    """Strings longer than MAX_STRING."""
    _texts: dict[int, str] = field(default_factory=dict, repr=False)
    """Rows that were decoded one by one; these are the few that code is followed through."""

    @cached_property
    def hashes(self) -> Hashes:
        """Hash of each string's bytes."""
        return hash_spans(self.data, self.starts, self.lengths)

    def decode(self, rows: Array) -> list[str]:
        """Decode many rows at once; bad bytes become U+FFFD, bad rows the empty string."""
        if len(rows) == 0:
            return []
        starts, lengths = self.starts[rows], self.lengths[rows]
        spots = expand_ranges(starts, lengths + 1)
        spots[np.cumsum(lengths + 1) - 1] = -1
        joined = np.where(spots >= 0, self.data[spots], 0).astype(np.uint8).tobytes()
        if joined.isascii():
            return joined[:-1].decode("ascii").split("\0")
        return [decode_mutf8(part) for part in joined[:-1].split(b"\0")]

    def text(self, row: int) -> str:
        """Decode one row; the empty string for a row that is out of the table."""
        if not 0 <= row < len(self.starts):
            return ""
        known = self._texts.get(row)
        if known is None:
            start = int(self.starts[row])
            raw = self.data[start : start + int(self.lengths[row])].tobytes()
            known = self._texts[row] = decode_mutf8(raw)
        return known

    def search(self, pattern: re.Pattern[bytes]) -> Longs:
        r"""Give the rows of all strings in which the pattern is found, sorted.

        The pattern must not match a zero byte; ``^`` and ``$`` do not see string borders
        (``(?<=\\0)`` and ``(?=\\0)`` do).
        """
        if len(self.starts) == 0:
            return np.empty(0, np.int64)
        order = np.argsort(self.starts, kind="stable")
        low = int(self.starts[order[0]])
        region = self._blanked(low)
        hits = np.fromiter((low - 1 + m.start() for m in pattern.finditer(region)), np.int64)
        if len(hits) == 0:
            return hits
        ordered = self.starts[order]
        at = np.searchsorted(ordered, hits, side="right") - 1
        at = at[(at >= 0)]
        rows = order[np.unique(at)]
        return np.sort(rows)

    def _blanked(self, low: int) -> bytes:
        """Copy the string region with every length prefix turned into zero bytes."""
        high = int((self.starts + self.lengths).max()) + 1
        region = np.zeros(high - low + 1, np.uint8)
        region[1:] = self.data[low:high]
        before = self.starts - low + 1
        for back in range(1, 4):  # a prefix that matters has at most three bytes here
            spots = before - back
            spots = spots[spots > 0]
            prefix = self.data[spots + low - 1]
            region[spots[(prefix >= 0x80) | (back == 1)]] = 0
            before = before[(before > back)]
        return region.tobytes()


def decode_mutf8(text: bytes) -> str:
    """Decode MUTF-8: two-byte zero and surrogate pairs; what is broken becomes U+FFFD."""
    try:
        return text.replace(b"\xc0\x80", b"\0").decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        decoded = text.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return text.decode("utf-8", "replace")
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_strings(data: Bytes, section: Section) -> StringTable:
    """Read where all strings lie. ``data`` is the whole file as bytes."""
    offsets = data[section.offset : section.offset + 4 * section.count].view("<u4")
    offsets = offsets.astype(np.int64)
    good = offsets < len(data) - 1
    starts = np.where(good, offsets, 0)
    for _ in range(5):  # step over the length prefix (uleb128)
        more = good & (data[np.minimum(starts, len(data) - 1)] >= 0x80)
        starts += more
        if not more.any():
            break
    starts = np.minimum(starts + 1, len(data))
    lengths, endless = _measure(data, starts, good)
    cut = lengths > MAX_STRING
    lengths = np.minimum(np.where(endless, 0, lengths), MAX_STRING)
    damaged = int((~good | endless).sum())
    return StringTable(data, np.where(endless, 0, starts), lengths, damaged, int(cut.sum()))


def _measure(data: Bytes, starts: Longs, good: Array) -> tuple[Longs, Array]:
    """Find each string's ending zero; the second array marks those that have none."""
    if not good.any():
        return np.zeros(len(starts), np.int64), ~good
    low, high = int(starts[good].min()), int(starts[good].max())
    tail = data[high : high + MAX_STRING + 1]
    ends = np.flatnonzero(data[low:high] == 0) + low
    after = np.flatnonzero(tail == 0)[:1] + high
    ends = np.concatenate([ends, after])
    at = np.searchsorted(ends, starts)
    endless = ~good | (at >= len(ends))
    if len(ends) == 0:
        return np.zeros(len(starts), np.int64), endless
    lengths = ends[np.minimum(at, len(ends) - 1)] - starts
    return np.where(endless, 0, lengths), endless
