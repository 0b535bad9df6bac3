"""The wire format of protocol buffers: fields by number, nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
MAX_VARINT = 10
Field = tuple[int, int | bytes]


def read_fields(message: bytes) -> Iterator[Field]:
    """Give number and value of each field in order: numbers as int, everything else as bytes.

    Raises:
        FormatError: a field does not fit the message.
    """
    position = 0
    while position < len(message):
        key, position = _read_varint(message, position)
        kind = key & 7
        if kind == VARINT:
            value, position = _read_varint(message, position)
            yield key >> 3, value
            continue
        if kind == BYTES:
            length, position = _read_varint(message, position)
        elif kind in (FIXED32, FIXED64):
            length = 4 if kind == FIXED32 else 8
        else:
            raise FormatError("proto.field-type", type=kind)
        if position + length > len(message):
            raise FormatError("proto.truncated")
        yield key >> 3, message[position : position + length]
        position += length


def field_text(value: int | bytes) -> str:
    """Give a field as text, empty where it is a number."""
    return value.decode(errors="replace") if isinstance(value, bytes) else ""


def field_number(value: int | bytes) -> int:
    """Give a field as number of 32 bits."""
    number = int.from_bytes(value[:4], "little") if isinstance(value, bytes) else value
    return number & 0xFFFFFFFF


def field_bytes(value: int | bytes) -> bytes:
    """Give a field as an inner message, empty where it is a number."""
    return value if isinstance(value, bytes) else b""


def _read_varint(message: bytes, position: int) -> tuple[int, int]:
    value = 0
    for step in range(MAX_VARINT):
        if position >= len(message):
            raise FormatError("proto.truncated")
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << 7 * step
        if byte < 0x80:
            return value, position
    raise FormatError("proto.number")
