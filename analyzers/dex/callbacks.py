"""The rules of ``callbacks.toml``, matched against what the files name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.hashing import hash_name

if TYPE_CHECKING:
    from analyzers.dex.arrays import Hashes, Ints
    from analyzers.dex.matching import Matcher


@dataclass(frozen=True)
class StartRule:
    """Calls that let callbacks run without the user."""

    owner: str
    names: tuple[str, ...]
    runs: tuple[str, ...]
    outside: bool = False
    """Something outside the app decides whether they run."""


@dataclass(frozen=True)
class CallbackRules:
    """All rules of the data file."""

    starts: tuple[StartRule, ...]
    lives: tuple[StartRule, ...]
    components: dict[str, tuple[str, ...]]
    """Role of a component → names of the calls that start one."""
    layouts: dict[str, tuple[str, ...]]
    """Class → methods that make views from a layout."""
    entries: dict[str, tuple[str, ...]]
    """Role of a component → methods the platform calls when it starts."""
    user: frozenset[str]
    """Names of methods that run only because of the user."""


@cache
def load_callbacks() -> CallbackRules:
    """Read the data file that lies beside this module."""
    data = tomllib.loads((Path(__file__).parent / "callbacks.toml").read_text("utf-8"))
    return CallbackRules(
        starts=tuple(
            StartRule(
                row["class"], tuple(row["names"]), tuple(row["runs"]), row.get("outside", False)
            )
            for row in data["starts"]
        ),
        lives=tuple(StartRule(row["class"], (), tuple(row["runs"])) for row in data["lives"]),
        components={role: tuple(names) for role, names in data["components"].items()},
        layouts={owner: tuple(names) for owner, names in data["layouts"].items()},
        entries={role: tuple(names) for role, names in data["entries"].items()},
        user=frozenset(data["user"]["names"]),
    )


@cache
def hash_set(names: tuple[str, ...] | frozenset[str]) -> Hashes:
    """Hash a set of member names, sorted."""
    return np.sort(np.array([hash_name(name) for name in names], np.uint64))


def match_starts(matcher: Matcher) -> Ints:
    """Give, for each method number, a bit set of the start rules it fires (as indices list).

    Shape (n, 2): method number, rule number; sorted by method.
    """
    pairs = []
    for number, rule in enumerate(load_callbacks().starts):
        for name in rule.names:
            found = matcher.methods(rule.owner, name) + matcher.library(rule.owner, name)
            pairs += [(method, number) for method in found]
    return np.array(sorted(set(pairs)), np.int32).reshape(-1, 2)


def match_layouts(matcher: Matcher) -> frozenset[int]:
    """Give the method numbers that make views from a layout."""
    return frozenset(
        method
        for owner, names in load_callbacks().layouts.items()
        for name in names
        for method in matcher.methods(owner, name)
    )
