r"""Patterns of rule files: a small part of regular expressions that cannot backtrack badly.

Allowed are literals, ``.``, character classes, ``\d \w \s`` and their like, and quantifiers on
single characters, at most one of them without an upper bound. Groups, alternatives, look-around
and back references are refused; several patterns are written as several conditions.
"""

from __future__ import annotations

import re
from functools import cache

MAX_PATTERN = 200
MAX_TEXT = 2000
_ATOM = r"(?:\\[dDwWsS.\-+*?()\[\]{}^$|/\\]|\[\^?(?:\\.|[^\]\\])+\]|\.|[^\\\[\](){}|*+?^$])"
_TOKEN = re.compile(rf"(?P<atom>{_ATOM})(?P<quantifier>[*+?]|\{{\d{{1,3}}(?:,\d{{0,3}})?\}})?")
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")


class PatternError(ValueError):
    """The pattern is outside the safe part of the language."""


@cache
def make_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern after checking that matching it takes linear time.

    Raises:
        PatternError: the pattern is too long, not understood, or could backtrack.
    """
    if not isinstance(text, str) or len(text) > MAX_PATTERN:
        raise PatternError(f"a pattern must be text of at most {MAX_PATTERN} characters")
    position = unbounded = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise PatternError(f"pattern {text!r}: {text[position]!r} is not allowed at {position}")
        unbounded += bool(_UNBOUNDED.fullmatch(token["quantifier"] or ""))
        position = token.end()
    if unbounded > 1:
        raise PatternError(f"pattern {text!r}: more than one unbounded repetition")
    try:
        return re.compile(text, re.DOTALL)
    except re.error as error:
        raise PatternError(f"pattern {text!r}: {error}") from error


def matches_whole(pattern: str, text: str) -> bool:
    """Tell whether the pattern covers the whole text; texts are cut at 2,000 characters."""
    return make_pattern(pattern).fullmatch(text[:MAX_TEXT]) is not None
