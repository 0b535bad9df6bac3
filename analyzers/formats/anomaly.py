"""A departure from what ordinary tools write, noted while reading as Android reads."""

from __future__ import annotations

from collections import Counter

import msgspec


class Anomaly(msgspec.Struct, frozen=True):
    """One kind of departure in one file."""

    code: str
    """Such as ``duplicate-name``."""
    where: str = ""
    """The first entry or place that shows it; empty for the whole file."""
    count: int = 1
    """How many entries or places show it."""


class AnomalyLog:
    """Collects departures: per code the first place and a count, so hostile files stay small."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._count: Counter[str] = Counter()

    def add(self, code: str, where: str = "") -> None:
        """Note one departure."""
        self._first.setdefault(code, where)
        self._count[code] += 1

    def list(self) -> tuple[Anomaly, ...]:
        """Give what was noted so far, in order of first sight."""
        return tuple(Anomaly(code, where, self._count[code]) for code, where in self._first.items())
