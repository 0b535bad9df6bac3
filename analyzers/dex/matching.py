"""Which method and field references of the files mean a given platform member.

A call names the static type of its receiver (``MainActivity.getSystemService``), so a reference
fits when its class is, or inherits from, the wanted class and no file defines the member on the
way up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.hashing import hash_name, mix_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.dex.arrays import Array, Bools, Hashes, Ints, Longs
    from analyzers.dex.hierarchy import Hierarchy
    from analyzers.dex.index import DexIndex
from analyzers.dex.names import descriptor_of


@dataclass(frozen=True)
class Definitions:
    """Methods defined in the files, found by class and shape."""

    index: DexIndex
    hierarchy: Hierarchy

    @cached_property
    def _defined(self) -> Bools:
        marks = np.zeros(len(self.index.methods.numbers.hashes), bool)
        marks[self.index.bodies.method] = True
        return marks

    def resolve(self, owners: Array, shapes: Hashes) -> Ints:
        """Climb from each owner to the first class that defines the shape; -1 where none does.

        Interfaces are not climbed: default methods are found from the implementing side.
        """
        found = np.full(len(owners), -1, np.int32)
        current = owners.astype(np.int64)
        open_rows = np.flatnonzero(current >= 0)
        type_hashes = self.index.types.hashes
        while len(open_rows):
            keys = mix_hashes(type_hashes[current[open_rows]], shapes[open_rows])
            numbers = self.index.methods.numbers.find(keys)
            hit = (numbers >= 0) & self._defined[np.maximum(numbers, 0)]
            found[open_rows[hit]] = numbers[hit]
            open_rows = open_rows[~hit]
            current[open_rows] = self.hierarchy.parent[current[open_rows]]
            open_rows = open_rows[current[open_rows] >= 0]
        return found

    @cached_property
    def target(self) -> Ints:
        """For each method number: the definition its name leads to, -1 for platform methods."""
        methods = self.index.methods
        return self.resolve(methods.owner, methods.shape)


@dataclass(frozen=True)
class _Named:
    """Members sorted by the hash of their name."""

    order: Longs
    names: Hashes

    @classmethod
    def of(cls, names: Hashes) -> _Named:
        order = np.argsort(names, kind="stable")
        return cls(order, names[order])

    def find(self, name: str) -> Longs:
        key = np.uint64(hash_name(name))
        low, high = np.searchsorted(self.names, [key, key + np.uint64(1)])
        return self.order[low:high]


@dataclass(frozen=True)
class Matcher:
    """Finds references to platform members."""

    index: DexIndex
    hierarchy: Hierarchy
    definitions: Definitions

    @cached_property
    def _methods(self) -> _Named:
        return _Named.of(self.index.methods.name)

    @cached_property
    def _fields(self) -> _Named:
        return _Named.of(self.index.fields.name)

    def methods(self, owner: str, name: str, overloads: Iterable[str] = ()) -> list[int]:
        """Give the numbers of references that mean ``owner.name``; overloads are descriptors."""
        rows = self._methods.find(name)
        rows = rows[self.definitions.target[rows] < 0]
        found = [row for row in rows.tolist() if self._fits(row, owner)]
        wanted = tuple(overloads)
        if wanted and found:
            texts = self.index.method_texts(np.array(found))
            found = [
                row
                for row, text in zip(found, texts, strict=True)
                if text.partition("->")[2].removeprefix(name) in wanted
            ]
        return found

    def library(self, owner: str, name: str) -> list[int]:
        """Give references to ``owner.name`` where the files themselves define the class."""
        wanted = int(
            self.index.types.find(np.array([hash_name(descriptor_of(owner))], np.uint64))[0]
        )
        if wanted < 0 or not self.hierarchy.defined[wanted]:
            return []
        rows = self._methods.find(name)
        below = set(self.hierarchy.subtypes_of(wanted).tolist())
        owners = self.index.methods.owner
        return [row for row in rows.tolist() if int(owners[row]) in below]

    def fields(self, owner: str, name: str) -> list[int]:
        """Give the numbers of references that mean the field ``owner.name``."""
        rows = self._fields.find(name)
        owners = self.index.fields.owner
        return [
            row for row in rows.tolist() if owner in self.hierarchy.platform_types(int(owners[row]))
        ]

    def _fits(self, row: int, owner: str) -> bool:
        return owner in self.hierarchy.platform_types(int(self.index.methods.owner[row]))
