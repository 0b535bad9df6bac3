"""Which methods can run at start-up at all: a generous first pass over whole arrays.

Starting from the entry points, everything called, made or initialised is added, virtual calls
going to every class that was made (rapid type analysis). Callbacks are let in as soon as both
their object and some call that starts such callbacks were seen; guards are not looked at. What
this pass leaves out cannot run at start-up as far as the bytecode shows; what it lets in is
checked body by body in :mod:`startup`, along the edges kept here.

Nodes of the kept edges are method numbers, then one per called virtual reference, one per made
type, one per start rule, one for
reflection and one for layouts (``Nodes``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from analyzers.dex.arrays import Array, Bools, Ints, Longs, distinct, expand_ranges, find_sorted
from analyzers.dex.callbacks import hash_set, load_callbacks, match_layouts, match_starts
from analyzers.dex.dispatch import Dispatch

if TYPE_CHECKING:
    from analyzers.dex.entries import EntryPoints
    from analyzers.dex.program import Program
from analyzers.dex.hashing import hash_name
from analyzers.dex.reflection import Reflection

_VIRTUAL = np.isin(np.arange(256), [0x6E, 0x72, 0x74, 0x78])
_STATIC = np.isin(np.arange(256), [0x71, 0x77])
_NEW, _CLASS = 0x22, 0x1C
_STATIC_FIELD = np.isin(np.arange(256), np.arange(0x60, 0x6E))
_SHOWN = ("android.view.View", "android.app.Fragment", "androidx.fragment.app.Fragment")
Number = TypeVar("Number", int, Array)


@dataclass(frozen=True)
class Nodes:
    """How the nodes of the edges are numbered."""

    methods: int
    types: int

    def virtual(self, reference: Number) -> Number:
        """Node of a virtual call through a reference."""
        return reference + self.methods

    def made(self, types: Number) -> Number:
        """Node of "an object of this type was made"."""
        return types + 2 * self.methods

    def rule(self, number: Number) -> Number:
        """Node of a start rule."""
        return number + 2 * self.methods + self.types

    @property
    def count(self) -> int:
        """Number of nodes."""
        return self.layout + 1

    @property
    def layout(self) -> int:
        """Node of "views are made from a layout"."""
        return self.reflection + 1

    @property
    def reflection(self) -> int:
        """Node of "something is called by its name"."""
        return 2 * self.methods + self.types + len(load_callbacks().starts)


@dataclass(frozen=True)
class Spread:
    """The result of the generous pass."""

    reached: Bools
    """Methods that may run at start-up."""
    made: Bools
    """Types of which an object may exist at start-up."""
    sources: Ints
    targets: Ints
    """Edges between nodes."""
    nodes: Nodes
    entries: dict[int, str]
    """Entry method → role."""
    components: set[int]
    """Types of components that code can start."""


class _Spreader:
    def __init__(self, program: Program, entries: EntryPoints) -> None:
        self.program = program
        self.index = program.index
        self.dispatch = Dispatch(program)
        methods, types = len(self.index.methods.numbers.hashes), len(self.index.types.hashes)
        self.nodes = Nodes(methods, types)
        self.reached = np.zeros(methods, bool)
        self.called = np.zeros(methods, bool)
        self.made = np.zeros(types, bool)
        self.fired = np.zeros(len(load_callbacks().starts), bool)
        self.edges: list[tuple[Array, Array]] = []
        self.frontier: list[Array] = []
        self.new_types: list[Array] = []
        self.new_calls: list[Array] = []
        self.roles: dict[int, str] = {}
        self.later = {program.type_number(n): role for n, role in entries.later().items()}
        self.later.pop(-1, None)
        self.starts = match_starts(program.matcher)
        self.reflection = Reflection(program)
        self.reflects = False
        self.layouts = np.array(sorted(match_layouts(program.matcher)), np.int64)
        self.inflates = False
        for role, name in entries.at_start():
            self._enter(program.type_number(name), role)

    def _enter(self, number: int, role: str) -> None:
        if number < 0 or not self.program.hierarchy.defined[number]:
            return
        methods = self.dispatch.entry_methods(number, load_callbacks().entries[role])
        self.roles.update((method, role) for method in methods.tolist())
        self._reach(methods)
        self._make(np.array([number], np.int32))

    def _edge(self, sources: Array, targets: Array) -> None:
        self.edges.append((sources.astype(np.int32), targets.astype(np.int32)))

    def _reach(self, methods: Array) -> None:
        fresh = distinct(methods[~self.reached[methods]])
        self.reached[fresh] = True
        if len(fresh):
            self.frontier.append(fresh)

    def _make(self, types: Array) -> None:
        fresh = distinct(types[~self.made[types]])
        self.made[fresh] = True
        if len(fresh):
            self.new_types.append(fresh)

    def run(self) -> Spread:
        while self.frontier or self.new_types or self.new_calls:
            while self.frontier:
                methods = np.concatenate(self.frontier)
                self.frontier = []
                self._follow(methods)
            self._join()
            if not (self.frontier or self.new_types or self.new_calls):
                self._reflect()
                self._inflate()
        sources, targets = (
            (np.concatenate(part) for part in zip(*self.edges, strict=True))
            if self.edges
            else (np.empty(0, np.int32), np.empty(0, np.int32))
        )
        return Spread(
            self.reached, self.made, sources, targets, self.nodes, self.roles, set(self.later)
        )

    def _follow(self, methods: Array) -> None:
        """Follow what newly reached methods do themselves."""
        places, items = self.program.items_of(methods)
        callers = methods[places]
        calls = self.index.uses.calls
        who, rows = _sites(self.program.call_rows, items)
        sources, targets, opcodes = callers[who], calls.target[rows], calls.opcode[rows]
        virtual = _VIRTUAL[opcodes]
        into = self.program.definitions.target[targets]
        direct = ~virtual & (into >= 0)
        self._edge(sources[direct], into[direct])
        self._reach(into[direct])
        self._edge(sources[virtual], self.nodes.virtual(targets[virtual]))
        fresh = distinct(targets[virtual])
        fresh = fresh[~self.called[fresh]]
        self.called[fresh] = True
        if len(fresh):
            self.new_calls.append(fresh)
        self._fire(sources, targets)
        named = find_sorted(self.reflection.all, targets) >= 0
        self._edge(sources[named], np.full(int(named.sum()), self.nodes.reflection))
        self.reflects |= bool(named.any())
        shown = find_sorted(self.layouts, targets) >= 0
        self._edge(sources[shown], np.full(int(shown.sum()), self.nodes.layout))
        self.inflates |= bool(shown.any())
        static = _STATIC[opcodes]
        self._initialise(sources[static], self.index.methods.owner[targets[static]])
        self._follow_types(callers, items)
        self._follow_fields(callers, items)

    def _reflect(self) -> None:
        """Let run what start-up code calls by name, as far as constants name it."""
        if not self.reflects:
            return
        reached = np.flatnonzero(self.reached)
        _, items = self.program.items_of(reached)
        types, names = self.reflection.named_in(items)
        names |= {hash_name("<init>"), hash_name("<clinit>")}
        defined = distinct(self.index.bodies.method)
        mine = defined[np.isin(self.index.methods.owner[defined], types)]
        known = np.fromiter(names, np.uint64, len(names))
        methods = mine[np.isin(self.index.methods.name[mine], known)]
        methods = methods[~self.reached[methods]]
        self._edge(np.full(len(methods), self.nodes.reflection), methods)
        self._reach(methods)
        self._make(types)

    def _inflate(self) -> None:
        """Make every view and fragment class once some layout is shown."""
        if not self.inflates:
            return
        found = []
        for name in _SHOWN:
            number = self.program.type_number(name)
            if number >= 0:
                found.append(self.program.hierarchy.subtypes_of(number))
        types = distinct(np.concatenate([*found, np.empty(0, np.int32)]))
        types = types[self.program.hierarchy.defined[types] & ~self.made[types]]
        methods = np.flatnonzero(np.isin(self.index.methods.owner, types))
        made = methods[self.index.methods.name[methods] == np.uint64(hash_name("<init>"))]
        made = made[self.program.defined[made]]
        self._edge(np.full(len(made), self.nodes.layout), made)
        self._edge(np.full(len(types), self.nodes.layout), self.nodes.made(types))
        self._reach(made)
        self._make(types)

    def _follow_types(self, callers: Array, items: Array) -> None:
        types = self.index.uses.types
        who, rows = _sites(self.program.type_rows, items)
        new = types.opcode[rows] == _NEW
        sources, targets = callers[who[new]], types.target[rows[new]]
        self._edge(sources, self.nodes.made(targets))
        self._make(targets)
        self._initialise(sources, targets)
        named = types.opcode[rows] == _CLASS
        for source, number in zip(
            callers[who[named]].tolist(), types.target[rows[named]].tolist(), strict=True
        ):
            role = self.later.get(number)
            if role is not None:
                methods = self.dispatch.entry_methods(number, load_callbacks().entries[role])
                self._edge(np.full(len(methods), source), methods)
                self._reach(methods)
                self._make(np.array([number], np.int32))

    def _follow_fields(self, callers: Array, items: Array) -> None:
        fields = self.index.uses.fields
        who, rows = _sites(self.program.field_rows, items)
        static = _STATIC_FIELD[fields.opcode[rows]]
        owners = self.index.fields.owner[fields.target[rows[static]]]
        self._initialise(callers[who[static]], owners)

    def _initialise(self, sources: Array, types: Array) -> None:
        """Run the static initialisers of types and their superclasses."""
        parent = self.program.hierarchy.parent
        while len(types):
            methods = self.program.initializers[types]
            there = methods >= 0
            self._edge(sources[there], methods[there])
            self._reach(methods[there])
            above = parent[types]
            sources, types = sources[above >= 0], above[above >= 0]

    def _fire(self, sources: Array, targets: Array) -> None:
        """Note which start rules the calls fire."""
        if len(self.starts) == 0:
            return
        low = np.searchsorted(self.starts[:, 0], targets, side="left")
        high = np.searchsorted(self.starts[:, 0], targets, side="right")
        hit = np.flatnonzero(high > low)
        counts = high[hit] - low[hit]
        rules = self.starts[expand_ranges(low[hit], counts), 1]
        self._edge(np.repeat(sources[hit], counts), self.nodes.rule(rules))
        for rule in distinct(rules).tolist():
            if not self.fired[rule]:
                self.fired[rule] = True
                self._callbacks(self.dispatch.all_entries(), np.array([rule]))

    def _callbacks(self, entries: Array, rules: Array) -> None:
        """Let the callbacks of made objects run under fired rules; entries: (type, method)."""
        names = self.index.methods.name[entries[:, 1]]
        for rule in rules.tolist():
            runs = hash_set(load_callbacks().starts[rule].runs)
            methods = entries[np.isin(names, runs), 1]
            self._edge(np.full(len(methods), self.nodes.rule(rule)), methods)
            self._reach(methods)

    def _join(self) -> None:
        """Match virtual calls with made objects, as far as either is new."""
        types = np.concatenate([*self.new_types, np.empty(0, np.int32)])
        calls = np.concatenate([*self.new_calls, np.empty(0, np.int32)])
        self.new_types, self.new_calls = [], []
        references, methods = self.dispatch.join(types, calls)
        self._edge(self.nodes.virtual(references), methods)
        self._reach(methods)
        if len(types):
            entries = self.dispatch.entries_of(types)
            self._callbacks(entries, np.flatnonzero(self.fired))
            owners, living = self.dispatch.living(types)
            self._edge(self.nodes.made(owners), living)
            self._reach(living)


def _sites(first: Longs, items: Array) -> tuple[Longs, Longs]:
    """Give (place in ``items``, site row) of all sites of code items."""
    counts = first[items + 1] - first[items]
    return np.repeat(np.arange(len(items)), counts), expand_ranges(first[items], counts)


def spread_from(program: Program, entries: EntryPoints) -> Spread:
    """Find everything that may run from the entry points without the user."""
    return _Spreader(program, entries).run()
