"""Types, fields and methods of many dex files under one numbering, by the hash of their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Hashes, Ints, Longs, find_sorted
from analyzers.dex.hashing import hash_names, mix_hashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.tables import DexTables


@dataclass(frozen=True)
class Numbering:
    """Numbers of one sort of thing over all files."""

    hashes: Hashes
    """Sorted; the number of a thing is its place here."""
    of_file: tuple[Ints, ...]
    """For each file: row → number."""
    file: Ints
    """For each number: a file that holds it (the first)."""
    row: Ints
    """For each number: its row in that file."""

    def find(self, hashes: Hashes) -> Longs:
        """Give the numbers of hashes, -1 for unknown ones."""
        return find_sorted(self.hashes, hashes)

    def gather(self, columns: Sequence[Array]) -> Array:
        """Give for each number its value of a per-file column."""
        if not columns:
            return np.empty(0, np.int64)
        first = np.cumsum([0, *(len(column) for column in columns)])[:-1]
        return np.asarray(np.concatenate(columns)[first[self.file] + self.row])


def make_numbering(hashes: Sequence[Hashes]) -> Numbering:
    """Number all distinct hashes of all files."""
    sizes = [len(part) for part in hashes]
    if not sum(sizes):
        none = np.empty(0, np.int32)
        return Numbering(np.empty(0, np.uint64), tuple(none for _ in sizes), none, none)
    distinct, sample, numbers = np.unique(
        np.concatenate(hashes), return_index=True, return_inverse=True
    )
    ends = np.cumsum(sizes)
    file = np.searchsorted(ends, sample, side="right")
    row = sample - (ends - sizes)[file]
    parts = np.split(numbers.astype(np.int32), ends[:-1])
    return Numbering(distinct, tuple(parts), file.astype(np.int32), row.astype(np.int32))


@dataclass(frozen=True)
class Members:
    """All field or method references of all files."""

    numbers: Numbering
    owner: Ints
    """Type number of the class each reference names."""
    name: Hashes
    """Hash of the member's name."""
    shape: Hashes
    """Hash of name and signature (methods) or name and type (fields), without the class."""

    def find(self, owner: str, name: str, shape: tuple[list[str], str] | str) -> int:
        """Give the number of one reference from descriptors, -1 when no file names it."""
        one = mix_hashes(hash_names([owner.encode()]), member_shape(name, shape))
        return int(self.numbers.find(one)[0])


def member_shape(name: str, shape: tuple[list[str], str] | str) -> Hashes:
    """Hash a name with its signature ``(params, return)`` or field type, as ``Members.shape``."""
    label = hash_names([name.encode()])
    if isinstance(shape, str):
        return mix_hashes(label, hash_names([shape.encode()]))
    params, result = shape
    total = np.zeros(1, np.uint64)
    if params:
        places = np.arange(1, len(params) + 1, dtype=np.uint64)
        total[0] = mix_hashes(hash_names([p.encode() for p in params]), places).sum()
    return mix_hashes(label, mix_hashes(total, hash_names([result.encode()])))


def number_methods(tables: Sequence[DexTables], types: Numbering) -> Members:
    """Number all method references."""
    shapes = [
        mix_hashes(
            table.strings.hashes[table.methods[:, 2]], table.proto_hashes[table.methods[:, 1]]
        )
        for table in tables
    ]
    return _number(tables, types, [table.methods for table in tables], shapes)


def number_fields(tables: Sequence[DexTables], types: Numbering) -> Members:
    """Number all field references."""
    shapes = [
        mix_hashes(table.strings.hashes[table.fields[:, 2]], table.type_hashes[table.fields[:, 1]])
        for table in tables
    ]
    return _number(tables, types, [table.fields for table in tables], shapes)


def _number(
    tables: Sequence[DexTables],
    types: Numbering,
    rows: Sequence[Ints],
    shapes: Sequence[Hashes],
) -> Members:
    hashes = [
        mix_hashes(table.type_hashes[part[:, 0]], shape)
        for table, part, shape in zip(tables, rows, shapes, strict=True)
    ]
    numbers = make_numbering(hashes)
    owners = [mapped[part[:, 0]] for mapped, part in zip(types.of_file, rows, strict=True)]
    names = [table.strings.hashes[part[:, 2]] for table, part in zip(tables, rows, strict=True)]
    return Members(
        numbers=numbers,
        owner=numbers.gather(owners).astype(np.int32),
        name=numbers.gather(names).astype(np.uint64),
        shape=numbers.gather(shapes).astype(np.uint64),
    )
