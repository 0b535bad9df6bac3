"""Finds which of many words occur in the string constants, all words in one pass.

A word's last four bytes (ends differ more than beginnings) are looked up as two pairs in two
tables for every byte of the string region at once; only the few places that pass are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analyzers.dex.arrays import Bools, Bytes, Longs
    from analyzers.dex.tables import DexTables

LEAST = 4
"""Shortest word, in bytes."""


def find_words(tables: Sequence[DexTables], words: Iterable[str]) -> frozenset[str]:
    """Give those of the words that some string constant holds.

    Raises:
        ValueError: a word has fewer than LEAST bytes.
    """
    search = _Words(words)
    found: set[str] = set()
    for table in tables:
        found.update(word for word, _ in search.hits(table))
    return frozenset(found)


def find_word_rows(table: DexTables, words: Iterable[str]) -> Longs:
    """Give the rows of the strings of one file that hold any of the words, sorted.

    Raises:
        ValueError: a word has fewer than LEAST bytes.
    """
    places = np.array([at for _, at in _Words(words).hits(table)], np.int64)
    if len(places) == 0:
        return places
    order = np.argsort(table.strings.starts, kind="stable")
    at = np.searchsorted(table.strings.starts[order], places, side="right") - 1
    return distinct(order[at[at >= 0]])


class _Words:
    """The words, sorted for the search."""

    def __init__(self, words: Iterable[str]) -> None:
        self.raw = {word: word.encode("utf-8", "surrogatepass") for word in words}
        short = [word for word, text in self.raw.items() if len(text) < LEAST]
        if short:
            raise ValueError(f"words too short to search: {short[:3]}")
        self.by_end: dict[bytes, list[str]] = {}
        for word, text in self.raw.items():
            self.by_end.setdefault(text[-LEAST:], []).append(word)
        self.first, self.second = _table(self.by_end, 0), _table(self.by_end, 2)

    def hits(self, table: DexTables) -> Iterator[tuple[str, int]]:
        """Give (word, offset in the file) of everything found."""
        low, high = _bounds(table)
        for place in _places(table.data[low:high], self.first, self.second).tolist():
            end = low + place + LEAST
            for word in self.by_end.get(table.raw[end - LEAST : end], ()):
                text = self.raw[word]
                start = end - len(text)
                if start >= low and table.raw.startswith(text, start):
                    yield word, start


def _table(starts: Iterable[bytes], at: int) -> Bools:
    marks = np.zeros(65_536, bool)
    for start in starts:
        marks[start[at] | start[at + 1] << 8] = True
    return marks


def _bounds(table: DexTables) -> tuple[int, int]:
    strings = table.strings
    if len(strings.starts) == 0:
        return 0, 0
    return int(strings.starts.min()), int((strings.starts + strings.lengths).max())


def _places(region: Bytes, first: Bools, second: Bools) -> Longs:
    """Give the places of a region where some word's last four bytes may stand."""
    if len(region) < LEAST:
        return np.empty(0, np.int64)
    even = region[: len(region) // 2 * 2].view("<u2")
    odd = region[1 : 1 + (len(region) - 1) // 2 * 2].view("<u2")
    spots = np.sort(
        np.concatenate([np.flatnonzero(first[even]) * 2, np.flatnonzero(first[odd]) * 2 + 1])
    )
    spots = spots[spots + LEAST <= len(region)]
    next_two = region[spots + 2].astype(np.int64) | region[spots + 3].astype(np.int64) << 8
    chosen: Longs = spots[second[next_two]]
    return chosen
