"""Callers and writers over the whole program, for constants that reach a call through a wrapper."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import group_starts

if TYPE_CHECKING:
    from analyzers.dex.arrays import Longs
    from analyzers.dex.program import Program
    from analyzers.dex.sites import Sites

_WRITES = np.isin(np.arange(256), [*range(0x59, 0x60), *range(0x67, 0x6E)])
Place = tuple[int, int]
"""A code item and a unit of its body."""


class WholeGraph:
    """Answers what :class:`StartGraph` answers, but for all code and by name only."""

    def __init__(self, program: Program) -> None:
        """Work on one program."""
        self.program = program

    @cached_property
    def _calls(self) -> tuple[Longs, Longs]:
        calls = self.program.index.uses.calls
        target = self.program.definitions.target[calls.target]
        rows = np.flatnonzero(target >= 0)
        rows = rows[np.argsort(target[rows], kind="stable")]
        return rows, group_starts(target[rows], len(self.program.index.methods.name))

    @cached_property
    def _writers(self) -> tuple[Longs, Longs]:
        fields = self.program.index.uses.fields
        rows = np.flatnonzero(_WRITES[fields.opcode])
        rows = rows[np.argsort(fields.target[rows], kind="stable")]
        return rows, group_starts(fields.target[rows], len(self.program.index.fields.name))

    def callers_of(self, methods: list[int]) -> list[Place]:
        """Give the call sites that name any of the methods."""
        found: list[Place] = []
        for method in methods:
            found += self._find(self._calls, method, self.program.index.uses.calls)
        return found

    def writes_of(self, field: int) -> list[Place]:
        """Give the instructions that write a field."""
        return self._find(self._writers, field, self.program.index.uses.fields)

    def _find(self, table: tuple[Longs, Longs], number: int, sites: Sites) -> list[Place]:
        rows, starts = table
        chosen = rows[int(starts[number]) : int(starts[number + 1])]
        items = sites.item[chosen]
        at = sites.position[chosen] - self.program.index.bodies.item_start[items]
        return list(zip(items.tolist(), at.tolist(), strict=True))
