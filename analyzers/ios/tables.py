"""The tables of this folder: usage keys, APIs, required reasons, words of usage strings."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


class UsageKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One usage key of Info.plist."""

    group: str
    name_zh: str
    types: tuple[str, ...]
    line: str
    """Checklist item, empty where none."""


class ApiRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to reach personal information."""

    group: str
    type: str
    line: str
    weight: str
    usage: tuple[str, ...]
    """Usage keys of which one must be there."""
    classes: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Class names that are looked up by name at run time."""


class ReasonRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One category of required-reason APIs."""

    reasons: tuple[str, ...]
    functions: tuple[str, ...]
    constants: tuple[str, ...]
    selectors: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that judge a usage string."""

    placeholders: frozenset[str]
    unfilled: tuple[str, ...]
    purposes: tuple[str, ...]


class PlistRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of background modes, entitlements and declared data."""

    background: dict[str, tuple[str, ...]]
    entitlements: dict[str, tuple[str, ...]]
    collected: dict[str, tuple[str, ...]]


@cache
def load_usage_keys() -> dict[str, UsageKey]:
    """Load usage keys by name."""
    return _load("usage_keys", dict[str, UsageKey])


@cache
def load_ios_apis() -> dict[str, ApiRow]:
    """Load API rows by id."""
    return _load("apis", dict[str, ApiRow])


@cache
def load_reasons() -> dict[str, ReasonRow]:
    """Load the required-reason categories by name."""
    return _load("required_reasons", dict[str, ReasonRow])


@cache
def load_words() -> Words:
    """Load the words that judge usage strings."""
    return _load("usage_words", Words)


@cache
def load_plist_rows() -> PlistRows:
    """Load the types of background modes, entitlements and declared data."""
    return _load("plist_rows", PlistRows)


def _load(name: str, shape: type[T]) -> T:
    path = Path(__file__).parent / f"{name}.toml"
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
