"""What each instruction does to the registers, as far as constants and origins go."""

from __future__ import annotations

import operator
from collections.abc import Callable

from analyzers.dex.instructions import Instruction
from analyzers.dex.opcodes import load_opcodes
from analyzers.dex.values import Source, Trace, Value, depth_of, merge_values

_MAX_DEPTH = 4
FILLED = -2
"""Index under which an array filled from the code itself is noted."""
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "add": operator.add, "mul": operator.mul, "and": operator.and_, "or": operator.or_,
    "xor": operator.xor, "sub": operator.sub,
}  # fmt: skip


class Registers:
    """The registers of one path, and the result of the last call."""

    def __init__(self, values: list[Value | None], trace: Trace, source: Source) -> None:
        """Start with given registers."""
        self.values = values
        self.trace = trace
        self.source = source
        self.result: Value | None = None

    def get(self, register: int) -> Value | None:
        """Give a register; one out of range is unknown."""
        return self.values[register] if register < len(self.values) else None

    def put(self, register: int, value: Value | None) -> None:
        """Set a register; one out of range is ignored."""
        if register < len(self.values):
            self.values[register] = value

    def apply(self, ins: Instruction) -> None:
        """Carry out one instruction that does not branch."""
        effect = _EFFECTS[ins.opcode]
        if effect is not None:
            effect(self, ins)

    def call(self, ins: Instruction) -> None:
        """Note a call and ask what it returns."""
        values, size = self.values, len(self.values)
        arguments = tuple(
            [_flatten(values[register]) if register < size else None for register in ins.registers]
        )
        known = self.trace.calls.get(ins.at)
        if known is not None and len(known) == len(arguments):
            arguments = tuple(merge_values(a, b) for a, b in zip(known, arguments, strict=True))
        self.trace.calls[ins.at] = arguments
        first = arguments[0] if arguments else None
        if ins.opcode in DIRECT and first is not None and first.sort == "new":
            made = self.trace.made.setdefault(first.at, {})
            made[ins.at] = (ins.value, arguments)
        self.result = self.source.call(ins.value, arguments, ins.at)


def _flatten(value: Value | None) -> Value | None:
    """Cut what nests deeper than _MAX_DEPTH, so that values stay small."""
    if value is None or not value.parts or depth_of(value) <= _MAX_DEPTH:
        return value
    return _cut(value, _MAX_DEPTH)


def _cut(value: Value, depth: int) -> Value:
    if depth == 0:
        return value._replace(parts=(None,) * len(value.parts))
    parts = tuple([_cut(part, depth - 1) if part is not None else None for part in value.parts])
    return value._replace(parts=parts)


def _constant(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, Value("int", ins.value))


def _constant_wide(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, Value("int", ins.value))
    regs.put(ins.a + 1, None)


def _string(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, Value("str", regs.source.text(ins.value)))


def _class(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, Value("class", regs.source.type_text(ins.value)))


def _new(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, Value("new", regs.source.type_text(ins.value), at=ins.at))


def _new_array(regs: Registers, ins: Instruction) -> None:
    regs.trace.arrays.setdefault(ins.at, {})
    regs.put(ins.a, Value("array", at=ins.at))


def _filled_array(regs: Registers, ins: Instruction) -> None:
    elements = {place: regs.get(register) for place, register in enumerate(ins.registers)}
    regs.trace.arrays[ins.at] = elements
    regs.result = Value("array", at=ins.at)


def _fill(regs: Registers, ins: Instruction) -> None:
    array = regs.get(ins.a)
    if array is not None and array.sort == "array":
        regs.trace.arrays.setdefault(array.at, {})[FILLED] = Value("int", 0)


def _store(regs: Registers, ins: Instruction) -> None:
    array, index = regs.get(ins.b), regs.get(ins.c)
    if array is not None and array.sort == "array":
        place = int(index.key) if index is not None and index.sort == "int" else -1
        regs.trace.arrays.setdefault(array.at, {})[place] = regs.get(ins.a)


def _move(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, regs.get(ins.b))


def _move_wide(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, regs.get(ins.b))
    regs.put(ins.a + 1, None)


def _result(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, regs.result)
    regs.result = None


def _forget(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, None)


def _forget_wide(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, None)
    regs.put(ins.a + 1, None)


def _read(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, regs.source.read(ins.value, ins.at))


def _write(regs: Registers, ins: Instruction) -> None:
    value = _flatten(regs.get(ins.a))
    if ins.at in regs.trace.writes:
        value = merge_values(regs.trace.writes[ins.at], value)
    regs.trace.writes[ins.at] = value


def _literal_arithmetic(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, _compute(_NAMES[ins.opcode], regs.get(ins.b), Value("int", ins.c)))


def _arithmetic(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, _compute(_NAMES[ins.opcode], regs.get(ins.b), regs.get(ins.c)))


def _arithmetic_2addr(regs: Registers, ins: Instruction) -> None:
    regs.put(ins.a, _compute(_NAMES[ins.opcode], regs.get(ins.a), regs.get(ins.b)))


def _compute(name: str, left: Value | None, right: Value | None) -> Value | None:
    function = _ARITHMETIC.get(name.partition("-")[0])
    if function is None or left is None or right is None:
        return None
    if left.sort != "int" or right.sort != "int":
        return None
    value = function(int(left.key), int(right.key)) & 0xFFFFFFFF
    return Value("int", value - (1 << 32) if value >> 31 else value)


_Effect = Callable[[Registers, Instruction], None]
_NAMES = load_opcodes().names
_BY_PREFIX: tuple[tuple[str, _Effect], ...] = (
    ("const-string", _string), ("const-class", _class), ("const-method", _forget),
    ("const-wide", _constant_wide), ("const", _constant), ("move-result", _result),
    ("move-exception", _forget), ("move-wide", _move_wide), ("move", _move),
    ("new-instance", _new), ("new-array", _new_array), ("filled-new-array", _filled_array), ("fill-array-data", _fill),
    ("instance-of", _forget), ("array-length", _forget), ("aget-wide", _forget_wide),
    ("aget", _forget), ("aput-object", _store), ("iget", _read), ("sget", _read),
    ("iput", _write), ("sput", _write), ("cmp", _forget), ("rsub", _forget),
)  # fmt: skip


def _effect_of(name: str) -> _Effect | None:
    for prefix, effect in _BY_PREFIX:
        if name.startswith(prefix):
            return effect
    if "-int/lit" in name:
        return _literal_arithmetic
    wide = any(part in name for part in ("long", "double"))
    if "-int" in name and "-to-" not in name and not name.startswith(("neg", "not")):
        return _arithmetic_2addr if name.endswith("2addr") else _arithmetic
    if "-to-" in name or any(part in name for part in ("-int", "-long", "-float", "-double")):
        return _forget_wide if wide else _forget
    return None


_EFFECTS: list[_Effect | None] = [_effect_of(name) for name in _NAMES]
CALLS = frozenset(op for op, name in enumerate(_NAMES) if name.startswith("invoke"))
DIRECT = frozenset(op for op in CALLS if _NAMES[op].startswith("invoke-direct"))
