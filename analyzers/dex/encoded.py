"""Initial values of static fields that the file states ("encoded_array", "encoded_value")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.dex.uleb import read_uleb
from analyzers.dex.values import Value

if TYPE_CHECKING:
    from analyzers.dex.tables import DexTables

_SIGNED = {0x00, 0x02, 0x04, 0x06}  # byte, short, int, long
_CHAR, _FLOAT, _DOUBLE, _STRING, _TYPE, _NULL, _BOOLEAN = 0x03, 0x10, 0x11, 0x17, 0x18, 0x1E, 0x1F
_MAX_VALUES = 65_536


def read_static_values(table: DexTables, row: int) -> list[Value | None]:
    """Give the stated initial values of a class's static fields, in the order of its data.

    Reading stops at values that hold others (arrays, annotations); the rest is then unknown.
    """
    at = int(table.static_values[row])
    if not at or at >= len(table.raw):
        return []
    size, at = read_uleb(table.raw, at)
    found: list[Value | None] = []
    for _ in range(min(size, _MAX_VALUES)):
        if at >= len(table.raw):
            break
        kind, extra = table.raw[at] & 0x1F, table.raw[at] >> 5
        at += 1
        if kind in (_NULL, _BOOLEAN):
            found.append(Value("int", extra if kind == _BOOLEAN else 0))
            continue
        if kind in (0x1C, 0x1D):
            break
        content = table.raw[at : at + extra + 1]
        at += extra + 1
        found.append(_value(table, kind, content))
    return found


def _value(table: DexTables, kind: int, content: bytes) -> Value | None:
    if kind in _SIGNED:
        return Value("int", int.from_bytes(content, "little", signed=True))
    number = int.from_bytes(content, "little")
    if kind == _CHAR:
        return Value("int", number)
    if kind == _STRING:
        return Value("str", table.strings.text(number))
    if kind == _TYPE and number < len(table.types):
        return Value("class", table.strings.text(int(table.types[number])))
    return None
