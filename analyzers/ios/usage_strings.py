"""Judging a usage string: empty, placeholder, not Chinese, without a purpose."""

from __future__ import annotations

import re

from analyzers.ios.tables import load_words

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
NOISE = re.compile(r"[\W_]+")
SHORTEST = 4
"""Characters below which a text cannot say what for."""


def is_chinese(text: str) -> bool:
    """Tell whether a text has Chinese characters."""
    return CHINESE.search(text) is not None


def rate_text(text: str, others: list[str]) -> str:
    """Give the state of a usage string.

    Args:
        text: What users of Chinese phones read.
        others: The strings of the keys that open something else.
    """
    words = load_words()
    bare = NOISE.sub("", text).lower()
    if not bare and not any(mark in text for mark in words.unfilled):
        return "empty"
    unfilled = any(mark in text for mark in words.unfilled)
    if unfilled or bare in words.placeholders or len(bare) < SHORTEST:
        return "placeholder"
    if not is_chinese(text):
        return "not_chinese"
    if text in others:
        return "repeated"
    return "stated" if any(word in text for word in words.purposes) else "no_purpose"
