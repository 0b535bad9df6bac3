"""Counting classes under package prefixes: longest prefix wins, at name boundaries only.

The classes are sorted, so each prefix is three ranges found by bisection (``p`` itself, ``p.…``
and ``p$…``); what lies under a longer prefix is taken away from the shorter one. 1,500 prefixes
over 15,000 classes cost some milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class PrefixHit(msgspec.Struct, frozen=True):
    """The classes found under one prefix."""

    prefix: str
    count: int
    """Classes whose longest known prefix this is."""
    total: int
    """All classes under it."""
    example: str
    """First class of the range, for evidence."""


def count_prefixes(classes: Sequence[str], prefixes: Iterable[str]) -> dict[str, PrefixHit]:
    """Count classes under prefixes.

    Args:
        classes: dotted names, sorted by code point.
        prefixes: dotted package or class prefixes, no trailing dot.

    Returns:
        Only prefixes under which something lies.
    """
    totals: dict[str, int] = {}
    examples: dict[str, str] = {}
    for prefix in prefixes:
        total, example = _count_one(classes, prefix)
        if total:
            totals[prefix] = total
            examples[prefix] = example
    own = dict(totals)
    for prefix, total in totals.items():
        parent = _parent_of(prefix, totals)
        if parent is not None:
            own[parent] -= total
    return {p: PrefixHit(p, own[p], total, examples[p]) for p, total in totals.items()}


def _count_one(classes: Sequence[str], prefix: str) -> tuple[int, str]:
    total, example = 0, ""
    at = bisect_left(classes, prefix)
    first = classes[at] if at < len(classes) else ""
    if not first.startswith(prefix):
        return 0, ""
    if first == prefix:
        total, example = 1, prefix
    for low, high in ((prefix + ".", prefix + "/"), (prefix + "$", prefix + "%")):
        start = bisect_left(classes, low, lo=at)
        if start < len(classes) and classes[start] < high:
            total += bisect_left(classes, high, lo=start) - start
            example = example or classes[start]
    return total, example


def _parent_of(prefix: str, known: dict[str, int]) -> str | None:
    end = max(prefix.rfind("."), prefix.rfind("$"))
    while end > 0:
        if prefix[:end] in known:
            return prefix[:end]
        end = max(prefix.rfind(".", 0, end), prefix.rfind("$", 0, end))
    return None
