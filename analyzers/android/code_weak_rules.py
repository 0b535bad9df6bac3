"""The weaknesses and their tables (data: ``knowledge/weaknesses/weaknesses.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import analyzers.knowledge


class Weakness(msgspec.Struct, frozen=True):
    """One weakness the bytecode can show."""

    cwe: str
    masvs: str
    confidence: str
    """Confidence of the detection: certain, likely or possible."""
    doc: str


@cache
def load_weaknesses() -> dict[str, Weakness]:
    """Give the weaknesses by id."""
    return msgspec.convert(load_tables()["weakness"], dict[str, Weakness])


@cache
def load_tables() -> dict[str, Any]:
    """Give the whole data file."""
    folder = Path(analyzers.knowledge.__file__).parent / "weaknesses"
    return tomllib.loads((folder / "weaknesses.toml").read_text("utf-8"))


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """Give a pattern of the data file, compiled."""
    value: Any = load_tables()
    for name in path:
        value = value[name]
    return re.compile(value)


class Finding(msgspec.Struct, frozen=True):
    """One place that shows a weakness."""

    weakness: str
    item: int
    """Code item; -1 where the place is no code."""
    at: int
    """Unit in the body."""
    detail: str
    """What exactly, redacted."""
    place: str = ""
    """Component or field, where the place is no code."""
