"""Supertypes of the platform's own classes (data: ``framework-types.tsv``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def load_framework_types() -> dict[str, tuple[str, ...]]:
    """Read class → direct supertypes, dotted; classes that extend only Object are left out."""
    text = (Path(__file__).parent / "framework-types.tsv").read_text("utf-8")
    types = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, parent, interfaces = line.split("\t")
            types[name] = (*((parent,) if parent else ()), *interfaces.split())
    return types


@cache
def framework_supertypes(name: str) -> frozenset[str]:
    """Give a platform class with all its supertypes, dotted."""
    known = load_framework_types()
    found, waiting = {name}, [name]
    while waiting:
        for parent in known.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return frozenset(found)
