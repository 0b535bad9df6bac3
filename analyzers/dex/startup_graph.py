"""The edges of the generous pass, asked from both ends: who calls, who writes, what leads where."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Bools, Ints, Longs, distinct, expand_ranges, group_starts

if TYPE_CHECKING:
    from analyzers.dex.program import Program
    from analyzers.dex.sites import Sites
    from analyzers.dex.spread import Spread

_WRITES = np.isin(np.arange(256), [*range(0x59, 0x60), *range(0x67, 0x6E)])
Place = tuple[int, int]
"""A code item and a unit of its body."""


class StartGraph:
    """Sites and edges of code that may run at start-up."""

    def __init__(self, program: Program, spread: Spread) -> None:
        """Keep only what the generous pass let in."""
        self.program = program
        self.spread = spread

    @cached_property
    def _forward(self) -> tuple[Ints, Longs]:
        order = np.argsort(self.spread.sources, kind="stable")
        starts = group_starts(self.spread.sources[order], self.spread.nodes.count)
        return self.spread.targets[order], starts

    @cached_property
    def _backward(self) -> tuple[Ints, Longs]:
        order = np.argsort(self.spread.targets, kind="stable")
        starts = group_starts(self.spread.targets[order], self.spread.nodes.count)
        return self.spread.sources[order], starts

    def after(self, node: int) -> list[int]:
        """Give the nodes an edge leads to."""
        targets, starts = self._forward
        return [int(one) for one in targets[int(starts[node]) : int(starts[node + 1])]]

    def leading_to(self, methods: Array) -> Bools:
        """Mark every node from which one of the methods can be reached (themselves included)."""
        sources, starts = self._backward
        marks = np.zeros(self.spread.nodes.count, bool)
        fresh = methods[self.spread.reached[methods]]
        while len(fresh):
            marks[fresh] = True
            counts = starts[fresh + 1] - starts[fresh]
            before = sources[expand_ranges(starts[fresh], counts)]
            fresh = distinct(before[~marks[before]])
        return marks

    @cached_property
    def _items(self) -> Bools:
        bodies = self.program.index.bodies
        marks = np.zeros(len(bodies.item_file) + 1, bool)
        marks[bodies.item[self.spread.reached[bodies.method]]] = True
        return marks

    @cached_property
    def _calls(self) -> tuple[Longs, Longs]:
        """Reached call sites sorted by target reference, and where each reference starts."""
        calls = self.program.index.uses.calls
        rows = np.flatnonzero(self._items[calls.item])
        rows = rows[np.argsort(calls.target[rows], kind="stable")]
        return rows, group_starts(calls.target[rows], self.spread.nodes.methods)

    def sites_calling(self, references: list[int]) -> list[Place]:
        """Give the reached call sites of method references."""
        rows, starts = self._calls
        found: list[Place] = []
        for reference in references:
            mine = rows[int(starts[reference]) : int(starts[reference + 1])]
            found += self._places(self.program.index.uses.calls, mine)
        return found

    def callers_of(self, methods: list[int]) -> list[Place]:
        """Give the reached call sites that may lead to any of the methods."""
        sources, starts = self._backward
        size = self.spread.nodes.methods
        references = set()
        for method in methods:
            before = sources[int(starts[method]) : int(starts[method + 1])]
            references |= {int(n) - size for n in before if size <= n < 2 * size}
            references |= set(self._direct(method))
        return self.sites_calling(sorted(references))

    def _direct(self, method: int) -> list[int]:
        order, starts = self._by_definition
        return [int(one) for one in order[int(starts[method]) : int(starts[method + 1])]]

    @cached_property
    def _by_definition(self) -> tuple[Longs, Longs]:
        target = self.program.definitions.target
        order = np.argsort(target, kind="stable")
        return order, group_starts(target[order], self.spread.nodes.methods)

    @cached_property
    def _writers(self) -> tuple[Longs, Longs]:
        fields = self.program.index.uses.fields
        rows = np.flatnonzero(_WRITES[fields.opcode] & self._items[fields.item])
        rows = rows[np.argsort(fields.target[rows], kind="stable")]
        return rows, group_starts(fields.target[rows], len(self.program.index.fields.name))

    def writes_of(self, field: int) -> list[Place]:
        """Give the reached instructions that write a field."""
        rows, starts = self._writers
        mine = rows[int(starts[field]) : int(starts[field + 1])]
        return self._places(self.program.index.uses.fields, mine)

    def _places(self, sites: Sites, rows: Longs) -> list[Place]:
        starts = self.program.index.bodies.item_start
        items = sites.item[rows]
        at = sites.position[rows] - starts[items]
        return list(zip(items.tolist(), at.tolist(), strict=True))
