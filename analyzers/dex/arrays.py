"""Array types and the few gather operations that all tables are read with."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Units = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


def expand_ranges(starts: Array, counts: Array) -> Longs:
    """Give ``starts[0] .. starts[0]+counts[0]-1, starts[1] ..`` as one array (int64)."""
    counts = counts.astype(np.int64)
    total = int(counts.sum())
    if total == 0:
        return np.empty(0, np.int64)
    before = np.cumsum(counts) - counts
    offsets: Longs = np.repeat(starts.astype(np.int64) - before, counts)
    return np.arange(total, dtype=np.int64) + offsets


def find_sorted(haystack: Array, needles: Array) -> Longs:
    """Give the position of each needle in a sorted array, -1 where it is not in it."""
    if len(haystack) == 0:
        return np.full(len(needles), -1, np.int64)
    at = np.minimum(np.searchsorted(haystack, needles), len(haystack) - 1)
    return np.where(haystack[at] == needles, at, -1).astype(np.int64)


def group_starts(sorted_keys: Array, size: int) -> Longs:
    """Give where each key ``0 .. size`` starts in a sorted key array (length ``size + 1``)."""
    return np.searchsorted(sorted_keys, np.arange(size + 1)).astype(np.int64)


def distinct(values: Array) -> Array:
    """Give the different values, sorted (numpy's own hash-based unique is slow on small arrays)."""
    if len(values) < 2:
        return values
    ordered = np.sort(values)
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def without(values: Array, known: Array) -> Array:
    """Give the different values that a sorted array does not hold, sorted."""
    fresh = distinct(values)
    return fresh[find_sorted(known, fresh) < 0]
