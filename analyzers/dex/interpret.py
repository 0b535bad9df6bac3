"""Follows one method body along its control flow with the values of :mod:`analyzers.dex.values`."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from analyzers.dex.instructions import Body, Instruction, read_payload
from analyzers.dex.opcodes import load_opcodes
from analyzers.dex.transfer import CALLS, Registers
from analyzers.dex.values import Source, Trace, Value, merge_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_STEPS = 20_000
_NAMES = load_opcodes().names
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt,
    "ge": operator.ge, "gt": operator.gt, "le": operator.le,
}  # fmt: skip


def _opcodes(*prefixes: str) -> frozenset[int]:
    return frozenset(op for op, name in enumerate(_NAMES) if name and name.startswith(prefixes))


_GOTOS, _IFS = _opcodes("goto"), _opcodes("if-")
_SWITCHES, _ENDS = _opcodes("packed-switch", "sparse-switch"), _opcodes("return", "throw")
State = list[Value | None]


class _Follower:
    def __init__(self, body: Body, code: Sequence[int], source: Source) -> None:
        self.body = body
        self.code = code
        self.source = source
        self.trace = Trace()
        self.place = {ins.at: number for number, ins in enumerate(body.instructions)}
        self.joins = self._find_joins()
        self.entry: dict[int, State] = {}
        self.waiting: list[int] = []
        self.steps = 0

    def run(self) -> Trace:
        state: State = [None] * (self.body.registers - self.body.ins)
        state += [Value("param", number) for number in range(self.body.ins)]
        self._enter(0, state)
        while self.waiting and self.steps < MAX_STEPS:
            self._straight(self.waiting.pop())
        self.trace.complete = not self.waiting
        return self.trace

    def _find_joins(self) -> set[int]:
        """Find the units that control can reach from more than the instruction before."""
        joins = {target for _, _, targets in self.body.handlers for target in targets}
        for ins in self.body.instructions:
            if ins.opcode in _SWITCHES:
                joins |= {ins.at + step for step in read_payload(self.code, ins.value)}
            elif ins.opcode in _GOTOS or ins.opcode in _IFS:
                joins.add(ins.value)
        return joins

    def _enter(self, at: int, state: State) -> None:
        """Bring a state to a unit; queue it when that changes what is known there."""
        if at not in self.place:
            return
        known = self.entry.get(at)
        if known is None:
            self.entry[at] = list(state)
            self.waiting.append(at)
            return
        if known == state:
            return
        merged = [merge_values(one, other) for one, other in zip(known, state, strict=True)]
        if merged != known:
            self.entry[at] = merged
            self.waiting.append(at)

    def _straight(self, start: int) -> None:
        """Follow instructions until control leaves the straight line or joins another."""
        regs = Registers(list(self.entry[start]), self.trace, self.source)
        instructions, joins, visited = self.body.instructions, self.joins, self.trace.visited
        for number in range(self.place[start], len(instructions)):
            ins = instructions[number]
            if ins.at in joins and ins.at != start:
                self._enter(ins.at, regs.values)
                return
            self.steps += 1
            if ins.at not in visited:
                visited.add(ins.at)
                if self.body.handlers:
                    self._catch(ins.at)
            if ins.opcode in CALLS:
                regs.call(ins)
            elif ins.opcode in _IFS:
                if not self._branch(ins, regs):
                    return
            elif ins.opcode in _GOTOS or ins.opcode in _ENDS:
                self._leave(ins, regs)
                return
            elif ins.opcode in _SWITCHES:
                for step in read_payload(self.code, ins.value):
                    self._enter(ins.at + step, regs.values)
            else:
                regs.apply(ins)

    def _branch(self, ins: Instruction, regs: Registers) -> bool:
        """Follow a condition; give whether the next instruction can run."""
        name = _NAMES[ins.opcode][3:]
        left = regs.get(ins.a)
        right = Value("int", 0) if name.endswith("z") else regs.get(ins.b)
        taken = _decide(name.removesuffix("z"), left, right)
        if taken is not False:
            self._enter(ins.value, regs.values)
        return taken is not True

    def _leave(self, ins: Instruction, regs: Registers) -> None:
        if ins.opcode in _GOTOS:
            self._enter(ins.value, regs.values)
        elif _NAMES[ins.opcode].startswith("return") and _NAMES[ins.opcode] != "return-void":
            value = regs.get(ins.a)
            if value not in self.trace.returned:
                self.trace.returned.append(value)

    def _catch(self, at: int) -> None:
        """Let every handler that guards a running instruction run, with unknown registers."""
        for first, last, targets in self.body.handlers:
            if first <= at < last:
                for target in targets:
                    if target not in self.entry:
                        self._enter(target, [None] * self.body.registers)


def _decide(test: str, left: Value | None, right: Value | None) -> bool | None:
    """Give the outcome of a comparison, None where it is not known."""
    if left is None or right is None:
        return None
    if left.sort == right.sort == "int":
        return _COMPARE[test](int(left.key), int(right.key))
    objects = ("str", "class", "new", "array")
    if test in ("eq", "ne") and left.sort in objects and right == Value("int", 0):
        return test == "ne"
    return None


def follow_body(body: Body, code: Sequence[int], source: Source) -> Trace:
    """Follow a body from its first instruction; ``code`` are the units of the body."""
    return _Follower(body, code, source).run()
