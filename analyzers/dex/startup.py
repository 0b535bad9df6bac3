"""What runs before any user action: the generous pass checked body by body.

Only code on a way from an entry point to a method that was asked for is looked at. An edge counts
when its call site can run on the first run (guards on consent, settings and flags are decided) and
when its receiver or callback object is known to come from start-up code. Edges that could not be
decided lead to ``unknown``; what no edge reaches is ``no``.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from analyzers.dex.edges import EdgeFinder
from analyzers.dex.first_run import FirstRun
from analyzers.dex.spread import spread_from
from analyzers.dex.startup_graph import StartGraph

if TYPE_CHECKING:
    from analyzers.dex.arrays import Array, Bools
    from analyzers.dex.entries import EntryPoints
    from analyzers.dex.program import Program

State = Literal["yes", "no", "unknown"]
MAX_BODIES = 2_500
MAX_DOUBTFUL = 250
"""Methods looked at closely, for certain and for uncertain ways; then edges count as uncertain."""
MAX_SECONDS = 120.0
"""A last resort; the other caps are met first, so that equal scans give equal answers."""


@dataclass
class Startup:
    """Answers for methods and sites."""

    program: Program
    finder: EdgeFinder
    sure: set[int] = field(default_factory=set)
    """Methods that run."""
    maybe: set[int] = field(default_factory=set)
    """Methods that may run; not decided."""
    before: dict[int, int] = field(default_factory=dict)
    """Method → the method that leads to it on a shortest way."""
    roles: dict[int, str] = field(default_factory=dict)
    """Entry method → role."""
    capped: bool = False
    """The caps were met; then nothing beyond is ``no``."""

    def state_of(self, method: int, item: int, at: int) -> State:
        """Tell whether a unit of a method's body can run before any user action."""
        if method not in self.sure and method not in self.maybe:
            return "no"
        trace = self.finder.look_at(item)
        if trace is not None and at not in trace.visited:
            return "no"
        return "yes" if method in self.sure and trace is not None else "unknown"

    def chain_to(self, method: int) -> list[int]:
        """Give the methods from an entry point to this one."""
        chain = [method]
        while chain[-1] in self.before and len(chain) < 200:
            chain.append(self.before[chain[-1]])
        return chain[::-1]


def find_startup(program: Program, entries: EntryPoints, wanted: Array) -> Startup:
    """Decide for the wanted methods (numbers) whether they run before any user action."""
    spread = spread_from(program, entries)
    graph = StartGraph(program, spread)
    marks = graph.leading_to(wanted)
    finder = EdgeFinder(program, graph, FirstRun(program, graph), marks, entries.views)
    result = Startup(program, finder, roles=spread.entries)
    walk = _Walk(result, time.monotonic() + MAX_SECONDS)
    left = walk.run([method for method in spread.entries if marks[method]], result.sure, MAX_BODIES)
    result.capped = bool(left)
    left += walk.run(walk.doubtful(), result.maybe, MAX_DOUBTFUL)
    _flood(result, graph, marks, left)
    return result


class _Walk:
    """Walks breadth first; the edges that are not certain wait for the second walk."""

    def __init__(self, result: Startup, deadline: float) -> None:
        self.result = result
        self.deadline = deadline
        self._doubts: list[tuple[int, int]] = []

    def run(self, begin: list[int], reached: set[int], most: int) -> list[int]:
        """Follow at most ``most`` methods; give those that were left."""
        result, queue = self.result, deque(begin)
        reached.update(begin)
        followed = 0
        while queue:
            if followed >= most or time.monotonic() > self.deadline:
                return list(queue)
            method = queue.popleft()
            followed += 1
            for target, certain in result.finder.edges_of(method):
                if target in result.sure or target in reached:
                    continue
                if not certain and reached is result.sure:
                    self._doubts.append((method, target))
                    continue
                reached.add(target)
                result.before[target] = method
                queue.append(target)
        return []

    def doubtful(self) -> list[int]:
        """Give the targets of uncertain edges that nothing certain led to."""
        found = {}
        for source, target in self._doubts:
            if target not in self.result.sure and target not in found:
                found[target] = source
        self.result.before.update(found)
        return list(found)


def _flood(result: Startup, graph: StartGraph, marks: Bools, begin: list[int]) -> None:
    """Follow the generous edges from methods that were not looked at; all of it is uncertain."""
    waiting = [(method, method) for method in begin]
    seen = set(begin)
    while waiting:
        node, last = waiting.pop()
        for target in graph.after(node):
            if target in seen or not marks[target]:
                continue
            seen.add(target)
            is_method = target < graph.spread.nodes.methods
            if is_method and target not in result.sure and target not in result.maybe:
                result.maybe.add(target)
                result.before[target] = last
            waiting.append((target, target if is_method else last))
