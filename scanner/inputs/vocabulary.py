"""Turns the words of a form into the ids that rules and knowledge use."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import profiles
from analyzers.knowledge.personal_types import load_personal_types
from analyzers.knowledge.sdk_names import find_sdk

_FILE = Path(__file__).with_name("vocabulary.toml")
_APP_TYPES = Path(profiles.__file__).parent / "tables" / "app_types.toml"
NO_APP_TYPE = "不属于39类"


class UnknownWord(ValueError):
    """A word of a form is none of those it may be; ``known`` lists them."""

    def __init__(self, word: str, known: tuple[str, ...]) -> None:
        super().__init__(word)
        self.word = word
        self.known = known


@cache
def load_words(table: str) -> dict[str, str]:
    """Read one table of the vocabulary: word to id."""
    return dict(tomllib.loads(_FILE.read_text("utf-8"))[table])


def to_id(table: str, word: str) -> str:
    """Give the id of a word.

    Raises:
        UnknownWord: when the table does not have it.
    """
    words = load_words(table)
    if word.strip() not in words:
        raise UnknownWord(word, tuple(name for name in words if name))
    return words[word.strip()]


def to_flag(word: str) -> bool | None:
    """Give yes, no, or None for an empty answer."""
    return {"yes": True, "no": False, "": None}[to_id("yes_no", word)]


@cache
def _app_types() -> dict[str, str]:
    rows = tomllib.loads(_APP_TYPES.read_text("utf-8"))
    return {str(row["name"]): key for key, row in rows.items()}


def to_app_type(word: str) -> str:
    """Give the id of one of the 39 app types, or an empty string for ``不属于39类``.

    Raises:
        UnknownWord: when there is no such type.
    """
    if word.strip() == NO_APP_TYPE:
        return ""
    types = _app_types()
    if word.strip() not in types:
        raise UnknownWord(word, (*types, NO_APP_TYPE))
    return types[word.strip()]


@cache
def _personal_types() -> dict[str, str]:
    words: dict[str, str] = {}
    types = load_personal_types().values()
    for kind in types:
        for word in kind.words:
            words.setdefault(word.casefold(), kind.id)
    for kind in types:  # full names win over words that several types share
        words[kind.name_zh.casefold()] = kind.id
        words[kind.id] = kind.id
    return words


def to_personal_type(word: str) -> str:
    """Give the id of a personal-information type by id, name or one of its words.

    Raises:
        UnknownWord: when the closed list does not have it.
    """
    found = _personal_types().get(word.strip().casefold())
    if found is None:
        raise UnknownWord(word, tuple(kind.name_zh for kind in load_personal_types().values()))
    return found


def to_sdk(name: str) -> str:
    """Give the catalogue id of an SDK by id or name; the name as written where none is known."""
    return find_sdk(name) or name.strip()


def number_fits(filing: str, number: str) -> bool | None:
    """Tell whether a filing number has its usual form; None where no form is known."""
    pattern = load_words("filing_number").get(filing)
    if pattern is None or not number.strip():
        return None
    return re.fullmatch(pattern, number.strip()[:100]) is not None
