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

import numpy as np

from analyzers.dex.edges import EdgeFinder
from analyzers.dex.first_run import FirstRun
from analyzers.dex.spread import Spread, spread_from
from analyzers.dex.startup_graph import StartGraph

if TYPE_CHECKING:
    from analyzers.dex.arrays import Array
    from analyzers.dex.entries import EntryPoints
    from analyzers.dex.program import Program

State = Literal["yes", "no", "unknown"]
MAX_BODIES = 6_000
MAX_SECONDS = 8.0


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
    deadline = time.monotonic() + MAX_SECONDS
    doubtful: list[tuple[int, int]] = []
    queue = deque(method for method in spread.entries if marks[method])
    _walk(result, finder, queue, result.sure, doubtful, deadline)
    queue = deque()
    for source, target in doubtful:
        if target not in result.sure and target not in result.maybe:
            result.maybe.add(target)
            result.before[target] = source
            queue.append(target)
    more: list[tuple[int, int]] = []
    _walk(result, finder, queue, result.maybe, more, deadline)
    _add_rest(result, more)
    if result.capped:
        result.maybe |= _open(spread, marks) - result.sure
    return result


def _walk(
    result: Startup,
    finder: EdgeFinder,
    queue: deque[int],
    reached: set[int],
    doubtful: list[tuple[int, int]],
    deadline: float,
) -> None:
    """Walk breadth first; edges that are not certain go to ``doubtful``."""
    reached.update(queue)
    while queue:
        if len(result.sure) + len(result.maybe) > MAX_BODIES or time.monotonic() > deadline:
            result.capped = True
            return
        method = queue.popleft()
        for target, certain in finder.edges_of(method):
            if target in result.sure or target in reached:
                continue
            if not certain and reached is result.sure:
                doubtful.append((method, target))
                continue
            reached.add(target)
            result.before[target] = method
            queue.append(target)


def _add_rest(result: Startup, more: list[tuple[int, int]]) -> None:
    for source, target in more:
        if target not in result.sure and target not in result.maybe:
            result.maybe.add(target)
            result.before[target] = source


def _open(spread: Spread, marks: Array) -> set[int]:
    return set(np.flatnonzero(spread.reached & marks[: len(spread.reached)]).tolist())
