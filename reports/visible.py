r"""Makes every character of foreign text visible: what cannot be seen is shown as an escape.

Used for everything a report prints. Control characters, bidirectional overrides, zero-width
characters, odd blanks, private-use and unpaired surrogate code points become ``\u{XXXX}``; a
pile of combining marks is escaped after the third; a line break becomes ``⏎``. Unicode Standard 4.5 (general category) and
UAX #9 (bidirectional formatting) name the classes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypeVar

import msgspec

from analyzers.model import shorten

_S = TypeVar("_S", bound=msgspec.Struct)

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and symbols by category that print nothing."""
NEW_LINE = " ⏎ "
"""How a line break inside a value is shown."""
LONGEST = 2400
"""Characters of a string that a report prints (an RSA-8192 key in hex fits); JSON holds all."""
_KEPT_SPACES = frozenset(" \u3000")
_MARKS_ALLOWED = 3
_PLAIN = re.compile(r"[\x20-\x7e\u3000-\u3029\u3400-\u9fff\uff01-\uff5e·—…“”]*")
"""Printable ASCII, CJK and its punctuation: text that needs no look at each character."""


def visible(text: str) -> str:
    """Give the text with every hidden character as an escape; a second call changes nothing."""
    if _PLAIN.fullmatch(text):
        return text
    text = text.replace("\r\n", "\n").replace("\n", NEW_LINE)
    shown: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        hidden = is_hidden(character) or marks > _MARKS_ALLOWED
        shown.append(f"\\u{{{ord(character):04X}}}" if hidden else character)
    return "".join(shown)


@lru_cache(maxsize=4096)
def is_hidden(character: str) -> bool:
    """Tell whether a character prints nothing, reorders its neighbours, or has no meaning."""
    if character in _KEPT_SPACES:
        return False
    category = unicodedata.category(character)
    return category in _HIDDEN or category == "Zs" or character in _BLANKS


def show(value: _S) -> _S:
    """Make every string of a struct visible: the one place all foreign text of a report passes."""
    return msgspec.convert(_show(msgspec.to_builtins(value)), type(value))


def _show(value: object) -> object:
    if isinstance(value, str):
        return visible(shorten(value, LONGEST))
    if isinstance(value, dict):
        return {key: _show(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_show(item) for item in value]
    return value
