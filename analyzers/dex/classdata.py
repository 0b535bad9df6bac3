"""The members of all classes of one dex file, read as one stream of uleb128 numbers.

Class data is a run of variable-length numbers; all are decoded at once and each class takes
its part. Source: Dalvik executable format, "class_data_item", "encoded_method".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzers.dex.arrays import Array, Bytes, Ints, Longs, expand_ranges

MAX_REGION = 24 * 1024 * 1024
"""Bytes of class data read from one file; ordinary files stay far below."""


@dataclass(frozen=True)
class Members:
    """Members of one kind (fields or methods) over all classes, in file order."""

    owner: Ints
    """Row of the class in ``class_defs``."""
    index: Ints
    """Row in ``field_ids`` or ``method_ids``."""
    flags: Ints
    """Access flags."""
    code: Longs
    """Offset of the code item, 0 where there is none (all zero for fields)."""
    direct: Array
    """True for direct methods and static fields."""


@dataclass(frozen=True)
class ClassData:
    """Fields and methods of all classes."""

    fields: Members
    methods: Members
    damaged: int
    """Classes whose data could not be read."""


def read_class_data(data: Bytes, offsets: Longs, fields: int, methods: int) -> ClassData:
    """Read the class data at ``offsets`` (0: none); ``fields`` and ``methods`` bound indices."""
    rows = np.flatnonzero((offsets > 0) & (offsets < len(data)))
    wanted = int((offsets > 0).sum())
    values, first = _read_stream(data, offsets[rows])
    rows, first = rows[first >= 0], first[first >= 0]
    fit = first + 4 <= len(values)
    rows, first = rows[fit], first[fit]
    sizes = values[first[:, None] + np.arange(4)] if len(first) else np.zeros((0, 4), np.int64)
    need = 2 * (sizes[:, 0] + sizes[:, 1]) + 3 * (sizes[:, 2] + sizes[:, 3])
    fit = first + 4 + need <= len(values)
    rows, first, sizes = rows[fit], first[fit] + 4, sizes[fit]
    parts = []
    for kind in range(4):
        width = 2 if kind < 2 else 3
        parts.append(_read_members(values, rows, first, sizes[:, kind], width))
        first = first + width * sizes[:, kind]
    return ClassData(
        fields=_join(parts[0], parts[1], fields),
        methods=_join(parts[2], parts[3], methods),
        damaged=wanted - len(rows),
    )


def _read_stream(data: Bytes, offsets: Longs) -> tuple[Longs, Longs]:
    """Decode every number from the first item on; give them and where each item starts."""
    if len(offsets) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    low = int(offsets.min())
    end = int(min(len(data), low + MAX_REGION, int(offsets.max()) + MAX_REGION // 8))
    region = data[low:end]
    begins = np.ones(len(region), bool)
    begins[1:] = region[:-1] < 0x80
    inside = offsets < end
    begins[offsets[inside] - low] = True
    starts = np.flatnonzero(begins).astype(np.int32)
    number = np.where(inside, np.searchsorted(starts, np.where(inside, offsets - low, 0)), -1)
    lengths = np.diff(starts, append=np.int32(len(region)))
    values = (region[starts] & 0x7F).astype(np.int64)
    for place in range(1, 5):
        longer = np.flatnonzero(lengths > place)
        if len(longer) == 0:
            break
        digit = (region[starts[longer] + place] & 0x7F).astype(np.int64)
        values[longer] |= digit << (7 * place)
    return values, number


def _read_members(
    values: Longs, rows: Longs, first: Longs, counts: Longs, width: int
) -> tuple[Longs, Longs, Longs, Longs]:
    owner = np.repeat(rows, counts)
    at = np.repeat(first, counts)
    order = expand_ranges(np.zeros(len(counts), np.int64), counts)
    at = at + width * order
    steps = values[at] if len(at) else np.empty(0, np.int64)
    index = np.cumsum(steps)
    heads = (np.cumsum(counts) - counts)[counts > 0]
    base = index[heads] - steps[heads]
    index = index - np.repeat(base, counts[counts > 0])
    flags = values[at + 1] if len(at) else index
    code = values[at + 2] if width == 3 and len(at) else np.zeros(len(at), np.int64)
    return owner, index, flags, code


def _join(
    direct: tuple[Longs, Longs, Longs, Longs],
    other: tuple[Longs, Longs, Longs, Longs],
    limit: int,
) -> Members:
    owner, index, flags, code = (np.concatenate(pair) for pair in zip(direct, other, strict=True))
    is_direct = np.arange(len(owner)) < len(direct[0])
    good = index < limit
    order = np.flatnonzero(good)
    order = order[np.argsort(owner[order], kind="stable")]
    return Members(
        owner=owner[order].astype(np.int32),
        index=index[order].astype(np.int32),
        flags=(flags[order] & 0xFFFFFF).astype(np.int32),
        code=code[order],
        direct=is_direct[order],
    )
