"""Names of many dex files are joined by 64-bit hashes, so that no name becomes an object.

A name's hash is the sum of its bytes, each multiplied by a random odd weight of its position,
plus its length (multilinear hashing: the chance that two given names collide is below 2^-55).
The weights are drawn anew in each process; a hostile file cannot be built to collide.
"""

from __future__ import annotations

import operator
import secrets
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.arrays import Array, Hashes

_POSITIONS = 1 << 16  # longer strings wrap around; no name in Java is longer
_BLOCK = 1 << 19  # bytes hashed at a time
_RANDOM = np.random.default_rng(secrets.randbits(128))
_WEIGHTS = _RANDOM.integers(0, 1 << 63, _POSITIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_MIX = [int(weight) | 1 for weight in _RANDOM.integers(1 << 62, 1 << 63, 4, dtype=np.uint64)]
_SHIFT = np.uint64(29)
_FEW_WEIGHTS = [int(weight) for weight in _WEIGHTS[:256]]
_MASK = (1 << 64) - 1


def hash_spans(data: Array, starts: Array, lengths: Array) -> Hashes:
    """Hash the byte spans ``data[start : start + length]``; spans must lie inside ``data``."""
    hashes = np.zeros(len(starts), np.uint64)
    bounds = np.cumsum(lengths, dtype=np.int64)
    first = 0
    while first < len(starts):
        done = int(bounds[first - 1]) if first else 0
        last = max(int(np.searchsorted(bounds, done + _BLOCK)), first + 1)
        _hash_block(data, starts, lengths, hashes, slice(first, last))
        first = last
    return hashes


def _hash_block(data: Array, starts: Array, lengths: Array, hashes: Hashes, block: slice) -> None:
    counts = lengths[block].astype(np.int64)
    total = int(counts.sum())
    if total:
        before = np.cumsum(counts) - counts
        place = np.arange(total, dtype=np.int32)
        position = place - np.repeat(before.astype(np.int32), counts)
        at = position + np.repeat(starts[block].astype(np.int64), counts)
        position &= _POSITIONS - 1
        terms = _WEIGHTS[position]
        terms *= data[at]
        filled = counts > 0
        sums = np.zeros(len(counts), np.uint64)
        sums[filled] = np.add.reduceat(terms, before[filled])
        hashes[block] = sums
    hashes[block] += counts.astype(np.uint64) * np.uint64(_MIX[3])


def hash_names(names: Sequence[bytes]) -> Hashes:
    """Hash names given as MUTF-8 bytes, equal to what :func:`hash_spans` gives for them."""
    lengths = np.fromiter((len(name) for name in names), np.int64, len(names))
    data = np.frombuffer(b"".join(names) or b"\0", np.uint8)
    return hash_spans(data, np.cumsum(lengths) - lengths, lengths)


@cache
def hash_name(name: str) -> int:
    """Hash one name; plain arithmetic is faster here than arrays."""
    raw = name.encode("utf-8", "surrogatepass")
    if len(raw) > len(_FEW_WEIGHTS):
        return int(hash_names([raw])[0])
    total: int = sum(map(operator.mul, raw, _FEW_WEIGHTS)) + len(raw) * _MIX[3]
    return total & _MASK


def mix_hashes(*parts: Hashes) -> Hashes:
    """Combine hashes of parts (class, name, signature …) into one, order mattering."""
    mixed = np.zeros(len(parts[0]), np.uint64)
    for number, part in enumerate(parts):
        mixed = (mixed ^ part) * np.uint64(_MIX[number % 3])
        mixed ^= mixed >> _SHIFT
    return mixed
