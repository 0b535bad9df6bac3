"""Tells whether a text is a privacy policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.content.folding import fold_text
from analyzers.content.policy_words import has_word, load_policy_words

if TYPE_CHECKING:
    from collections.abc import Collection

MIN_TEXT = 120
MAX_TITLE = 80
LONG = 400
"""Characters from which a text without a title may be a policy."""
UNTITLED = 7
"""Elements that a text without a title has to state."""
LINES = 3
_SENTENCE = re.compile(r"[。！!]|(?<=[a-z])\.\s")
_REFERENCE = re.compile(r"(?<=.)《[^》]{1,40}》")
"""A document named inside a sentence: the text points to it and is not it."""


def may_be_policy(text: str) -> bool:
    """Tell at little cost whether a text is worth reading as a policy."""
    if len(text) < MIN_TEXT:
        return False
    words = load_policy_words()["title"]
    return has_word(fold_text(text[: LONG if len(text) < LONG else 20_000]), words["hints"])


def says_it_is_policy(text: str, elements: Collection[str]) -> bool:
    """Tell whether a text is a policy by its title, its voice and what it states.

    Args:
        text: the whole text.
        elements: names of the elements found in it.
    """
    words = load_policy_words()["title"]
    folded = fold_text(text[:4000])
    lines = [line.strip() for line in folded.splitlines() if line.strip()][:LINES]
    if len(text) < MIN_TEXT or not lines:
        return False
    lines = [_REFERENCE.sub("", line) for line in lines]
    title = _SENTENCE.split(lines[0], maxsplit=1)[0][:MAX_TITLE]
    sure = has_word(title, words["surely"])
    if not sure and has_word(title, (*words["others"], *words["topics"])):
        return False
    voiced = sure or has_word(folded, words["voice"])
    if has_word(title, words["never"]) or not voiced:
        return False
    rules = "collection_rules" in elements
    if has_word(title, words["words"]) or has_word(title, words["nouns"]):
        return rules or len(elements) >= 3
    if has_word(" ".join(lines)[: MAX_TITLE * 2], words["words"]):
        return rules and len(elements) >= 3
    return rules and len(text) >= LONG and len(elements) >= UNTITLED
