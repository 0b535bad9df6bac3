"""Exact linear decode of all methods of one dex file at once.

All instruction pointers advance together, one instruction per step; once only a few long
methods are left, these are walked one by one, which is then the faster way. Nothing is kept
per instruction but its position; operands are gathered for the opcodes that are asked for.
Source: Dalvik bytecode and "Instruction formats"; payloads as in "packed-switch-payload" etc.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.opcodes import ARRAY_DATA, PACKED_SWITCH, SPARSE_SWITCH, load_opcodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.arrays import Array, Bytes, Ints, Longs, Units
    from analyzers.dex.tables import DexTables

_TAIL = 192  # below this many open methods the scalar walk is faster than numpy steps
_ITEM = 16  # bytes of a code item before its instructions


@dataclass(frozen=True)
class Code:
    """Where every instruction of one file stands. Positions are in 16-bit units of the file."""

    units: Units
    """The whole file as 16-bit units."""
    starts: Longs
    """First unit of each code item's instructions, sorted; one row per distinct code item."""
    ends: Longs
    """Unit after the last instruction of each code item."""
    positions: Longs
    """Unit of every instruction, sorted over the whole file."""
    opcodes: Bytes
    """Opcode of every instruction."""
    odd: int
    """Code items that leave the file, overlap another or do not end on an instruction."""
    unused: int
    """Instructions whose opcode no Android version defines."""

    def without_positions(self) -> Code:
        """Give the same code without its instruction positions (they take most memory)."""
        return replace(self, positions=np.empty(0, np.int64), opcodes=np.empty(0, np.uint8))

    def items_of(self, positions: Array) -> Longs:
        """Give the row of the code item that holds each position."""
        return np.searchsorted(self.starts, positions, side="right") - 1

    def select(self, wanted: Array) -> tuple[Longs, Bytes]:
        """Give positions and opcodes of all instructions marked in a 256-row table."""
        rows = np.flatnonzero(wanted[self.opcodes])
        return self.positions[rows], self.opcodes[rows]


def decode_code(tables: DexTables) -> Code:
    """Decode the bytecode of one file; damaged code items are left out and counted."""
    data = tables.data
    units = data[: len(data) // 2 * 2].view("<u2")
    offsets = np.unique(tables.members.methods.code)
    offsets = offsets[offsets > 0]
    inside = (offsets % 2 == 0) & (offsets + _ITEM <= len(units) * 2)
    odd = int((~inside).sum())
    starts = (offsets[inside] + _ITEM) // 2
    sizes = units[starts - 2].astype(np.int64) | units[starts - 1].astype(np.int64) << 16
    ends = starts + sizes
    limits = np.minimum(np.append(starts[1:] - _ITEM // 2, len(units)), len(units))
    odd += int((ends > limits).sum())
    ends = np.maximum(np.minimum(ends, limits), starts)
    marks = np.zeros(len(units) + 1, np.bool_)
    odd += _walk(units, starts, ends, marks)
    positions = np.flatnonzero(marks)
    opcodes = (units[positions] & 0xFF).astype(np.uint8)
    unused = int(load_opcodes().unused[opcodes].sum())
    return Code(units, starts, ends, positions, opcodes, odd, unused)


def _walk(units: Units, starts: Longs, ends: Longs, marks: Array) -> int:
    """Mark the first unit of each instruction; give the number of items that end crookedly."""
    lengths = load_opcodes().lengths
    at, stop = starts.astype(np.int32), ends.astype(np.int32)
    crooked = 0
    going = at < stop
    at, stop = at[going], stop[going]
    while len(at) > _TAIL:
        words = units[at]
        step = lengths[words & 0xFF].astype(np.int32)
        payload = np.flatnonzero(((words & 0xFF) == 0) & (words > 0))
        if len(payload):
            step[payload] = [
                payload_length(units, int(p), int(e))
                for p, e in zip(at[payload], stop[payload], strict=True)
            ]
        after = at + step
        fits = after <= stop
        marks[at[fits]] = True
        crooked += int((~fits).sum())
        going = after < stop
        at, stop = after[going], stop[going]
    for first, last in zip(at.tolist(), stop.tolist(), strict=True):
        crooked += _walk_one(units, first, last, marks)
    return crooked


def _walk_one(units: Units, at: int, stop: int, marks: Array) -> int:
    """Walk the rest of one long method."""
    base = at
    words = units[base:stop]
    low = words & 0xFF
    steps_array = load_opcodes().lengths[low]
    steps_array[(low == 0) & (words > 0)] = 0
    steps = steps_array.tobytes()
    seen = bytearray(len(steps))
    size = len(steps)
    place = 0
    while place < size:
        step = steps[place] or payload_length(units, base + place, stop)
        seen[place] = 1
        place += step
    marks[base:stop] |= np.frombuffer(seen, np.bool_)
    if place == size:
        return 0
    marks[base + place - step] = False
    return 1


def payload_length(units: Units | Sequence[int], at: int, stop: int) -> int:
    """Give the length of the payload at ``at``; 1 for a nop with another high byte."""
    kind = int(units[at])
    if kind not in (PACKED_SWITCH, SPARSE_SWITCH, ARRAY_DATA):
        return 1
    if at + 4 > stop and kind == ARRAY_DATA:
        return stop - at + 1
    size = int(units[at + 1]) if at + 1 < stop else 0
    if kind == PACKED_SWITCH:
        return 4 + 2 * size
    if kind == SPARSE_SWITCH:
        return 2 + 4 * size
    count = int(units[at + 2]) | int(units[at + 3]) << 16
    return 4 + (size * count + 1) // 2


def gather_wide(code: Code, positions: Array, place: int) -> Longs:
    """Read the unsigned 32-bit operand that starts ``place`` units into each instruction."""
    low: Longs = code.units[positions + place].astype(np.int64)
    high: Longs = code.units[positions + place + 1].astype(np.int64) << 16
    return low | high


def method_items(tables: DexTables, code: Code) -> Ints:
    """Give, for each encoded method, the row of its code item, -1 where it has none."""
    first = tables.members.methods.code // 2 + _ITEM // 2
    at = np.searchsorted(code.starts, first)
    at = np.minimum(at, max(len(code.starts) - 1, 0))
    if len(code.starts) == 0:
        return np.full(len(first), -1, np.int32)
    hit = (code.starts[at] == first) & (tables.members.methods.code > 0)
    return np.where(hit, at, -1).astype(np.int32)
