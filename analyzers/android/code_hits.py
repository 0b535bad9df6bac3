"""Finds the sites of the API table in the bytecode: calls, fields, reflection by constant names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_arguments import Arguments
from analyzers.android.code_possible import Possible
from analyzers.android.code_view import Site, argument_place
from analyzers.dex.reflection import Reflection
from analyzers.knowledge.apis.table import load_apis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.dex.values import Value
    from analyzers.knowledge.apis.model import ApiRow

_LOUD = frozenset({"reflection.invoke"})
"""Rows whose sites are too many to mean anything; constant names beside them count instead."""
_READS = frozenset([*range(0x52, 0x59), *range(0x60, 0x67)])


@dataclass(frozen=True)
class Hit:
    """One site of one row."""

    row: ApiRow
    site: Site
    api: str
    """What the code names: ``dotted.Class.member``."""
    via: str
    """``call``, ``field`` or ``reflection``."""
    argument: str
    """The constant that decided; empty where none is asked."""


class HitFinder:
    """Joins the API table with the sites of one package."""

    def __init__(self, view: CodeView) -> None:
        """Work on one view."""
        self.view = view
        self.uses = view.program.index.uses
        self.arguments = Arguments(view, view.entries.package)
        self.unknown: dict[str, int] = {}
        """Member → calls whose deciding argument is not constant."""

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[ApiRow]]:
        rows: dict[tuple[str, str], list[ApiRow]] = {}
        for row in load_apis():
            if row.id not in _LOUD:
                rows.setdefault((row.cls, row.member), []).append(row)
        return rows

    def find(self) -> Iterator[Hit]:
        """Give every hit once, calls first."""
        for (owner, member), rows in self._rows.items():
            if rows[0].kind == "field":
                yield from self._fields(owner, member, rows)
            else:
                yield from self._calls(owner, member, rows)
        yield from self._reflected()

    @cached_property
    def _possible(self) -> Possible:
        return Possible(self.view.program, [row for rows in self._rows.values() for row in rows])

    def _calls(self, owner: str, member: str, rows: list[ApiRow]) -> Iterator[Hit]:
        matcher = self.view.program.matcher
        references = matcher.methods(owner, member) + matcher.library(owner, member)
        shapes = {reference: self.view.shape_of(reference) for reference in references}
        for reference, item, at in self.view.calls_of(references):
            shape = shapes[reference]
            fitting = [row for row in rows if not row.overloads or shape in row.overloads]
            yield from self._decide(fitting, shape, item, at, f"{owner}.{member}")

    def _decide(
        self, rows: list[ApiRow], shape: str, item: int, at: int, api: str
    ) -> Iterator[Hit]:
        """Give the hit of the first row whose condition holds, for every method of the body."""
        asked = False
        for row in rows:
            argument = ""
            if row.argument is not None:
                if not self._possible.holds(row):
                    continue
                asked = True
                found = self._argument(row, shape, item, at)
                if found is None:
                    continue
                argument = found
            for site in self.view.sites_of(item, at):
                if not self._ignored(row, site):
                    yield Hit(row, site, api, "call", argument)
            return
        if asked and self._is_unknown(rows, shape, item, at):
            self.unknown[api] = self.unknown.get(api, 0) + 1

    def _argument(self, row: ApiRow, shape: str, item: int, at: int) -> str | None:
        """Give the constant for which the row's condition holds, None where it does not."""
        if row.argument is None:
            return ""
        value = self._value(row, shape, item, at)
        texts = self.arguments.texts(value, item, row.argument.form)
        for text in sorted(texts or ()):
            if row.argument.holds(text, self.view.entries.package):
                return text
        return None

    def _is_unknown(self, rows: list[ApiRow], shape: str, item: int, at: int) -> bool:
        """Tell whether the call may be a decisive access that its argument hides."""
        return any(
            row.argument is not None
            and row.weight == "decisive"
            and bool(row.type)
            and self._possible.holds(row)
            and self.arguments.texts(self._value(row, shape, item, at), item, row.argument.form)
            is None
            for row in rows
        )

    def _value(self, row: ApiRow, shape: str, item: int, at: int) -> Value | None:
        trace = self.view.tracer.trace(item)
        given = trace.calls.get(at, ()) if trace else ()
        if row.argument is None:
            return None
        place = argument_place(shape, row.argument.index, static=row.static)
        return given[place] if 0 <= place < len(given) else None

    def _ignored(self, row: ApiRow, site: Site) -> bool:
        return bool(row.ignore_from) and self.view.class_of(site.method).startswith(row.ignore_from)

    def _fields(self, owner: str, member: str, rows: list[ApiRow]) -> Iterator[Hit]:
        numbers = self.view.program.matcher.fields(owner, member)
        if not numbers:
            return
        fields, starts = self.uses.fields, self.view.program.index.bodies.item_start
        for place in np.flatnonzero(np.isin(fields.target, numbers)).tolist():
            if int(fields.opcode[place]) not in _READS:
                continue
            item = int(fields.item[place])
            at = int(fields.position[place] - starts[item])
            for site in self.view.sites_of(item, at):
                if not self._ignored(rows[0], site):
                    yield Hit(rows[0], site, f"{owner}.{member}", "field", "")

    def _reflected(self) -> Iterator[Hit]:
        """Find methods of the table that are asked for by class and name constants."""
        getters = sorted(Reflection(self.view.program).getters)
        for _, item, at in self.view.calls_of(getters):
            trace = self.view.tracer.trace(item)
            given = trace.calls.get(at, ()) if trace else ()
            if len(given) < 2:
                continue
            member = self.arguments.texts(given[1], item, "string")
            owner = self._class_texts(given[0], item)
            for cls in sorted(owner):
                for name in sorted(member or ()):
                    yield from self._named(cls, name, item, at)

    def _class_texts(self, value: Value | None, item: int) -> frozenset[str]:
        """Give the class names behind a ``Class`` value: a constant, or ``Class.forName``."""
        if value is None:
            return frozenset()
        found = self.view.origins.find(value, item)
        names = {
            str(o.value.key).removeprefix("L").removesuffix(";").replace("/", ".")
            for o in found.origins
            if o.value.sort in ("str", "class", "new")
        }
        return frozenset(names)

    def _named(self, cls: str, name: str, item: int, at: int) -> Iterator[Hit]:
        rows = [row for row in self._rows.get((cls, name), ()) if row.argument is None]
        first = next(iter(self._rows.get((cls, name), ())), None)
        row = rows[0] if rows else first
        if row is not None:
            argument = "unknown" if row.argument is not None else ""
            for site in self.view.sites_of(item, at):
                yield Hit(row, site, f"{cls}.{name}", "reflection", argument)
