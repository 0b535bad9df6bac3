"""Where a value comes from, followed through parameters, fields and returns of start-up code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from analyzers.dex.program import Program
    from analyzers.dex.startup_graph import StartGraph
    from analyzers.dex.tracing import Tracer
    from analyzers.dex.values import Value
    from analyzers.dex.whole_graph import WholeGraph

_FAN = 12


class Origin(NamedTuple):
    """An end of the search: a constant, a class, or an object made in a body."""

    value: Value
    item: int
    """Body in which it stands."""


class Found(NamedTuple):
    """What a search gave."""

    origins: tuple[Origin, ...]
    complete: bool
    """False when some way could not be followed to its end."""


_NOTHING, _UNKNOWN = Found((), True), Found((), False)


class Origins:
    """Searches backwards from a value; remembers what it found."""

    def __init__(
        self,
        program: Program,
        graph: StartGraph | WholeGraph,
        tracer: Tracer,
        *,
        depth: int = 6,
        budget: int = 60,
    ) -> None:
        """Search within code the generous pass lets in."""
        self.program = program
        self.graph: StartGraph | WholeGraph = graph
        self.tracer = tracer
        self._known: dict[tuple[int, Value], Found] = {}
        self._depth = depth
        self._most = budget
        self._budget = 0

    def find(self, value: Value | None, item: int) -> Found:
        """Give all origins of a value that stands in a body."""
        self._budget = self._most
        return self._find(value, item, 0)

    def _find(self, value: Value | None, item: int, depth: int) -> Found:
        if value is None or depth > self._depth or self._budget <= 0:
            return _UNKNOWN
        if value.sort in ("int", "str", "class", "new"):
            return Found((Origin(value, item),), True)
        key = (item, value)
        known = self._known.get(key)
        if known is not None:
            return known
        self._budget -= 1
        self._known[key] = _NOTHING  # a value that comes from itself adds nothing
        found = self._step(value, item, depth)
        self._known[key] = found
        if not found.complete and self._budget <= 0:
            del self._known[key]
        return found

    def steps(self, value: Value, item: int) -> list[tuple[Value | None, int]] | None:
        """Give the values one step behind a parameter, field or own call; None if unknown."""
        if value.sort == "param":
            return self._callers(int(value.key), item)
        if value.sort == "field":
            return self._writes(int(value.key))
        return self._returns(value, item)

    def _step(self, value: Value, item: int, depth: int) -> Found:
        if value.sort == "any":
            return self._union([(part, item) for part in value.parts], depth)
        if value.sort == "array":
            trace = self.tracer.trace(item)
            elements = trace.arrays.get(value.at, {}).values() if trace else ()
            return self._union([(part, item) for part in elements], depth)
        if value.sort == "call" and int(self.program.definitions.target[int(value.key)]) < 0:
            parts = [(part, item) for part in value.parts]
            carried = self._union(parts + self._held(value, item), depth)
            made = any(origin.value.sort == "new" for origin in carried.origins)
            return carried if made else Found(carried.origins, False)
        steps = self.steps(value, item)
        return _UNKNOWN if steps is None else self._union(steps, depth)

    def _union(self, values: list[tuple[Value | None, int]], depth: int) -> Found:
        if len(values) > _FAN:
            return _UNKNOWN
        origins: dict[Origin, None] = {}
        complete = True
        for value, item in values:
            found = self._find(value, item, depth + 1)
            origins.update(dict.fromkeys(found.origins))
            complete &= found.complete
        return Found(tuple(origins), complete)

    def _held(self, value: Value, item: int) -> list[tuple[Value | None, int]]:
        """Give what was put into the platform object that a call asks, in the same body."""
        holder = value.parts[0] if value.parts else None
        while holder is not None and holder.sort == "call" and holder.parts:
            holder = holder.parts[0]
        trace = self.tracer.trace(item) if holder is not None and holder.sort == "new" else None
        if trace is None:
            return []
        held: list[tuple[Value | None, int]] = [
            (argument, item)
            for arguments in trace.calls.values()
            if arguments and arguments[0] == holder
            for argument in arguments[1:]
            if argument is not None and argument.sort in ("new", "call", "field", "param", "any")
        ]
        return held[:_FAN]

    def _callers(self, place: int, item: int) -> list[tuple[Value | None, int]] | None:
        sites = self.graph.callers_of(self.program.methods_of_item(item))
        if not sites or len(sites) > _FAN:
            return None
        values: list[tuple[Value | None, int]] = []
        for caller, at in sites:
            trace = self.tracer.trace(caller)
            if trace is None:
                return None
            arguments = trace.calls.get(at)
            if arguments is not None:
                values.append((arguments[place] if place < len(arguments) else None, caller))
        return values

    def _writes(self, field: int) -> list[tuple[Value | None, int]] | None:
        sites = self.graph.writes_of(field)
        if len(sites) > _FAN:
            return None
        values: list[tuple[Value | None, int]] = []
        for writer, at in sites:
            trace = self.tracer.trace(writer)
            if trace is None:
                return None
            if at in trace.writes:
                values.append((trace.writes[at], writer))
        return values

    def _returns(self, value: Value, item: int) -> list[tuple[Value | None, int]] | None:
        target = int(self.program.definitions.target[int(value.key)])
        items = self.program.bodies_of(target) if target >= 0 else []
        if not items:
            return None
        values: list[tuple[Value | None, int]] = []
        for body in items:
            trace = self.tracer.trace(body)
            if trace is None:
                return None
            for back in trace.returned:
                if back is not None and back.sort == "param" and int(back.key) < len(value.parts):
                    values.append((value.parts[int(back.key)], item))
                else:
                    values.append((back, body))
        return values
