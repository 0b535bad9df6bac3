"""Source lines from the debug information of a method ("debug_info_item" state machine)."""

from __future__ import annotations

from analyzers.dex.uleb import read_sleb, read_uleb

_END, _ADVANCE_PC, _ADVANCE_LINE = 0x00, 0x01, 0x02
_START_LOCAL, _START_LOCAL_EXTENDED = 0x03, 0x04
_FIRST_SPECIAL, _LINE_BASE, _LINE_RANGE = 0x0A, -4, 15
_UNSIGNED_OPERANDS = {0x03: 3, 0x04: 4, 0x05: 1, 0x06: 1, 0x07: 0, 0x08: 0, 0x09: 1}
_MAX_STEPS = 100_000


def read_lines(raw: bytes, debug: int, at: int) -> int | None:
    """Give the line of the unit ``at`` of a body.

    Args:
        raw: the whole file.
        debug: offset of the body's debug information; 0 or out of the file gives None.
        at: unit from the start of the body.
    """
    if not 0 < debug < len(raw):
        return None
    line, place = read_uleb(raw, debug)
    count, place = read_uleb(raw, place)
    for _ in range(min(count, 256)):
        _, place = read_uleb(raw, place)
    address, found = 0, None
    for _ in range(_MAX_STEPS):
        opcode = raw[place] if place < len(raw) else _END
        place += 1
        if opcode == _END:
            break
        if opcode >= _FIRST_SPECIAL:
            address += (opcode - _FIRST_SPECIAL) // _LINE_RANGE
            line += _LINE_BASE + (opcode - _FIRST_SPECIAL) % _LINE_RANGE
            if address > at:
                break
            found = line
        elif opcode == _ADVANCE_PC:
            step, place = read_uleb(raw, place)
            address += step
        elif opcode == _ADVANCE_LINE:
            step, place = read_sleb(raw, place)
            line += step
        else:
            for _ in range(_UNSIGNED_OPERANDS[opcode]):
                _, place = read_uleb(raw, place)
    return found if found is None or found > 0 else None


def read_names(raw: bytes, debug: int) -> list[int]:
    """Give the string rows of the parameter and local variable names, in the order stated."""
    if not 0 < debug < len(raw):
        return []
    found = []
    _, place = read_uleb(raw, debug)
    count, place = read_uleb(raw, place)
    for _ in range(min(count, 256)):
        row, place = read_uleb(raw, place)
        found.append(row - 1)
    for _ in range(_MAX_STEPS):
        opcode = raw[place] if place < len(raw) else _END
        place += 1
        if opcode == _END:
            break
        if opcode in (_START_LOCAL, _START_LOCAL_EXTENDED):
            _, place = read_uleb(raw, place)
            row, place = read_uleb(raw, place)
            found.append(row - 1)
            for _ in range(_UNSIGNED_OPERANDS[opcode] - 2):
                _, place = read_uleb(raw, place)
        elif opcode == _ADVANCE_LINE:
            _, place = read_sleb(raw, place)
        elif opcode < _FIRST_SPECIAL:
            for _ in range(_UNSIGNED_OPERANDS.get(opcode, 1)):
                _, place = read_uleb(raw, place)
    return [row for row in found if row >= 0]
