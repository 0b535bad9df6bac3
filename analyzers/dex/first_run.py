"""What is known of settings, flags and consent before the user's first tap.

On a fresh install stored settings are empty, so a getter gives its default, and a flag that no
start-up code writes still has its initial value. Guards on such values are therefore decided:
``if (prefs.getBoolean("agreed", false)) init();`` cannot run ``init`` at start-up. A setting or
method that is named like a consent counts as "not agreed" even where this cannot be computed.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzers.dex.origins import Origins
from analyzers.dex.static_fields import initial_value
from analyzers.dex.tracing import PlainSource, Tracer
from analyzers.dex.values import Value, depth_of

if TYPE_CHECKING:
    from analyzers.dex.program import Program
    from analyzers.dex.startup_graph import StartGraph

_SMALL = 160  # units of a body that is looked into for a constant result
_FEW = 8
_DEPTH = 6
_NO = Value("int", 0)
_YES = Value("int", 1)


class _Rules:
    """The data file, with the platform calls found in the program."""

    def __init__(self, program: Program) -> None:
        data = tomllib.loads((Path(__file__).parent / "first_run.toml").read_text("utf-8"))
        self.stored: dict[int, tuple[int, int]] = {}
        """Getter → place of its key, place of its default (or -1: it gives 0)."""
        self.written: dict[int, int] = {}
        """Setter → place of its key."""
        self.same: set[int] = set()
        for row in data["stored"]:
            for method in _matches(program, row):
                self.stored[method] = (row["key"], row.get("default", -1))
        for row in data["written"]:
            self.written |= dict.fromkeys(_matches(program, row), row["key"])
        for row in data["same"]:
            self.same.update(_matches(program, row))
        names = data["consent"]
        self.setting = re.compile(names["setting"])
        self.method = re.compile(names["method"])
        self.asks = re.compile(names["asks"])
        self.refused = re.compile(names["refused"])


def _matches(program: Program, row: dict[str, Any]) -> list[int]:
    matcher = program.matcher
    found = []
    for name in row["names"]:
        found += matcher.methods(row["class"], name) + matcher.library(row["class"], name)
    return found


class FirstRun(Tracer):
    """Follows bodies as they run before the first tap."""

    def __init__(self, program: Program, graph: StartGraph) -> None:
        """Work within code the generous pass lets in."""
        super().__init__(program)
        self.graph = graph
        self.origins = Origins(program, graph, self)
        self._depth = 0
        self._results: dict[int, list[Value | None] | None] = {}
        self._fields: dict[int, Value | None] = {}
        self._names: dict[int, tuple[str, str]] = {}

    @cached_property
    def rules(self) -> _Rules:
        """Rules of the data file."""
        return _Rules(self.program)

    def make_source(self, file: int) -> PlainSource:
        """Give a source that knows the first run."""
        return _FirstRunSource(self.program, file, self)

    def reduce(self, value: Value | None) -> Value | None:
        """Turn "what this call or field gives" into what it gives on the first run, if known."""
        if value is None or value.sort not in ("call", "field"):
            return value
        if value.sort == "field":
            known = self._field(int(value.key))
            return value if known is None else known
        if self._depth >= _DEPTH:
            return value
        self._depth += 1
        try:
            return self._call(value, int(value.key))
        finally:
            self._depth -= 1

    def _call(self, value: Value, method: int) -> Value | None:
        if method in self.rules.same and value.parts:
            return self.reduce(value.parts[0])
        if method in self.rules.stored:
            return self._stored(value, *self.rules.stored[method])
        return self._called(value, method)

    def _stored(self, value: Value, key: int, default: int) -> Value:
        given = _NO if default < 0 else _argument(value, default)
        name = _argument(value, key)
        if given is None or name is None or given.sort not in ("int", "str"):
            return value
        if name.sort == "str" and self.rules.setting.search(str(name.key)):
            return given
        written, all_known = self._written
        if name.sort == "str" and all_known and name.key not in written:
            return given
        return value

    @cached_property
    def _written(self) -> tuple[frozenset[str], bool]:
        """Keys that start-up code may store, and whether all of them are known."""
        keys: set[str] = set()
        known = True
        plain = Tracer(self.program)
        origins = Origins(self.program, self.graph, plain)
        for method, place in self.rules.written.items():
            for item, at in self.graph.sites_calling([method]):
                trace = plain.trace(item)
                arguments = trace.calls.get(at, ()) if trace else ()
                value = arguments[place] if place < len(arguments) else None
                found = origins.find(value, item)
                known &= found.complete
                keys.update(str(o.value.key) for o in found.origins if o.value.sort == "str")
        return frozenset(keys), known

    def _called(self, value: Value, method: int) -> Value:
        name, result = self._name(method)
        truth = result in ("Z", "Ljava/lang/Boolean;")
        if not truth and result not in ("I", "J", "Ljava/lang/String;"):
            return value
        target = int(self.program.definitions.target[method])
        if target >= 0 and (truth or self._asks_settings(target)):
            known = self._result(target)
            answers = {self._with(one, value.parts) for one in known} if known else set()
            answer = answers.pop() if len(answers) == 1 else None
            if answer is not None and answer.sort in ("int", "str"):
                return answer
        if truth and self._is_consent(name):
            return _YES if self.rules.refused.search(name) else _NO
        return value

    def _asks_settings(self, method: int) -> bool:
        """Tell whether a body itself asks a stored setting."""
        calls, first = self.program.index.uses.calls, self.program.call_rows
        for item in self.program.bodies_of(method):
            targets = calls.target[int(first[item]) : int(first[item + 1])].tolist()
            if not self.rules.stored.keys().isdisjoint(targets):
                return True
        return False

    def _is_consent(self, name: str) -> bool:
        rules = self.rules
        asked = rules.asks.search(name) or rules.refused.search(name)
        return bool(rules.method.search(name) and asked)

    def _with(self, value: Value | None, arguments: tuple[Value | None, ...]) -> Value | None:
        """Put the arguments of a call for the parameters of the body, and reduce again."""
        if value is None:
            return None
        if value.sort == "param":
            return arguments[int(value.key)] if int(value.key) < len(arguments) else None
        if value.sort != "call":
            return value
        parts = tuple(self._with(part, arguments) for part in value.parts)
        if parts == value.parts or depth_of(value) > _DEPTH:
            return value
        return self.reduce(value._replace(parts=parts))

    def _result(self, method: int) -> list[Value | None] | None:
        """Give what a small body returns on the first run; None while it is being found."""
        if method in self._results:
            return self._results[method]
        self._results[method] = None
        found: list[Value | None] = []
        bodies = self.program.index.bodies
        for item in self.program.bodies_of(method):
            if int(bodies.item_end[item] - bodies.item_start[item]) > _SMALL:
                return None
            trace = self.trace(item)
            found += trace.returned if trace else [None]
        self._results[method] = found
        return found

    def _field(self, field: int) -> Value | None:
        """Give what a flag holds on the first run, None where that is not certain."""
        if field in self._fields:
            return self._fields[field]
        self._fields[field] = None
        owner = int(self.program.index.fields.owner[field])
        text = self.program.index.field_text(field)
        flag = text.endswith((":Z", ":I", ":Ljava/lang/Boolean;"))
        if not flag or not self.program.hierarchy.defined[owner]:
            return None
        answers = {initial_value(self.program, field)}
        sites = self.graph.writes_of(field)
        if len(sites) > _FEW:
            return None
        for item, at in sites:
            trace = self.trace(item)
            if trace is None:
                return None
            if at in trace.visited:
                answers.add(self.reduce(trace.writes.get(at)))
        answer = answers.pop() if len(answers) == 1 else None
        self._fields[field] = answer if answer is not None and answer.sort == "int" else None
        return self._fields[field]

    def _name(self, method: int) -> tuple[str, str]:
        """Give name and return type of a method reference."""
        known = self._names.get(method)
        if known is None:
            text = self.program.index.method_text(method).partition("->")[2]
            known = self._names[method] = (text.partition("(")[0], text.rpartition(")")[2])
        return known


class _FirstRunSource(PlainSource):
    def __init__(self, program: Program, file: int, first_run: FirstRun) -> None:
        super().__init__(program, file)
        self.first_run = first_run

    def call(self, row: int, arguments: tuple[Value | None, ...], at: int) -> Value | None:
        return self.first_run.reduce(super().call(row, arguments, at))

    def read(self, row: int, at: int) -> Value | None:
        return self.first_run.reduce(super().read(row, at))


def _argument(value: Value, place: int) -> Value | None:
    return value.parts[place] if place < len(value.parts) else None
