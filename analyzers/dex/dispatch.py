"""Which method an object of a class runs for a virtual call, joined in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import (
    Array,
    Bools,
    Hashes,
    Ints,
    Longs,
    distinct,
    expand_ranges,
    find_sorted,
    group_starts,
    without,
)
from analyzers.dex.callbacks import hash_set, load_callbacks
from analyzers.dex.hashing import mix_hashes

if TYPE_CHECKING:
    from analyzers.dex.program import Program

_NO_PAIRS = np.empty((0, 2), np.int32)


class Dispatch:
    """Grows with the types that are made; each gets a table of the methods it runs."""

    def __init__(self, program: Program) -> None:
        """Sort the virtual method definitions by class."""
        self.program = program
        self.index = program.index
        bodies = self.index.bodies
        virtual = distinct(bodies.method[~bodies.direct])
        direct = distinct(bodies.method[bodies.direct])
        direct_owner = self.index.methods.owner[direct]
        by_owner = np.argsort(direct_owner, kind="stable")
        self._direct = direct[by_owner]
        self._direct_first = group_starts(direct_owner[by_owner], len(self.index.types.hashes))
        self._members: dict[int, Ints] = {}
        owner = self.index.methods.owner[virtual]
        order = np.argsort(owner, kind="stable")
        self._methods = virtual[order]
        self._first = group_starts(owner[order], len(self.index.types.hashes))
        self._entries: list[Ints] = [_NO_PAIRS]
        self._pairs = np.empty(0, np.int64)
        self._calls = np.empty(0, np.int32)

    def join(self, types: Array, calls: Array) -> tuple[Array, Array]:
        """Add made types and called references; give the new (reference, method) pairs."""
        old = np.concatenate(self._entries)
        if len(types):
            self._entries.append(self._tables(types))
            keys = self._ancestors(types)
            self._pairs = np.sort(np.concatenate([self._pairs, without(keys, self._pairs)]))
        new = self._entries[-1] if len(types) else _NO_PAIRS
        self._calls = np.concatenate([self._calls, calls])
        one = self._match(new, self._calls)
        other = self._match(old, calls)
        return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])

    def _match(self, entries: Ints, calls: Array) -> tuple[Array, Array]:
        if len(entries) == 0 or len(calls) == 0:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        methods = self.index.methods
        order = np.argsort(methods.shape[calls])
        shapes = methods.shape[calls[order]]
        wanted = methods.shape[entries[:, 1]]
        low = np.searchsorted(shapes, wanted, side="left")
        high = np.searchsorted(shapes, wanted, side="right")
        counts = high - low
        references = calls[order[expand_ranges(low, counts)]]
        rows = np.repeat(np.arange(len(entries)), counts)
        fits = self._is_a(entries[rows, 0], methods.owner[references])
        pairs = np.unique(np.stack([references[fits], entries[rows[fits], 1]], axis=1), axis=0)
        return pairs[:, 0], pairs[:, 1]

    def _is_a(self, types: Array, owners: Array) -> Bools:
        keys = types.astype(np.int64) * len(self.index.types.hashes) + owners
        at = np.minimum(np.searchsorted(self._pairs, keys), max(len(self._pairs) - 1, 0))
        return self._pairs[at] == keys if len(self._pairs) else np.zeros(len(keys), bool)

    def _ancestors(self, types: Array) -> Longs:
        """Give sorted keys ``type * size + supertype`` of all supertypes (itself included)."""
        hierarchy = self.program.hierarchy
        size = len(self.index.types.hashes)
        known = distinct(types.astype(np.int64) * size + types)
        fresh = known
        while len(fresh):
            base, current = fresh // size, fresh % size
            above = hierarchy.parent[current]
            starts = hierarchy.interface_starts[current]
            counts = hierarchy.interface_starts[current + 1] - starts
            sides = hierarchy.interface_types[expand_ranges(starts, counts)]
            found = np.concatenate(
                [
                    base[above >= 0] * size + above[above >= 0],
                    np.repeat(base, counts) * size + sides,
                ]
            )
            fresh = without(found, known)
            known = np.sort(np.concatenate([known, fresh]))
        return known

    def _tables(self, types: Array) -> Ints:
        """Give (type, method) of every virtual method an object of each type runs."""
        hierarchy = self.program.hierarchy
        base, current = types.astype(np.int64), types.astype(np.int64)
        parts: list[Array] = []
        while len(base):
            parts.append(self._own(base, current))
            above = hierarchy.parent[current]
            base, current = base[above >= 0], above[above >= 0].astype(np.int64)
        size = len(self.index.types.hashes)
        keys = self._ancestors(types)
        sides = keys % size
        defaults = hierarchy.flags[sides] & 0x200 != 0
        parts.append(self._own(keys[defaults] // size, sides[defaults]))
        pairs = np.concatenate(parts)
        shapes = self.index.methods.shape[pairs[:, 1]]
        marks: Hashes = mix_hashes(pairs[:, 0].astype(np.uint64), shapes)
        _, first = np.unique(marks, return_index=True)
        return pairs[np.sort(first)]

    def _own(self, base: Array, owners: Array) -> Ints:
        starts = self._first[owners]
        counts = self._first[owners + 1] - starts
        methods = self._methods[expand_ranges(starts, counts)]
        return np.stack([np.repeat(base, counts), methods], axis=1).astype(np.int32)

    def all_entries(self) -> Ints:
        """Give (type, method) of all made types."""
        return np.concatenate(self._entries)

    def entries_of(self, types: Array) -> Ints:
        """Give (type, method) of some made types."""
        newest = self._entries[-1]
        return newest[np.isin(newest[:, 0], types)]

    def entry_methods(self, number: int, names: tuple[str, ...]) -> Ints:
        """Give the methods of a class, own or inherited, that have one of the names."""
        wanted = hash_set(names)
        known = self._members.get(number)
        if known is None:
            table = self._tables(np.array([number]))[:, 1]
            direct = self._direct[int(self._direct_first[number]) :][
                : int(self._direct_first[number + 1] - self._direct_first[number])
            ]
            known = self._members[number] = np.concatenate([table, direct])
        hit = find_sorted(wanted, self.index.methods.name[known]) >= 0
        return distinct(known[hit]).astype(np.int32)

    def living(self, types: Array) -> tuple[Array, Array]:
        """Give (type, method) that run soon after an object of the type is made."""
        entries = self.entries_of(types)
        names = self.index.methods.name[entries[:, 1]]
        keep = np.zeros(len(entries), bool)
        for rule in load_callbacks().lives:
            number = self.program.type_number(rule.owner)
            if number >= 0:
                fits = self._is_a(entries[:, 0], np.full(len(entries), number))
                keep |= fits & np.isin(names, hash_set(rule.runs))
        return entries[keep, 0], entries[keep, 1]
