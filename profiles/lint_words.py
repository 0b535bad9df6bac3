"""Are the texts of an item there in both languages, and are its clauses cited as they were seen?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from profiles.finding import Finding
from profiles.sentences import PARTS, PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from profiles.model import Text
    from profiles.rules import CheckItem, Profile

SEEN = ("原文", "部分原文", "译述", "记忆")
TO_BE_CHECKED = "待核对"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLOSED = re.compile(r"[。？！…]$")


def lint_words(item: CheckItem, profile: Profile) -> Iterator[Finding]:
    """List missing or mixed-up texts, unbalanced optional parts, and wrong citations."""
    texts = [("title", item.title), ("question", item.question)]
    texts += [
        ("advice_reviewer", item.advice_reviewer),
        ("advice_developer", item.advice_developer),
    ]
    texts += [(rule.code, rule.reason) for rule in item.rules]
    for place, text in texts:
        yield from _lint_text(item, place, text)
    for rule in item.rules:
        yield from _lint_reason(item, rule.code, rule.reason)
    yield from _lint_clauses(item, profile)


def _lint_text(item: CheckItem, place: str, text: Text) -> Iterator[Finding]:
    if not _HAN.search(text.zh):
        yield _finding(item, "text.zh", f"{place} has no Chinese text")
    if not text.en.strip():
        yield _finding(item, "text.en", f"{place} has no English text")
    elif _HAN.search(text.en):
        yield _finding(item, "text.en", f"{place} has Chinese in its English text")


def _lint_reason(item: CheckItem, place: str, text: Text) -> Iterator[Finding]:
    if not _CLOSED.search(text.zh):
        yield _finding(item, "text.zh", f"{place} does not end as a sentence")
    for sentence in (text.zh, text.en):
        rest = PARTS.sub("", sentence)
        if "[[" in rest or "]]" in rest or "{" in PLACE.sub("", sentence):
            yield _finding(item, "text.parts", f"{place}: brackets do not fit: {sentence:.60}")
    zh, en = ({m[0] for m in PLACE.finditer(s)} for s in (text.zh, text.en))
    if {_root(p) for p in zh} != {_root(p) for p in en}:
        yield _finding(item, "text.places", f"{place}: the languages show different facts")


def _root(place: str) -> str:
    """Names of the same thing in two languages count as one (``name_zh``, ``name_en``)."""
    return place.strip("{}").removesuffix("_zh").removesuffix("_en")


def _lint_clauses(item: CheckItem, profile: Profile) -> Iterator[Finding]:
    if not item.clauses:
        yield _finding(item, "clause.none", "the item names no clause")
    for clause in item.clauses:
        place = f"{clause.document} {clause.article}"
        if clause.document not in profile.documents:
            yield _finding(item, "clause.document", place)
        if clause.seen not in SEEN:
            yield _finding(item, "clause.seen", f"{place}: {clause.seen}")
        if clause.quote and clause.seen != "原文":
            yield _finding(item, "clause.quote", f"{place} is {clause.seen} and must not be quoted")
    from_memory = item.clauses and all(c.seen == "记忆" for c in item.clauses)
    if from_memory and TO_BE_CHECKED not in item.title.zh:
        yield _finding(item, "clause.memory", f"the title must say {TO_BE_CHECKED}")


def _finding(item: CheckItem, code: str, detail: str) -> Finding:
    return Finding(item=item.id, code=code, detail=detail)
