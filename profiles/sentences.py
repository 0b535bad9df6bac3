"""Fill the sentences of a rule with what was found; values are data and are never read again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.model import Fact, Scalar, shorten
from profiles.model import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from profiles.conditions import FactTable, Found

PLACE = re.compile(r"\{([a-z][a-z0-9_-]*)(?:\.([a-z][a-z0-9_-]*))?\}")
"""``{name}``, ``{name.count}``, ``{name.field}``, ``{parameter.x}``, ``{sample.field}``."""
PARTS = re.compile(r"(?:\[\[.*?\]\])+")
"""``[[... {a}]][[... {b}]]``: parts whose places are all filled are kept and joined."""
MAX_LISTED = 5
MAX_VALUE = 80
RESERVED = ("parameter", "sample", "missing")
_NOTHING = {"zh": "无", "en": "none"}
_DEFAULT_PREFIX = "android.permission."


class Filler:
    """Knows the facts behind the places of one sentence pair."""

    def __init__(
        self, table: FactTable, found: Found, missing: Sequence[str], labels: Mapping[str, Text]
    ) -> None:
        self._table = table
        self._found = found
        self._missing = missing
        self._labels = labels
        self._known: dict[tuple[str, str, str], Scalar] = {}

    def fill(self, text: Text) -> Text:
        """Fill both languages."""
        return Text(zh=self._fill(text.zh, "zh"), en=self._fill(text.en, "en"))

    def params(self, text: Text) -> dict[str, Scalar]:
        """Give the filled values of the Chinese sentence by the name of their place."""
        return {
            match[0][1:-1]: self._value(match[1], match[2] or "", "zh")
            for match in PLACE.finditer(text.zh)
        }

    def _fill(self, sentence: str, language: str) -> str:
        """Fill plain text and optional parts piece by piece, so that values are never read again."""
        pieces: list[str] = []
        position = 0
        for run in PARTS.finditer(sentence):
            pieces.append(self._fill_plain(sentence[position : run.start()], language))
            pieces.append(self._fill_parts(run[0], language))
            position = run.end()
        return "".join((*pieces, self._fill_plain(sentence[position:], language)))

    def _fill_plain(self, text: str, language: str) -> str:
        return PLACE.sub(lambda m: str(self._value(m[1], m[2] or "", language)), text)

    def _fill_parts(self, run: str, language: str) -> str:
        kept = [
            self._fill_plain(part, language)
            for part in run[2:-2].split("]][[")
            if all(self._is_filled(match) for match in PLACE.finditer(part))
        ]
        return ("；" if language == "zh" else "; ").join(kept) or (
            "" if _is_aside(run) else _NOTHING[language]
        )

    def _is_filled(self, match: re.Match[str]) -> bool:
        return self._value(match[1], match[2] or "", "zh") not in (_NOTHING["zh"], 0)

    def _value(self, name: str, part: str, language: str) -> Scalar:
        """Give what stands at a place; each is worked out once."""
        key = (name, part, language)
        if key not in self._known:
            self._known[key] = self._work_out(name, part, language)
        return self._known[key]

    def _work_out(self, name: str, part: str, language: str) -> Scalar:
        if name == "parameter":
            wanted = self._table.parameters.get(part)
            return self._list(wanted if isinstance(wanted, list) else [wanted], language)
        if name == "sample":
            return self._word(getattr(self._table.sample, part.replace("-", "_"), ""), language)
        if name == "missing":
            return self._list(list(self._missing), language)
        facts = self._found.get(name, [])
        if part == "count":
            return len(facts)
        return self._list(_values(facts, part), language)

    def _list(self, values: Sequence[object], language: str) -> str:
        given = [value for value in dict.fromkeys(values) if value not in ("", None)]
        words = list(dict.fromkeys(self._word(value, language) for value in given))
        if not words:
            return _NOTHING[language]
        shown, more = words[:MAX_LISTED], len(words) - MAX_LISTED
        if language == "zh":
            return "、".join(shown) + (f" 等 {len(words)} 项" if more > 0 else "")
        return ", ".join(shown) + (f" and {more} more" if more > 0 else "")

    def _word(self, value: object, language: str) -> str:
        if isinstance(value, bool):
            return {"zh": "是" if value else "否", "en": "yes" if value else "no"}[language]
        label = self._labels.get(str(value))
        if label is not None:
            return label.zh if language == "zh" else label.en
        return shorten(str(value).removeprefix(_DEFAULT_PREFIX), MAX_VALUE)


def _is_aside(run: str) -> bool:
    """A part in brackets of its own may vanish; a list of parts says that there is none."""
    return run.startswith(("[[（", "[[ ("))


def _values(facts: Sequence[Fact], field: str) -> list[object]:
    if not field:
        return [fact.subject for fact in facts]
    values: list[object] = []
    for fact in facts:
        value = fact.fields.get(field)
        values.extend(value if isinstance(value, list) else [value])
    return [value for value in values if not isinstance(value, dict)]
