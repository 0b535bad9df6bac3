"""Finds the personal-information types a policy names, collected or denied."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from analyzers.content.folding import fold_text
from analyzers.content.policy_words import has_word, load_policy_words
from analyzers.knowledge.personal_types import load_personal_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzers.content.policy_sentences import Sentence

_CLAUSE = re.compile(r"[，,]|(?<=\w)\s(?=but\s)")
_CELL = re.compile(r"[|｜\t]")
_COLON = re.compile(r"[：:]")
_EDGE = frozenset('、，,和及或与等（）()：:｜|／/“”"—-·；;* ')
_REACH = 12
"""Characters before a type in which a word of needing it may stand."""


class NamedType(msgspec.Struct, frozen=True):
    """A personal-information type the policy names."""

    type: str
    sentence: str
    purpose: bool
    denied: bool


class _Reader:
    """Carries from sentence to sentence whether the text speaks of collecting."""

    def __init__(self) -> None:
        self.line = -1
        self.collects = False

    def read(self, sentence: Sentence) -> Iterator[NamedType]:
        collect = load_policy_words()["collect"]
        if sentence.line != self.line:
            self.line, self.collects = sentence.line, False
        if has_word(sentence.folded, collect["mentions"]):
            return
        self.collects = self.collects or has_word(sentence.folded, collect["whole"])
        opens = sentence.section in collect["sections"]
        purpose = has_word(sentence.folded, collect["purposes"])
        denied = False
        for clause in _CLAUSE.split(_pick_cell(sentence)):
            verb = has_word(clause, collect["verbs"])
            denied = has_word(clause, collect["denials"]) or (
                denied and not verb and clause.isascii()
            )
            asks = verb and not denied
            self.collects = self.collects or asks
            if has_word(clause, collect["asides"]) and not denied:
                continue
            label = sentence.column >= 0 or (sentence.section != "contact" and _is_label(clause))
            taking = (opens or self.collects or label) and "不" not in clause
            for type_id, start in _find_places(clause):
                needed = _is_needed(clause, start)
                if denied or taking or needed:
                    yield NamedType(
                        type=type_id,
                        sentence=sentence.text,
                        purpose=(purpose or label or needed) and not denied,
                        denied=denied,
                    )


def find_types(sentences: Sequence[Sentence]) -> Iterator[NamedType]:
    """Give each type once; collected outweighs denied, with a purpose outweighs without.

    A sentence is read clause by clause: a type is collected where its clause, one before it in
    the paragraph or the heading says so, and denied where its clause denies.
    """
    found: dict[str, NamedType] = {}
    reader = _Reader()
    for sentence in sentences:
        for named in reader.read(sentence):
            if _says_more(named, found.get(named.type)):
                found[named.type] = named
    yield from found.values()


def _says_more(new: NamedType, old: NamedType | None) -> bool:
    if old is None or (old.denied and not new.denied):
        return True
    return new.purpose and not old.purpose and new.denied == old.denied


def _pick_cell(sentence: Sentence) -> str:
    """Give the part of a sentence that names types: in a table one cell, in a list the label."""
    if sentence.column >= 0:
        cells = _CELL.split(sentence.folded)
        return cells[min(sentence.column, len(cells) - 1)]
    return sentence.folded


def _is_label(clause: str) -> bool:
    """Tell whether a clause is ``type：purpose`` or ``purpose：type``."""
    label, colon, rest = clause.partition("：")
    if not colon:
        label, colon, rest = clause.partition(": ")
    if not colon or len(label) > 24:
        return False
    in_label = any(True for _ in _find_places(label))
    return in_label or any(start <= 2 for _, start in _find_places(rest.strip()))


def _is_needed(clause: str, start: int) -> bool:
    """Tell whether just before a type stands that it is needed, taken or looked at."""
    before = clause[max(0, start - _REACH) : start]
    near = load_policy_words()["collect"]
    return has_word(before, near["near"]) and not has_word(before, near["near_not"])


def find_type_words(sentence: str) -> list[str]:
    """Give the types whose words stand in a sentence; a longer word hides a shorter one in it."""
    return list(dict.fromkeys(type_id for type_id, _ in _find_places(fold_text(sentence))))


def _find_places(folded: str) -> Iterator[tuple[str, int]]:
    """Give each type word with its place; ambiguous words only where they are named as things."""
    pattern, types = _load_pattern()
    ambiguous = load_policy_words()["ambiguous"]
    for match in pattern.finditer(folded):
        word = match[0]
        if word in ambiguous["words"] and not _stands_alone(folded, match.start(), match.end()):
            continue
        for type_id in types.get(word, types.get(word.removesuffix("s"), [])):
            yield type_id, match.start()


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether an ambiguous word is a thing: a permission, or one item of a list of things."""
    ambiguous = load_policy_words()["ambiguous"]
    if "权限" in folded:
        return True
    if has_word(folded[max(0, start - 4) : end + 4], ambiguous["acts"]):
        return False
    if has_word(folded[max(0, start - 5) : start], ambiguous["taken"]):
        return True
    first = start == 0 or folded[start - 1] in _EDGE
    last = end == len(folded) or folded[end] in _EDGE
    return first and last


@cache
def _load_pattern() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    types: dict[str, list[str]] = {}
    more = load_policy_words()["types"]
    for kind in load_personal_types().values():
        for word in (*kind.words, *more.get(kind.id, ())):
            rows = types.setdefault(fold_text(word), [])
            if kind.id not in rows:
                rows.append(kind.id)
    for word in load_policy_words()["innocent"]["words"]:
        types[word] = []
    words = sorted(types, key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    other = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"(?<![a-z0-9])(?:{latin})s?(?![a-z0-9])|(?:{other})"), types
