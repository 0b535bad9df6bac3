"""Values of app bundles: aapt2's protobuf (Resources.proto, Item) as typed values."""

from __future__ import annotations

from analyzers.formats.protobuf import field_bytes, field_number, field_text, read_fields
from analyzers.formats.typed_value import (
    BOOLEAN,
    DECIMAL,
    DIMENSION,
    FIRST_COLOR,
    FLOAT,
    FRACTION,
    HEXADECIMAL,
    NULL,
    REFERENCE,
    STRING,
    TypedValue,
)

ITEM_REFERENCE, ITEM_STRING, ITEM_RAW, ITEM_STYLED, ITEM_FILE, ITEM_PRIMITIVE = 1, 2, 3, 4, 5, 7
REFERENCE_ID = 2
PRIMITIVES = {
    3: FLOAT,
    4: DIMENSION,
    5: FRACTION,
    6: DECIMAL,
    7: HEXADECIMAL,
    8: BOOLEAN,
    9: FIRST_COLOR,
    10: FIRST_COLOR + 1,
    11: FIRST_COLOR + 2,
    12: FIRST_COLOR + 3,
    13: DIMENSION,
    14: FRACTION,
}
"""Field number in Primitive to type byte."""


def read_item(message: bytes) -> TypedValue | None:
    """Read an Item; None where it is of no kind that has a value."""
    for number, value in read_fields(message):
        inner = field_bytes(value)
        if number == ITEM_REFERENCE:
            ids = [field_number(v) for n, v in read_fields(inner) if n == REFERENCE_ID]
            return TypedValue(REFERENCE, ids[0] if ids else 0)
        if number in (ITEM_STRING, ITEM_RAW, ITEM_STYLED, ITEM_FILE):
            texts = [field_text(v) for n, v in read_fields(inner) if n == 1]
            return TypedValue(STRING, 0, texts[0] if texts else "")
        if number == ITEM_PRIMITIVE:
            return _read_primitive(inner)
    return None


def _read_primitive(message: bytes) -> TypedValue:
    for number, value in read_fields(message):
        if number in PRIMITIVES:
            return TypedValue(PRIMITIVES[number], field_number(value))
    return TypedValue(NULL, 0)
