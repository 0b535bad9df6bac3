"""Reads the lines of a run and finds out whether any is missing, doubled or forged.

Each line is a JSON object that ends with a sequence number and a seal (the first 8 bytes of
HMAC-SHA-256 over everything before it, in hex) under a key that only parent and witness know.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import msgspec

SEAL = b',"s":"'
TAIL = 16 + 2  # seal in hex, closing quote and brace
MAX_LINE = 6 << 20


class Message(msgspec.Struct, frozen=True):
    """One line: its kind, the phase and time it was sent in, and its own fields."""

    kind: str
    phase: str
    time: int
    """Milliseconds since the JVM started."""
    number: int
    fields: dict[str, Any]


class Broken(msgspec.Struct, frozen=True):
    """A line that breaks the chain, and how."""

    reason: str
    """``form``, ``seal`` or ``order``."""
    line: str
    """Start of the line."""


class ChannelReader:
    """Checks one start's lines in order."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._next = 0

    def read(self, line: bytes) -> Message | Broken:
        """Read one line without its newline; a broken one does not move the chain."""
        fields = _decode(line)
        cut = line.rfind(SEAL)
        if fields is None or cut < 0 or len(line) - cut - len(SEAL) != TAIL:
            return _broken("form", line)
        seal = hmac.new(self._key, line[:cut], hashlib.sha256).hexdigest()[:16]
        if not hmac.compare_digest(seal.encode(), line[cut + len(SEAL) : cut + len(SEAL) + 16]):
            return _broken("seal", line)
        message = _make_message(fields)
        if message is None:
            return _broken("form", line)
        if message.number != self._next:
            self._next = max(self._next, message.number + 1)
            return _broken("order", line)
        self._next += 1
        return message


def _decode(line: bytes) -> dict[str, Any] | None:
    if len(line) > MAX_LINE:
        return None
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _make_message(fields: dict[str, Any]) -> Message | None:
    kind, phase = fields.pop("k", None), fields.pop("p", None)
    time, number = fields.pop("t", None), fields.pop("n", None)
    fields.pop("s", None)
    if not (isinstance(kind, str) and isinstance(phase, str)):
        return None
    if not (isinstance(time, int) and isinstance(number, int)):
        return None
    return Message(kind, phase, time, number, fields)


def _broken(reason: str, line: bytes) -> Broken:
    return Broken(reason, line[:200].decode("utf-8", "replace"))
