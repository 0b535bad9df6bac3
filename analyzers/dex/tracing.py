"""Bodies followed on demand, each once; what lies outside a body is given as its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.dex.interpret import follow_body
from analyzers.dex.values import Trace, Value

if TYPE_CHECKING:
    from analyzers.dex.program import Program

MAX_TRACES = 20_000
"""Bodies followed for one package; beyond it nothing is known of the others."""


class PlainSource:
    """Gives origins for everything outside the body of one file."""

    def __init__(self, program: Program, file: int) -> None:
        """Answer for bodies of one file."""
        index = program.index
        self.program = program
        self._table = index.tables[file]
        self._methods = index.methods.numbers.of_file[file]
        self._fields = index.fields.numbers.of_file[file]

    def text(self, row: int) -> str:
        """Give a string constant."""
        return self._table.strings.text(row)

    def type_text(self, row: int) -> str:
        """Give a type descriptor, empty for a row out of the table."""
        if row >= len(self._table.types):
            return ""
        return self._table.strings.text(int(self._table.types[row]))

    def call(self, row: int, arguments: tuple[Value | None, ...], at: int) -> Value | None:
        """Give "what this call returns"."""
        if row >= len(self._methods):
            return None
        return Value("call", int(self._methods[row]), arguments, at)

    def read(self, row: int, at: int) -> Value | None:
        """Give "what this field holds"."""
        del at
        return Value("field", int(self._fields[row])) if row < len(self._fields) else None


class Tracer:
    """Follows bodies with plain sources and keeps the results."""

    def __init__(self, program: Program) -> None:
        """Work on one program."""
        self.program = program
        self.capped = False
        self._traces: dict[int, Trace] = {}

    def make_source(self, file: int) -> PlainSource:
        """Give the source for bodies of a file; the start-up view gives another one."""
        return PlainSource(self.program, file)

    def trace(self, item: int) -> Trace | None:
        """Follow one body; None when too many were followed already."""
        known = self._traces.get(item)
        if known is not None:
            return known
        if len(self._traces) >= MAX_TRACES:
            self.capped = True
            return None
        body, code = self.program.body(item)
        file = int(self.program.index.bodies.item_file[item])
        trace = follow_body(body, code, self.make_source(file))
        if not trace.complete:
            trace.visited.update(ins.at for ins in body.instructions)
        self._traces[item] = trace
        return trace

    def at(self, item: int, position: int) -> int:
        """Turn a unit of the file into a unit of the body."""
        return position - int(self.program.index.bodies.item_start[item])
