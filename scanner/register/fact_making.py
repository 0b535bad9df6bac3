"""Makes one fact from a row of the register, with the row as its evidence."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.model import Confidence, Evidence, Fact, Location, Value, make_fact

if TYPE_CHECKING:
    from scanner.register.records import Record

ANALYZER = "register"


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Read how words of the register become subjects and values of facts."""
    return tomllib.loads(Path(__file__).with_name("facts.toml").read_text("utf-8"))


def word(table: str, text: str) -> str:
    """Give the fact's word for one of the register; the text itself where none is known."""
    return load_words()[table].get(text, text)


def fact(kind: str, subject: str, row: Record, **fields: Value) -> Fact:
    """Make a fact whose evidence is a row."""
    place = Location(file="register", place=row.ref)
    excerpt = row.text("number") or row.label
    return make_fact(
        kind, subject, analyzer=ANALYZER,
        evidence=[Evidence(location=place, excerpt=excerpt[:400])],
        confidence=Confidence.CERTAIN, **fields,
    )  # fmt: skip
