"""Questions about the ways through one body, values left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.dex.instructions import Body, Instruction, read_payload
from analyzers.dex.opcodes import load_opcodes

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = load_opcodes().names


def can_return_without(body: Body, code: Sequence[int], at: int) -> bool:
    """Tell whether a body can come to a return without running the instruction at ``at``."""
    places = {ins.at: number for number, ins in enumerate(body.instructions)}
    waiting, seen = [0], {0}
    while waiting:
        number = waiting.pop()
        ins = body.instructions[number]
        if ins.at == at:
            continue
        if _NAMES[ins.opcode].startswith("return"):
            return True
        for unit in _after(body, code, ins, number):
            place = places.get(unit)
            if place is not None and place not in seen:
                seen.add(place)
                waiting.append(place)
    return False


def _after(body: Body, code: Sequence[int], ins: Instruction, number: int) -> list[int]:
    name = _NAMES[ins.opcode]
    following = body.instructions[number + 1 : number + 2]
    units = [one.at for one in following]
    if name.startswith("goto"):
        return [ins.value]
    if name == "throw":
        return []
    if name.startswith("if-"):
        units.append(ins.value)
    elif "switch" in name:
        units += [ins.at + step for step in read_payload(code, ins.value)]
    return units
