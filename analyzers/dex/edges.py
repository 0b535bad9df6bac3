"""The edges out of one method that can be taken before any user action."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.callbacks import load_callbacks, match_layouts, match_starts
from analyzers.dex.dispatch import Dispatch
from analyzers.dex.hashing import hash_name
from analyzers.dex.names import dotted
from analyzers.dex.reflection import Reflection
from analyzers.dex.values import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analyzers.dex.arrays import Bools
    from analyzers.dex.first_run import FirstRun
    from analyzers.dex.origins import Found, Origin
    from analyzers.dex.program import Program
    from analyzers.dex.startup_graph import StartGraph
    from analyzers.dex.values import Value

Edge = tuple[int, bool]
"""A method, and whether the edge is certain."""
_VIRTUAL = frozenset((0x6E, 0x72, 0x74, 0x78))
_STATIC = frozenset((0x71, 0x77))
_NEW, _CLASS = 0x22, 0x1C
_FEW = 8
_SHARED = ("Ljava/", "Landroid/", "Lkotlin/", "Landroidx/", "Lio/reactivex/")
"""Interfaces so widely implemented that an unknown receiver proves nothing."""


class _Everything(set[int]):
    """Units of a body that was not followed: all run."""

    def __contains__(self, _unit: object) -> bool:
        return True


EVERYWHERE = Trace(visited=_Everything())
"""Stands for a body in which nothing can be decided."""


class EdgeFinder:
    """Finds edges; ``marks`` limits them to nodes that lead to something wanted."""

    def __init__(
        self,
        program: Program,
        graph: StartGraph,
        tracer: FirstRun,
        marks: Bools,
        views: Callable[[int], tuple[str, ...]] | None = None,
    ) -> None:
        """Work within the generous pass."""
        self.program = program
        self.index = program.index
        self.graph = graph
        self.nodes = graph.spread.nodes
        self.tracer = tracer
        self.marks = marks
        self.views = views
        self._needs: dict[int, bool] = {}
        self.dispatch = Dispatch(program)
        self.reflection = Reflection(program)

    @cached_property
    def _rules(self) -> dict[int, list[int]]:
        rules: dict[int, list[int]] = {}
        for method, rule in match_starts(self.program.matcher).tolist():
            rules.setdefault(method, []).append(rule)
        return rules

    def edges_of(self, method: int) -> Iterator[Edge]:
        """Give every method that this one leads to."""
        for item in self.program.bodies_of(method):
            trace = self.look_at(item)
            if trace is None:
                yield from ((t, False) for t in self.graph.after(method) if self._wanted(t))
                continue
            yield from self._calls(item, trace)
            yield from self._types(method, item, trace)
            yield from self._fields(item, trace)

    def look_at(self, item: int) -> Trace | None:
        """Follow a body where that can decide anything; otherwise all of it counts as running."""
        return self.tracer.trace(item) if self._needs_look(item) else EVERYWHERE

    def _needs_look(self, item: int) -> bool:
        known = self._needs.get(item)
        if known is None:
            calls = self._sites("calls", item)
            known = any(self._decides(opcode, target) for _, opcode, target in calls) or any(
                self._flags[target] for _, _, target in self._sites("fields", item)
            )
            self._needs[item] = known
        return known

    def _decides(self, opcode: int, reference: int) -> bool:
        """Tell whether a call's result or receiver has to be known."""
        if self._guards[reference]:
            return True
        if opcode in _VIRTUAL:
            node = self.nodes.virtual(reference)
            if self.marks[node] and len(self.graph.after(node)) > 1:
                return True
        if any(self.marks[self.nodes.rule(rule)] for rule in self._rules.get(reference, ())):
            return True
        return reference in self._layouts or reference in self._reflective

    @cached_property
    def _guards(self) -> Bools:
        """Marks references whose result may be known on the first run."""
        marks = self.program.truths & (self.program.definitions.target >= 0)
        marks[list(self.tracer.rules.stored)] = True
        return marks

    @cached_property
    def _flags(self) -> Bools:
        return self.program.flags

    def _wanted(self, node: int) -> bool:
        return node < self.nodes.methods and bool(self.marks[node])

    def _sites(self, sort: str, item: int) -> list[tuple[int, int, int]]:
        """Give (unit, opcode, target) of the sites of one body."""
        sites = getattr(self.index.uses, sort)
        first = {
            "calls": self.program.call_rows,
            "types": self.program.type_rows,
            "fields": self.program.field_rows,
        }[sort]
        rows = slice(int(first[item]), int(first[item + 1]))
        at = sites.position[rows] - self.index.bodies.item_start[item]
        return list(
            zip(at.tolist(), sites.opcode[rows].tolist(), sites.target[rows].tolist(), strict=True)
        )

    def _calls(self, item: int, trace: Trace) -> Iterator[Edge]:
        for at, opcode, reference in self._sites("calls", item):
            if at not in trace.visited:
                continue
            arguments = trace.calls.get(at, ())
            if opcode in _VIRTUAL:
                yield from self._virtual(reference, arguments, item)
            else:
                target = int(self.program.definitions.target[reference])
                if target >= 0 and self._wanted(target):
                    yield target, True
                if opcode in _STATIC:
                    yield from self._initialiser(int(self.index.methods.owner[reference]))
            if reference in self._layouts:
                yield from self._shown(arguments)
            if reference in self._reflective:
                yield from self._reflected(reference, arguments, item)
            for rule in self._rules.get(reference, ()):
                yield from self._started(rule, arguments, item)

    def _virtual(
        self, reference: int, arguments: tuple[Value | None, ...], item: int
    ) -> Iterator[Edge]:
        node = self.nodes.virtual(reference)
        if not self.marks[node]:
            return
        everything = self.graph.after(node)
        wanted = [target for target in everything if self._wanted(target)]
        if not wanted:
            return
        if len(everything) == 1:
            yield wanted[0], True
            return
        found = self.tracer.origins.find(arguments[0] if arguments else None, item)
        known = set(self._resolve(found, reference))
        yield from ((target, True) for target in wanted if target in known)
        if not found.complete or any(self._is_container(o) for o in found.origins):
            sure = len(everything) <= _FEW and not self._shared(reference)
            yield from ((target, sure) for target in wanted if target not in known)

    def _is_container(self, origin: Origin) -> bool:
        """Tell whether an origin is a platform object that may hold what is called."""
        number = self._class_of(origin)
        return origin.value.sort == "new" and (
            number < 0 or not bool(self.program.hierarchy.defined[number])
        )

    def _shared(self, reference: int) -> bool:
        owner = int(self.index.methods.owner[reference])
        return self.index.type_text(owner).startswith(_SHARED)

    def _resolve(self, found: Found, reference: int) -> Iterator[int]:
        shape = self.index.methods.shape[reference : reference + 1]
        for origin in found.origins:
            number = self._class_of(origin)
            if number >= 0:
                yield int(self.program.definitions.resolve(np.array([number]), shape)[0])

    def _class_of(self, origin: Origin) -> int:
        if origin.value.sort not in ("new", "class"):
            return -1
        return self.program.type_number(dotted(str(origin.value.key)))

    def _started(self, rule: int, arguments: tuple[Value | None, ...], item: int) -> Iterator[Edge]:
        node = self.nodes.rule(rule)
        if not self.marks[node]:
            return
        runs = load_callbacks().starts[rule].runs
        certain = not load_callbacks().starts[rule].outside
        complete = True
        for argument in arguments:
            found = self.tracer.origins.find(argument, item)
            complete &= found.complete or _harmless(argument)
            for origin in found.origins:
                yield from ((m, certain) for m in self._run_by(origin, runs) if self._wanted(m))
        if not complete:
            yield from ((t, False) for t in self.graph.after(node) if self._wanted(t))

    def _run_by(self, origin: Origin, runs: tuple[str, ...], depth: int = 0) -> Iterator[int]:
        """Give the callbacks an object runs; a platform object runs those it was made with."""
        number = self._class_of(origin)
        if number < 0 or depth > 3:
            return
        if self.program.hierarchy.defined[number]:
            yield from self.dispatch.entry_methods(number, runs).tolist()
        if origin.value.sort == "new":
            trace = self.tracer.trace(origin.item)
            for _, arguments in (trace.made.get(origin.value.at, {}) if trace else {}).values():
                for argument in arguments[1:]:
                    for inner in self.tracer.origins.find(argument, origin.item).origins:
                        yield from self._run_by(inner, runs, depth + 1)

    @cached_property
    def _layouts(self) -> frozenset[int]:
        return match_layouts(self.program.matcher)

    def _shown(self, arguments: tuple[Value | None, ...]) -> Iterator[Edge]:
        """Follow a layout to the views it names."""
        wanted = [t for t in self.graph.after(self.nodes.layout) if self.marks[t]]
        ids = [int(a.key) for a in arguments if a is not None and a.sort == "int" and a.key]
        if not wanted or self.views is None:
            return
        names = {name for one in ids for name in self.views(one)}
        types = {self.program.type_number(name) for name in names} - {-1}
        for node in wanted:
            if node < self.nodes.methods:
                owner = int(self.index.methods.owner[node])
                if owner in types or not ids:
                    yield node, bool(ids)
            else:
                number = node - 2 * self.nodes.methods
                if number in types or not ids:
                    after = self.graph.after(node)
                    yield from ((t, bool(ids)) for t in after if self._wanted(t))

    @cached_property
    def _reflective(self) -> frozenset[int]:
        kinds = self.reflection
        return kinds.loaders | kinds.makers | kinds.invokers

    def _reflected(
        self, reference: int, arguments: tuple[Value | None, ...], item: int
    ) -> Iterator[Edge]:
        """Follow a reflective call whose class and method names are constants."""
        wanted = [t for t in self.graph.after(self.nodes.reflection) if self._wanted(t)]
        if not wanted:
            return
        texts = [
            dotted(str(origin.value.key))
            for argument in arguments
            for origin in self.tracer.origins.find(argument, item).origins
            if origin.value.sort in ("str", "class")
        ]
        classes = {self.program.type_number(text) for text in texts} - {-1}
        names = {hash_name(text) for text in texts}
        if reference in self.reflection.makers:
            names = {hash_name("<init>")}
        names.add(hash_name("<clinit>"))
        methods = self.index.methods
        for target in wanted:
            if int(methods.owner[target]) in classes and int(methods.name[target]) in names:
                yield target, True
            elif not classes and reference not in self.reflection.loaders:
                yield target, False

    def _initialiser(self, number: int) -> Iterator[Edge]:
        while number >= 0:
            method = int(self.program.initializers[number])
            if method >= 0 and self._wanted(method):
                yield method, True
            number = int(self.program.hierarchy.parent[number])

    def _types(self, method: int, item: int, trace: Trace) -> Iterator[Edge]:
        starting = None
        for at, opcode, number in self._sites("types", item):
            if at not in trace.visited:
                continue
            if opcode == _NEW:
                yield from self._initialiser(number)
                node = self.nodes.made(number)
                yield from ((t, True) for t in self.graph.after(node) if self._wanted(t))
            elif opcode == _CLASS and number in self._components:
                if starting is None:
                    starting = self._starts_component(item, trace)
                targets = [t for t in self.graph.after(method) if self._wanted(t)]
                owned = self.index.methods.owner[np.array(targets, np.int64)]
                below = self.program.hierarchy
                for target, owner in zip(targets, owned.tolist(), strict=True):
                    if below.first[owner] <= below.first[number] < below.last[owner]:
                        yield target, starting

    @cached_property
    def _components(self) -> set[int]:
        return self.graph.spread.components

    def _starts_component(self, item: int, trace: Trace) -> bool:
        names = self.index.methods.name
        return any(
            at in trace.visited and int(names[reference]) in self._starters
            for at, _, reference in self._sites("calls", item)
        )

    @cached_property
    def _starters(self) -> set[int]:
        groups = load_callbacks().components.values()
        return {hash_name(name) for names in groups for name in names}

    def _fields(self, item: int, trace: Trace) -> Iterator[Edge]:
        for at, opcode, number in self._sites("fields", item):
            if 0x60 <= opcode < 0x6E and at in trace.visited:
                yield from self._initialiser(int(self.index.fields.owner[number]))


def _harmless(argument: Value | None) -> bool:
    """Tell whether an argument cannot carry a callback although its origin is unknown."""
    return argument is not None and argument.sort in ("int", "str")
