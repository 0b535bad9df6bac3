"""Typed values of binary XML and resource tables (Res_value of ResourceTypes.h)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from analyzers.formats.string_pool import StringPool

NULL, REFERENCE, THEME, STRING, FLOAT, DIMENSION, FRACTION = range(7)
DYNAMIC_REFERENCE, DYNAMIC_THEME = 0x07, 0x08
DECIMAL, HEXADECIMAL, BOOLEAN = 0x10, 0x11, 0x12
FIRST_COLOR, LAST_COLOR = 0x1C, 0x1F
LAST_INTEGER = 0x1F
DIMENSION_UNITS = ("px", "dp", "sp", "pt", "in", "mm")
FRACTION_UNITS = ("%", "%p")
RADIX = (1.0, 1 / (1 << 7), 1 / (1 << 15), 1 / (1 << 23))


class TypedValue(msgspec.Struct, frozen=True):
    """One value with its type."""

    kind: int
    """Type byte of Res_value."""
    data: int
    """The 32 bits as unsigned number."""
    text: str = ""
    """The string, for string values; the raw text where the compiler kept one."""

    @property
    def is_reference(self) -> bool:
        """Tell whether the value names a resource."""
        return self.kind in (REFERENCE, DYNAMIC_REFERENCE)

    @property
    def number(self) -> int | None:
        """Give an integer or boolean as signed number, None for anything else."""
        if DECIMAL <= self.kind <= LAST_INTEGER:
            return self.data - (1 << 32) if self.data & 0x80000000 else self.data
        return None

    def as_bool(self, default: bool) -> bool:
        """Give the value as Android's getBoolean does: any integer but 0 is true; of texts a few."""
        if self.kind == STRING:
            return self.text in ("1", "true", "TRUE")
        number = self.number
        return default if number is None else number != 0

    def as_text(self) -> str:
        """Write the value as it would stand in source."""
        return _write(self)


def read_value(kind: int, data: int, pool: StringPool, raw: int = -1) -> TypedValue:
    """Make a value; string values carry their text."""
    if kind == STRING:
        return TypedValue(kind, data, pool[data])
    return TypedValue(kind, data, pool[raw] if raw >= 0 else "")


def _write(value: TypedValue) -> str:
    kind, data = value.kind, value.data
    if kind == STRING:
        return value.text
    if kind in (REFERENCE, DYNAMIC_REFERENCE):
        return f"@0x{data:08x}" if data else "@null"
    if kind in (THEME, DYNAMIC_THEME):
        return f"?0x{data:08x}"
    if kind == BOOLEAN:
        return "true" if data else "false"
    if kind == FLOAT:
        return f"{struct.unpack('<f', struct.pack('<I', data))[0]:g}"
    if kind in (DIMENSION, FRACTION):
        units = DIMENSION_UNITS if kind == DIMENSION else FRACTION_UNITS
        unit = data & 0xF
        scale = 100 if kind == FRACTION else 1
        return f"{_complex(data) * scale:g}{units[unit] if unit < len(units) else ''}"
    if FIRST_COLOR <= kind <= LAST_COLOR:
        return f"#{data:08x}"
    if kind == HEXADECIMAL:
        return f"0x{data:x}"
    if kind == DECIMAL:
        return str(value.number)
    return ""


def _complex(data: int) -> float:
    """Decode the fixed-point number of dimensions and fractions."""
    mantissa = data & 0xFFFFFF00
    if mantissa & 0x80000000:
        mantissa -= 1 << 32
    return (mantissa >> 8) * RADIX[data >> 4 & 3]
