"""Classes of all files with their supertypes, as arrays over type numbers.

The superclass tree is numbered so that all subclasses of a class form one range; interfaces are
reached through the classes that name them. Platform classes come from :mod:`framework`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Bools, Ints, Longs, expand_ranges, group_starts
from analyzers.dex.framework import framework_supertypes, load_framework_types
from analyzers.dex.names import dotted

if TYPE_CHECKING:
    from analyzers.dex.index import DexIndex

_MAX_DEPTH = 64  # superclass steps followed; deeper chains are cyclic or hostile


@dataclass(frozen=True)
class Hierarchy:
    """Supertypes of everything the files name."""

    index: DexIndex
    defined: Bools
    """Types that some file defines."""
    flags: Ints
    """Access flags of defined types, 0 otherwise."""
    parent: Ints
    """Superclass of each type, -1 where none or not defined here."""
    first: Ints
    """Place of each type in a walk through the superclass tree."""
    last: Ints
    """Place after the last subclass; the subclasses of t have ``first[t] <= place < last[t]``."""
    by_place: Ints
    """Type at each place."""
    interface_starts: Longs
    interface_types: Ints
    """Interfaces each defined type names itself (starts has one row more than there are types)."""
    implementer_starts: Longs
    implementer_types: Ints
    """Types that name each interface themselves."""
    _externals: dict[int, frozenset[str]] = field(default_factory=dict)

    def interfaces_of(self, number: int) -> Ints:
        """Give the interfaces a type names itself."""
        return self.interface_types[
            int(self.interface_starts[number]) : int(self.interface_starts[number + 1])
        ]

    def subclasses_of(self, number: int) -> Ints:
        """Give a class and all its subclasses (not through interfaces)."""
        return self.by_place[int(self.first[number]) : int(self.last[number])]

    def subtypes_of(self, number: int) -> Ints:
        """Give a type and all its subtypes, interfaces followed."""
        seen: set[int] = set()
        waiting = [number]
        while waiting:
            for one in self.subclasses_of(waiting.pop()).tolist():
                if one not in seen:
                    seen.add(one)
                    waiting += self.implementers_of(one).tolist()
        return np.array(sorted(seen), np.int32)

    def implementers_of(self, number: int) -> Ints:
        """Give the types that name an interface themselves."""
        return self.implementer_types[
            int(self.implementer_starts[number]) : int(self.implementer_starts[number + 1])
        ]

    def platform_types(self, number: int) -> frozenset[str]:
        """Give the dotted names of all supertypes that no file defines (itself included)."""
        known = self._externals.get(number)
        if known is not None:
            return known
        self._externals[number] = frozenset()  # ends cycles
        if self.defined[number]:
            above = [*self.interfaces_of(number).tolist()]
            if self.parent[number] >= 0:
                above.append(int(self.parent[number]))
            parts = [self.platform_types(one) for one in above]
            found = frozenset[str]().union(*parts)
        else:
            found = framework_supertypes(dotted(self.index.type_text(number)))
        self._externals[number] = found
        return found


def make_hierarchy(index: DexIndex) -> Hierarchy:
    """Build the hierarchy of all files; of a class defined twice the first definition counts."""
    size = len(index.types.hashes)
    parent, flags = np.full(size, -1, np.int32), np.zeros(size, np.int32)
    defined = np.zeros(size, bool)
    pairs: list[Array] = [np.empty((0, 2), np.int64)]
    for table, numbers in zip(index.tables, index.types.of_file, strict=True):
        own = numbers[table.classes[:, 0]]
        _, rows = np.unique(own, return_index=True)
        rows = rows[~defined[own[rows]]]
        types = own[rows]
        above = table.classes[rows, 2]
        parent[types] = np.where(above >= 0, numbers[above], -1)
        flags[types] = table.classes[rows, 1]
        defined[types] = True
        starts, names = table.interfaces
        counts = (starts[1:] - starts[:-1])[rows]
        spots = expand_ranges(starts[:-1][rows], counts)
        pairs.append(np.stack([np.repeat(types, counts), numbers[names[spots]]], axis=1))
    pairs.append(_link_platform(index, defined, parent))
    first, last, by_place = _number_tree(parent)
    named = np.concatenate(pairs).astype(np.int32)
    down = named[np.argsort(named[:, 0], kind="stable")]
    up = named[np.argsort(named[:, 1], kind="stable")]
    return Hierarchy(
        index=index,
        defined=defined,
        flags=flags,
        parent=parent,
        first=first,
        last=last,
        by_place=by_place,
        interface_starts=group_starts(down[:, 0], size),
        interface_types=down[:, 1],
        implementer_starts=group_starts(up[:, 1], size),
        implementer_types=up[:, 0],
    )


def _link_platform(index: DexIndex, defined: Bools, parent: Ints) -> Array:
    """Set the nearest named superclass of platform types; give their (type, supertype) pairs."""
    numbers = np.flatnonzero(~defined)
    names = [dotted(text) for text in index.type_texts(numbers)]
    place = dict(zip(names, numbers.tolist(), strict=True))
    known = load_framework_types()
    pairs = []
    for name, number in place.items():
        if name not in known:
            continue
        above = framework_supertypes(name)
        pairs += [(number, place[one]) for one in above if one != name and one in place]
        parent[number] = next((place[one] for one in _superclasses(name) if one in place), -1)
    return np.array(pairs, np.int64).reshape(-1, 2)


def _superclasses(name: str) -> list[str]:
    """Give the platform superclasses of a class, nearest first (its first supertypes)."""
    known = load_framework_types()
    chain: list[str] = []
    while name in known and known[name] and len(chain) < _MAX_DEPTH:
        name = known[name][0]
        chain.append(name)
    return chain


def _number_tree(parent: Ints) -> tuple[Ints, Ints, Ints]:
    """Number the superclass forest depth first, level by level; cycles are cut."""
    size = len(parent)
    depth = _depths(parent)
    weight = np.ones(size, np.int64)
    for level in range(int(depth.max(initial=0)), 0, -1):
        rows = np.flatnonzero(depth == level)
        np.add.at(weight, parent[rows], weight[rows])
    first = np.zeros(size, np.int64)
    roots = np.flatnonzero(depth == 0)
    first[roots] = np.cumsum(weight[roots]) - weight[roots]
    for level in range(1, int(depth.max(initial=0)) + 1):
        rows = np.flatnonzero(depth == level)
        rows = rows[np.argsort(parent[rows], kind="stable")]
        running = np.cumsum(weight[rows]) - weight[rows]
        heads = np.flatnonzero(np.diff(parent[rows], prepend=-2) != 0)
        counts = np.diff(np.append(heads, len(rows)))
        base = np.repeat(running[heads], counts)
        first[rows] = first[parent[rows]] + 1 + running - base
    by_place = np.zeros(size, np.int32)
    by_place[first] = np.arange(size)
    return first.astype(np.int32), (first + weight).astype(np.int32), by_place


def _depths(parent: Ints) -> Ints:
    """Give each type's distance from its root; chains that never end are cut from their parent."""
    depth = np.zeros(len(parent), np.int32)
    above = parent.astype(np.int64)
    rows = np.flatnonzero(above >= 0)
    for _ in range(_MAX_DEPTH):
        if len(rows) == 0:
            return depth
        depth[rows] += 1
        above[rows] = parent[above[rows]]
        rows = rows[above[rows] >= 0]
    parent[rows] = -1
    return _depths(parent)
