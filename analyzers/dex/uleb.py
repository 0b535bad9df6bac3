"""Variable-length numbers (LEB128) read one at a time; the tables read them in bulk instead."""

from __future__ import annotations


def read_uleb(raw: bytes, at: int) -> tuple[int, int]:
    """Give an unsigned number and the offset after it; reading past the end gives zero digits."""
    value, shift = 0, 0
    while shift < 35:
        byte = raw[at] if at < len(raw) else 0
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            break
    return value & 0xFFFFFFFF, at


def read_sleb(raw: bytes, at: int) -> tuple[int, int]:
    """Give a signed number and the offset after it."""
    value, shift, byte = 0, 0, 0
    while shift < 35:
        byte = raw[at] if at < len(raw) else 0
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            break
    return (value - (1 << shift) if byte & 0x40 else value), at
