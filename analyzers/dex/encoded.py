"""Initial values of static fields that the file states ("encoded_array", "encoded_value")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.dex.uleb import read_uleb
from analyzers.dex.values import Value

if TYPE_CHECKING:
    from analyzers.dex.tables import DexTables

_SIGNED = {0x00, 0x02, 0x04, 0x06}  # byte, short, int, long
_CHAR, _FLOAT, _DOUBLE, _STRING, _TYPE, _NULL, _BOOLEAN = 0x03, 0x10, 0x11, 0x17, 0x18, 0x1E, 0x1F
_NESTED = (0x1C, 0x1D)  # array, annotation
_MAX_VALUES = 65_536


def read_static_value(table: DexTables, row: int, place: int) -> Value | None:
    """Give the stated initial value of one static field of a class.

    Args:
        table: the file.
        row: the class's row.
        place: place of the field among the class's static fields.

    Fields behind the last stated value start as 0; those behind a value that holds others
    (arrays, annotations) are unknown.
    """
    at = int(table.static_values[row])
    if not at or at >= len(table.raw):
        return Value("int", 0)
    size, at = read_uleb(table.raw, at)
    if place >= size:
        return Value("int", 0)
    for number in range(min(place + 1, _MAX_VALUES)):
        if at >= len(table.raw):
            return None
        kind, extra = table.raw[at] & 0x1F, table.raw[at] >> 5
        at += 1
        if kind in _NESTED:
            return None
        width = 0 if kind in (_NULL, _BOOLEAN) else extra + 1
        if number == place:
            return _value(table, kind, table.raw[at : at + width], extra)
        at += width
    return None


def _value(table: DexTables, kind: int, content: bytes, extra: int) -> Value | None:
    if kind in (_NULL, _BOOLEAN):
        return Value("int", extra if kind == _BOOLEAN else 0)
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
