"""Folds a text for comparison: traditional into simplified characters, capitals into small ones."""

from __future__ import annotations

import string
import tomllib
from functools import cache
from pathlib import Path


def fold_text(text: str) -> str:
    """Fold a text; the result has the same length, so places in both are the same."""
    characters, phrases = _load_folding()
    folded = text.translate(characters)
    for old, new in phrases:
        folded = folded.replace(old, new)
    return folded


@cache
def _load_folding() -> tuple[dict[int, int], tuple[tuple[str, str], ...]]:
    table = tomllib.loads(Path(__file__).with_name("folding.toml").read_text("utf-8"))
    characters = str.maketrans(
        string.ascii_uppercase + table["traditional"], string.ascii_lowercase + table["simplified"]
    )
    phrases = tuple((old, new) for old, new in table["phrases"].items() if len(old) == len(new))
    return characters, phrases
