"""File name patterns of the catalogue: ``*`` stands for anything but a slash."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@cache
def make_pattern(pattern: str) -> re.Pattern[str]:
    """Compile one pattern; matching ignores case, as packers change it."""
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.compile("[^/]*".join(parts), re.IGNORECASE)


def find_name(pattern: str, lowered: Mapping[str, str]) -> str | None:
    """Find the first name that a pattern matches.

    Args:
        pattern: exact name, or one with ``*``; a trailing slash means a folder.
        lowered: names in lower case -> names as they stand.
    """
    if pattern.endswith("/"):
        start = pattern.lower()
        return next((real for low, real in lowered.items() if low.startswith(start)), None)
    if "*" not in pattern:
        return lowered.get(pattern.lower())
    compiled = make_pattern(pattern)
    return next((real for low, real in lowered.items() if compiled.fullmatch(low)), None)


def make_lowered(names: Iterable[str]) -> dict[str, str]:
    """Map names in lower case to the names; the first of equals stays."""
    lowered: dict[str, str] = {}
    for name in names:
        lowered.setdefault(name.lower(), name)
    return lowered
