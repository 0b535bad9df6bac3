"""The instructions of one method body with their operands, for the few bodies looked at closely.

Source: Dalvik bytecode "Instruction formats"; try blocks as in "try_item" and
"encoded_catch_handler_list".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from analyzers.dex.code import payload_length
from analyzers.dex.opcodes import load_opcodes
from analyzers.dex.uleb import read_sleb, read_uleb

MAX_INSTRUCTIONS = 60_000


class Instruction(NamedTuple):
    """One instruction. Which operands mean something follows from the opcode's format."""

    at: int
    """Unit from the start of the body."""
    opcode: int
    a: int = 0
    b: int = 0
    c: int = 0
    """Registers in the order of the format; ``c`` also holds the literal of ``22b``/``22s``."""
    value: int = 0
    """Literal, index of the pool, or branch target (unit from the start of the body)."""
    registers: tuple[int, ...] = ()
    """Arguments of calls and filled arrays."""


class Body(NamedTuple):
    """One method body."""

    registers: int
    """Registers of the frame; the parameters are the last ``ins``."""
    ins: int
    instructions: list[Instruction]
    handlers: list[tuple[int, int, tuple[int, ...]]]
    """Try ranges: first unit, unit after it, handler units."""
    debug: int
    """Offset of the debug information, 0 where none."""


Units = Sequence[int]


def read_body(raw: bytes, window: Units, start: int) -> Body:
    """Read one body.

    Args:
        raw: the whole file.
        window: its 16-bit units from the code item's head (8 units) to its last instruction.
        start: unit of the first instruction in the file.

    At most MAX_INSTRUCTIONS are given; the walk is the one of :mod:`analyzers.dex.code`.
    """
    registers, ins, tries = window[0], window[1], window[3]
    debug = window[4] | window[5] << 16
    code = window[8:]
    return Body(
        registers=registers,
        ins=min(ins, registers),
        instructions=_read_instructions(code),
        handlers=_read_handlers(raw, 2 * (start - 8), len(code), tries),
        debug=debug if debug < len(raw) else 0,
    )


def _read_instructions(code: Units) -> list[Instruction]:
    lengths = load_opcodes().lengths.tolist()
    found: list[Instruction] = []
    at, size = 0, len(code)
    while at < size and len(found) < MAX_INSTRUCTIONS:
        word = code[at]
        opcode = word & 0xFF
        if opcode == 0 and word:
            at += payload_length(code, at, size)
            continue
        length = lengths[opcode]
        if at + length > size:
            break
        found.append(_READERS[opcode](code, at, word))
        at += length
    return found


def read_payload(code: Units, at: int) -> list[int]:
    """Give the branch offsets of the switch payload at ``at`` (relative to the switch)."""
    if at < 0 or at + 2 > len(code):
        return []
    kind, size = code[at], code[at + 1]
    first = at + 4 if kind == 0x0100 else at + 2 + 2 * size
    if kind not in (0x0100, 0x0200) or first + 2 * size > len(code):
        return []
    return [
        _signed(code[place] | code[place + 1] << 16, 32)
        for place in range(first, first + 2 * size, 2)
    ]


def _read_handlers(
    raw: bytes, head: int, size: int, tries: int
) -> list[tuple[int, int, tuple[int, ...]]]:
    at = head + 16 + 2 * (size + size % 2)
    table = at + 8 * tries
    found = []
    for number in range(min(tries, 4096)):
        item = raw[at + 8 * number : at + 8 * number + 8]
        if len(item) < 8:
            break
        first = int.from_bytes(item[:4], "little")
        count = int.from_bytes(item[4:6], "little")
        targets = _read_handler(raw, table + int.from_bytes(item[6:8], "little"))
        found.append((first, first + count, targets))
    return found


def _read_handler(raw: bytes, at: int) -> tuple[int, ...]:
    count, at = read_sleb(raw, at)
    targets = []
    for _ in range(min(abs(count), 256)):
        _type, at = read_uleb(raw, at)
        target, at = read_uleb(raw, at)
        targets.append(target)
    if count <= 0:
        target, at = read_uleb(raw, at)
        targets.append(target)
    return tuple(targets)


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def _none(_code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF)


def _f12x(_code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8 & 0xF, word >> 12)


def _f11n(_code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8 & 0xF, value=_signed(word >> 12, 4))


def _f11x(_code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8)


def _f22x(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8, code[at + 1])


def _f32x(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, code[at + 1], code[at + 2])


def _f10t(_code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, value=at + _signed(word >> 8, 8))


def _f20t(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, value=at + _signed(code[at + 1], 16))


def _f30t(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, value=at + _signed(code[at + 1] | code[at + 2] << 16, 32))


def _f21t(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8, value=at + _signed(code[at + 1], 16))


def _f22t(code: Units, at: int, word: int) -> Instruction:
    target = at + _signed(code[at + 1], 16)
    return Instruction(at, word & 0xFF, word >> 8 & 0xF, word >> 12, value=target)


def _f21s(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8, value=_signed(code[at + 1], 16))


def _f21h(code: Units, at: int, word: int) -> Instruction:
    shift = 48 if word & 0xFF == 0x19 else 16
    return Instruction(at, word & 0xFF, word >> 8, value=_signed(code[at + 1], 16) << shift)


def _f21c(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8, value=code[at + 1])


def _f23x(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8, code[at + 1] & 0xFF, code[at + 1] >> 8)


def _f22b(code: Units, at: int, word: int) -> Instruction:
    literal = _signed(code[at + 1] >> 8, 8)
    return Instruction(at, word & 0xFF, word >> 8, code[at + 1] & 0xFF, literal)


def _f22s(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8 & 0xF, word >> 12, _signed(code[at + 1], 16))


def _f22c(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8 & 0xF, word >> 12, value=code[at + 1])


def _f31i(code: Units, at: int, word: int) -> Instruction:
    literal = _signed(code[at + 1] | code[at + 2] << 16, 32)
    return Instruction(at, word & 0xFF, word >> 8, value=literal)


def _f31c(code: Units, at: int, word: int) -> Instruction:
    return Instruction(at, word & 0xFF, word >> 8, value=code[at + 1] | code[at + 2] << 16)


def _f31t(code: Units, at: int, word: int) -> Instruction:
    target = at + _signed(code[at + 1] | code[at + 2] << 16, 32)
    return Instruction(at, word & 0xFF, word >> 8, value=target)


def _f51l(code: Units, at: int, word: int) -> Instruction:
    literal = sum(code[at + 1 + place] << (16 * place) for place in range(4))
    return Instruction(at, word & 0xFF, word >> 8, value=_signed(literal, 64))


def _f35c(code: Units, at: int, word: int) -> Instruction:
    packed = code[at + 2] | (word >> 8 & 0xF) << 16
    count = min(word >> 12, 5)
    used = tuple(packed >> (4 * place) & 0xF for place in range(count))
    return Instruction(at, word & 0xFF, value=code[at + 1], registers=used)


def _f3rc(code: Units, at: int, word: int) -> Instruction:
    first = code[at + 2]
    used = tuple(range(first, first + (word >> 8)))
    return Instruction(at, word & 0xFF, value=code[at + 1], registers=used)


_BY_FORMAT: dict[str, Callable[[Units, int, int], Instruction]] = {
    "": _none, "10x": _none, "12x": _f12x, "11n": _f11n, "11x": _f11x, "22x": _f22x,
    "32x": _f32x, "10t": _f10t, "20t": _f20t, "30t": _f30t, "21t": _f21t, "22t": _f22t,
    "21s": _f21s, "21h": _f21h, "21c": _f21c, "23x": _f23x, "22b": _f22b, "22s": _f22s,
    "22c": _f22c, "31i": _f31i, "31c": _f31c, "31t": _f31t, "51l": _f51l, "35c": _f35c,
    "3rc": _f3rc, "45cc": _f35c, "4rcc": _f3rc,
}  # fmt: skip
_READERS = [_BY_FORMAT[shape] for shape in load_opcodes().formats]
