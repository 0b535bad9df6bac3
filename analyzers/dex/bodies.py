"""Which methods are defined, where their bodies lie, and which methods share a body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Ints, Longs, expand_ranges, group_starts
from analyzers.dex.code import Code, method_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.numbering import Members
    from analyzers.dex.tables import DexTables

ACC_STATIC, ACC_NATIVE, ACC_ABSTRACT, ACC_CONSTRUCTOR = 0x8, 0x100, 0x400, 0x10000


@dataclass(frozen=True)
class Bodies:
    """All method definitions, one row each; sorted by code item number (-1 first)."""

    method: Ints
    """Method number."""
    flags: Ints
    """Access flags."""
    item: Ints
    """Code item number over all files, -1 for native, abstract and damaged ones."""
    file: Ints
    """File that defines it."""
    direct: Array
    """True for constructors, static and private methods (never overridden)."""
    first: Longs
    """For each code item: first row that uses it; one more than there are items."""
    item_file: Ints
    """For each code item: its file."""
    item_start: Ints
    """For each code item: first unit of its instructions."""
    item_end: Ints
    """For each code item: unit after its instructions."""

    def methods_of(self, items: Array) -> tuple[Longs, Ints]:
        """Give all (place in ``items``, method number) pairs; bodies may be shared."""
        counts = self.first[items + 1] - self.first[items]
        rows = expand_ranges(self.first[items], counts)
        return np.repeat(np.arange(len(items)), counts), self.method[rows]

    def rows_of(self, methods: Array) -> Longs:
        """Give one definition row per method number, -1 for methods not defined here."""
        order = self._by_method
        at = np.searchsorted(self.method[order], methods)
        at = np.minimum(at, max(len(order) - 1, 0))
        if len(order) == 0:
            return np.full(len(methods), -1, np.int64)
        rows = order[at]
        return np.where(self.method[rows] == methods, rows, -1).astype(np.int64)

    @cached_property
    def _by_method(self) -> Longs:
        return np.argsort(self.method, kind="stable")


def make_bodies(tables: Sequence[DexTables], codes: Sequence[Code], methods: Members) -> Bodies:
    """Join the definitions of all files."""
    rows: list[list[Array]] = [[np.empty(0, np.int32) for _ in range(5)]]
    items: list[list[Array]] = [[np.empty(0, np.int32) for _ in range(3)]]
    first = 0
    for place, (table, code) in enumerate(zip(tables, codes, strict=True)):
        defined = table.members.methods
        item = method_items(table, code)
        item = np.where(item >= 0, item + first, -1)
        size = len(item)
        numbers = methods.numbers.of_file[place][defined.index]
        rows.append([numbers, defined.flags, item, np.full(size, place), defined.direct])
        items.append([np.full(len(code.starts), place), code.starts, code.ends])
        first += len(code.starts)
    method, flags, item, file, direct = (np.concatenate(part) for part in zip(*rows, strict=True))
    item_file, start, end = (np.concatenate(part) for part in zip(*items, strict=True))
    order = np.argsort(item, kind="stable")
    return Bodies(
        method=method[order].astype(np.int32),
        flags=flags[order].astype(np.int32),
        item=item[order].astype(np.int32),
        file=file[order].astype(np.int32),
        direct=direct[order].astype(bool),
        first=group_starts(item[order], first),
        item_file=item_file.astype(np.int32),
        item_start=start.astype(np.int32),
        item_end=end.astype(np.int32),
    )
