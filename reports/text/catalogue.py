"""Loads the text of one language: labels, words, fact sentences, limitation sentences.

Files of ``reports/text/<lang>/``, one per room: ``labels.toml`` (nested tables, addressed with
dots), ``words*.toml`` (one table per closed list), ``facts-*.toml`` (one table per fact kind with
``title`` and ``sentence``) and ``limitations-*.toml`` (code = sentence).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from analyzers.model import shorten
from reports.sentences import fill, fill_plain

_T = TypeVar("_T")
LANGUAGES = ("zh", "en")
TOLD = 240
"""Characters of a value that a sentence prints."""
TEXT_ROOT = Path(__file__).parent


class TextError(ValueError):
    """A text file breaks the format, or a language is unknown; the message says which and where."""


class FactText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of fact is told."""

    title: str
    """Name of the kind, as a heading."""
    sentence: str
    """Template with ``{subject}`` and the fields of the kind; see ``reports.sentences``."""
    words: dict[str, str] = {}
    """Field (or ``subject``) to the table of words its values are told by; a field whose name is
    a table needs no entry."""


class Catalogue(msgspec.Struct, frozen=True):
    """Everything a report says in one language that does not come from facts or rules."""

    lang: str
    labels: dict[str, str]
    words: dict[str, dict[str, str]]
    facts: dict[str, FactText]
    limitations: dict[str, str]

    def label(self, key: str, **params: object) -> str:
        """Give a label, its ``{name}`` places filled.

        Raises:
            TextError: when the label is not in the file: a programming error, found by the tests.
        """
        try:
            return fill_plain(self.labels[key], params)
        except KeyError as error:
            raise TextError(f"{self.lang}: no label {key}") from error

    def word(self, table: str, value: object) -> str:
        """Give the word of a closed list's value; the value itself where none is known."""
        return self.words.get(table, {}).get(str(value), str(value))

    def limitation(self, code: str, params: dict[str, Any]) -> str:
        """Give a limitation's sentence; code and parameters where no sentence is known."""
        told = {name: self.told(name, value) for name, value in params.items()}
        if template := self.limitations.get(code):
            return fill_plain(template, told)
        stated = ", ".join(f"{name}={value}" for name, value in sorted(told.items()))
        return f"{code} ({stated})" if stated else code

    def fact(self, kind: str, subject: str, fields: dict[str, Any]) -> str:
        """Give a fact's sentence; subject and fields where the kind has none."""
        text = self.facts.get(kind)
        tables = text.words if text else {}
        told = {name: self.told(tables.get(name, name), value) for name, value in fields.items()}
        if text:
            shown = self.told(tables.get("subject", ""), subject)
            return fill(text.sentence, {"subject": shown, **told})
        return f"{subject} " + ", ".join(f"{name}={value}" for name, value in told.items())

    def told(self, table: str, value: object) -> str | int | float | bool | None:
        """Give a value as people read it: words of the table, if there is one; lists joined."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, list):
            separator = self.labels["list.separator"]
            return separator.join(str(self.told(table, item)) for item in value)
        if isinstance(value, dict):
            return ", ".join(f"{key}={item}" for key, item in value.items())
        if table in self.words:
            return self.word(table, value)
        return value if isinstance(value, (int, float)) else shorten(str(value), TOLD)


@cache
def load_text(lang: str) -> Catalogue:
    """Read all text of a language, ``zh`` or ``en``.

    Raises:
        TextError: unknown language, broken file, or a key stated by two files.
    """
    if lang not in LANGUAGES:
        raise TextError(f"unknown language {lang}; there are {', '.join(LANGUAGES)}")
    folder = TEXT_ROOT / lang
    facts = _read_rows(folder, "facts-*.toml")
    return Catalogue(
        lang=lang,
        labels=_flatten(_read_table(folder / "labels.toml")),
        words=_convert(_read_rows(folder, "words*.toml"), dict[str, str], f"{lang}/words*.toml"),
        facts=_convert(facts, FactText, f"{lang}/facts-*.toml"),
        limitations=_convert(
            _read_rows(folder, "limitations-*.toml"), str, f"{lang}/limitations-*.toml"
        ),
    )


def _convert(rows: dict[str, Any], wanted: type[_T], place: str) -> dict[str, _T]:
    try:
        return msgspec.convert(rows, dict[str, wanted])  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise TextError(f"{place}: {error}") from error


def _read_table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TextError(f"{path.parent.name}/{path.name}: {error}") from error


def _read_rows(folder: Path, pattern: str) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for path in sorted(folder.glob(pattern)):
        for key, value in _read_table(path).items():
            if key in rows:
                raise TextError(f"{folder.name}/{path.name}: {key} is stated twice")
            rows[key] = value
    return rows


def _flatten(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat
