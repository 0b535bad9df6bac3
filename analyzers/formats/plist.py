"""Property lists: XML and binary by the standard library, the old text form of ``.strings``.

The reader bounds size, depth and number of values, so that an object table which refers to itself
or to the same part many times stays small.
"""

from __future__ import annotations

import plistlib
import re
import struct
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from analyzers.formats.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable

Plain = str | int | float | bool | bytes | datetime | list["Plain"] | dict[str, "Plain"] | None
"""What a property list holds after reading: plain values only."""

PLIST_BYTES = 16 << 20
MAX_DEPTH = 64
MAX_VALUES = 200_000
TRAILER = struct.Struct(">6xBBQQQ")
TEXT_ROW = re.compile(
    r"""(?:"((?:[^"\\]|\\.){1,400})"|([\w.-]{1,200}))\s*=\s*"((?:[^"\\]|\\.){0,4000})"\s*;"""
)
ESCAPE = re.compile(r"\\(?:U([0-9a-fA-F]{4})|(.))", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def read_plist(data: bytes, limit: int = PLIST_BYTES) -> dict[str, Plain]:
    """Read a property list whose top is a dictionary.

    Raises:
        FormatError: too large, damaged, too deep, or the top is something else.
    """
    if len(data) > limit:
        raise FormatError("plist.too-large", size=len(data))
    if data.startswith(b"bplist"):
        _check_table(data)
    try:
        value = plistlib.loads(data)
        plain = _Plain().take(value, 0)
    except FormatError:
        raise
    except (
        ValueError, LookupError, TypeError, AttributeError, OverflowError, EOFError,
        RecursionError, MemoryError, struct.error, ExpatError, OSError,
    ) as error:  # fmt: skip
        raise FormatError("plist.damaged") from error
    if not isinstance(plain, dict):
        raise FormatError("plist.not-a-dictionary")
    return plain


def read_strings(data: bytes) -> dict[str, str]:
    """Read a table of translations (``InfoPlist.strings``) in any of its three forms.

    Raises:
        FormatError: it is none of them.
    """
    if data.startswith((b"bplist", b"<?xml", b"\xef\xbb\xbf<?xml", b"<plist", b"<!DOCTYPE")):
        rows = read_plist(data)
        return {key: value for key, value in rows.items() if isinstance(value, str)}
    if len(data) > PLIST_BYTES:
        raise FormatError("plist.too-large", size=len(data))
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("plist.damaged") from error
    return {
        _unescape(quoted or bare): _unescape(value)
        for quoted, bare, value in TEXT_ROW.findall(text)
    }


def text_of(rows: dict[str, Plain], key: str) -> str:
    """Give a value as text, empty where it is absent or no plain value."""
    value = rows.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def texts_of(rows: dict[str, Plain], key: str) -> list[str]:
    """Give the texts of an array, or the one text that stands in its place."""
    value = rows.get(key)
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def rows_of(rows: dict[str, Plain], key: str) -> list[dict[str, Plain]]:
    """Give the dictionaries of an array."""
    value = rows.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def table_of(rows: dict[str, Plain], key: str) -> dict[str, Plain]:
    """Give a dictionary, empty where it is absent or something else."""
    value = rows.get(key)
    return value if isinstance(value, dict) else {}


class _Plain:
    """Copies what was read into plain values, counting them."""

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def take(self, value: object, depth: int) -> Plain:
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise FormatError("plist.too-many-values")
        if isinstance(value, dict):
            return {
                key: self.take(item, depth + 1)
                for key, item in value.items()
                if isinstance(key, str)
            }
        if isinstance(value, list):
            return self._take_all(value, depth)
        if isinstance(value, datetime):
            return value.replace(tzinfo=value.tzinfo or UTC)
        return value if isinstance(value, str | int | float | bytes) else None

    def _take_all(self, values: Iterable[object], depth: int) -> list[Plain]:
        return [self.take(item, depth + 1) for item in values]


def _check_table(data: bytes) -> None:
    """Refuse an object table that cannot lie in the file, before it is built."""
    if len(data) < TRAILER.size + 8:
        raise FormatError("plist.damaged")
    _, _, objects, _, offset = TRAILER.unpack_from(data, len(data) - TRAILER.size)
    if objects > len(data) or offset > len(data):
        raise FormatError("plist.damaged")


def _unescape(text: str) -> str:
    def turn(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        return ESCAPED.get(match[2], match[2])

    return ESCAPE.sub(turn, text)
