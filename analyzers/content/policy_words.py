"""The words by which policies are read, and how a sentence is compared with them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_DURATION = re.compile(
    r"(?:[0-9]{1,4}|[一二三四五六七八九十百两半]{1,4})\s?(?:个)?(?:工作)?"
    r"(?:天|日|月|年|周|学期|小时)"
    r"|(?:[0-9]{1,4}|one|two|three|six|seven|ten|twelve|thirty|a)\s"
    r"(?:school |calendar |working )?(?:hour|day|week|month|year|term|semester)"
)
_FOR = re.compile(r"(?:^|[，,。；;：:、）)｜|\s]|我们)为(?![准止限由主期])")
_PATTERNS = {"@duration": _DURATION, "@for": _FOR}


@cache
def load_policy_words() -> dict[str, Any]:
    """Read the words; ``@class`` in a list stands for the words of that class."""
    path = Path(__file__).with_name("policy_words.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    return {key: _expand(value, table["classes"]) for key, value in table.items()}


def _expand(value: object, classes: dict[str, list[str]]) -> object:
    if isinstance(value, dict):
        return {key: _expand(inner, classes) for key, inner in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [word for item in value for word in classes.get(item.removeprefix("@"), [item])]
    if isinstance(value, list):
        return [_expand(inner, classes) for inner in value]
    return value


def has_word(folded: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words, or of the patterns ``@…``, stands in a folded text."""
    return any(
        _PATTERNS[word].search(folded) is not None if word in _PATTERNS else word in folded
        for word in words
    )


def states(folded: str, section: str, words: dict[str, Any]) -> bool:
    """Tell whether a sentence states an element, by one of its ways, in the section it stands in.

    Args:
        folded: the folded sentence.
        section: what the heading above it is about, or empty.
        words: ``ways``, ``here`` (enough under a heading of ``section``), ``not``, ``mask``.
    """
    for word in words.get("mask", ()):
        folded = folded.replace(word, "□")
    if has_word(folded, words.get("not", ())):
        return False
    ways = list(words["ways"])
    if section and section in words.get("section", ()):
        ways += words.get("here", [])
    return any(all(has_word(folded, group) for group in way) for way in ways)
