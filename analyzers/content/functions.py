"""Hints of functions and form fields from the texts a user sees."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.content.folding import fold_text
from analyzers.content.texts import (
    AppText,
    read_code_texts,
    read_page_texts,
    read_resource_texts,
)
from analyzers.model import Confidence, Evidence, Location, make_fact, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "content.functions"
LABEL = 24
"""Characters of a text that still looks like a label, a button or a title."""
MAX_PLACES = 6


class Hint(msgspec.Struct, frozen=True):
    """A function or form field, with the words and texts that point to it."""

    name: str
    words: tuple[str, ...]
    texts: tuple[AppText, ...]


@cache
def load_words() -> dict[str, Any]:
    """Read the words of functions and fields."""
    path = Path(__file__).with_name("function_words.toml")
    return tomllib.loads(path.read_text("utf-8"))


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State hints; a hint says that words are there, never that a function is offered."""
    texts = [
        *read_resource_texts(package),
        *_lines(read_page_texts(package)),
        *read_code_texts(package),
    ]
    for hint in find_functions(texts):
        yield _make(hint, "app.function.hint")
    for hint in find_fields(texts):
        yield _make(hint, "app.form.field", type=str(load_words()["fields"][hint.name]["type"]))


def _make(hint: Hint, kind: str, **fields: str) -> Fact:
    evidence = [
        Evidence(location=Location(file=text.file, place=text.place), excerpt=shorten(text.text))
        for text in hint.texts[:MAX_PLACES]
    ]
    first = hint.texts[0]
    return make_fact(
        kind,
        hint.name,
        analyzer=ID,
        evidence=evidence,
        confidence=Confidence.POSSIBLE,
        words=list(hint.words),
        place=f"{first.file}:{first.place}" if first.place else first.file,
        **fields,
    )


def _lines(texts: Iterable[AppText]) -> Iterator[AppText]:
    """Give the lines of pages, each as a text of its own."""
    for text in texts:
        for line in text.text.replace("｜", "\n").splitlines():
            if line.strip():
                yield AppText(file=text.file, place=text.place, text=line.strip())


def find_functions(texts: Iterable[AppText]) -> Iterator[Hint]:
    """Give the functions that short texts name, in the order of the word file."""
    labels = _fold_labels(texts)
    topics = load_words()["topics"]["words"]
    for name, words in load_words()["functions"].items():
        hits: dict[str, AppText] = {}
        for folded, text in labels:
            word = next((word for word in words["words"] if _stands_in(word, folded)), None)
            if word is None and folded in words.get("exact", ()):
                word = folded
            if word and not any(other in folded for other in (*words["not"], *topics)):
                hits.setdefault(word, text)
        if hits:
            yield Hint(name=name, words=tuple(hits), texts=tuple(hits.values()))


def find_fields(texts: Iterable[AppText]) -> Iterator[Hint]:
    """Give the fields a user is asked to fill in: the field's word beside a word of asking."""
    form = load_words()["form"]
    labels = _fold_labels(texts)
    for name, words in load_words()["fields"].items():
        hits: dict[str, AppText] = {}
        for folded, text in labels:
            word = next((word for word in words["words"] if word in folded), None)
            if word and _asks(folded, word, form, words):
                hits.setdefault(word, text)
        if hits:
            yield Hint(name=name, words=tuple(hits), texts=tuple(hits.values()))


def _fold_labels(texts: Iterable[AppText]) -> list[tuple[str, AppText]]:
    """Give the texts that look like labels, folded for comparison, beside themselves."""
    return [
        (fold_text(text.text.strip()), text)
        for text in texts
        if len(text.text) <= (LABEL * 2 if text.text.isascii() else LABEL)
    ]


def _stands_in(word: str, folded: str) -> bool:
    """Tell whether a word, or both words of ``a+b``, stand in a folded text."""
    return all(part in folded for part in word.split("+"))


def _asks(text: str, word: str, form: dict[str, list[str]], words: dict[str, Any]) -> bool:
    """Tell whether a text asks for what the word names, or is nothing but the word.

    Whose it is may stand before it (``收货人姓名``), what of it behind (``监护人联系电话``).
    """
    before, _, after = (part.strip() for part in text.partition(word))
    if not after and (not before or before.endswith(tuple(form["owners"]))):
        return bool(before) or word not in words.get("weak", ())
    if not before and after in words.get("parts", ()):
        return True
    return any(ask in before for ask in form["before"]) or any(
        after.startswith(mark) or mark in after[:8] for mark in form["after"]
    )
