"""Finds the catalogue entry people mean by a written name."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from analyzers.knowledge.catalogue import load_catalogue

_SHORTEST = 3
_DROPPED = re.compile(r"[\s·・/（）()\-_+]|sdk")


@lru_cache(maxsize=4096)
def find_sdk(name: str) -> str:
    """Give the id of the entry a name means, empty where none or more than one could be meant.

    People shorten names (友盟统计 for 友盟+移动统计): where the characters stand in this order in
    the names of exactly one entry, that entry is meant.
    """
    wanted = fold_name(name)
    exact = load_sdk_names().get(wanted) or load_sdk_aliases().get(wanted)
    if exact is not None or len(wanted) < _SHORTEST:
        return exact or ""
    meant = {sdk_id for full, sdk_id in load_sdk_names().items() if _stands_in(wanted, full)}
    return meant.pop() if len(meant) == 1 else ""


@cache
def load_sdk_names() -> dict[str, str]:
    """Give every folded name and id of the catalogue, with the entry it belongs to."""
    names: dict[str, str] = {}
    for sdk_id, entry in load_catalogue().entries.items():
        for name in (sdk_id, entry.name_zh, entry.name_en):
            if folded := fold_name(name):
                names.setdefault(folded, sdk_id)
    return names


@cache
def load_sdk_aliases() -> dict[str, str]:
    """Give the folded short product names of ``sdk_aliases.toml``, with the entry each means."""
    table = tomllib.loads(Path(__file__).with_name("sdk_aliases.toml").read_text("utf-8"))
    return {fold_name(name): sdk_id for rows in table.values() for name, sdk_id in rows.items()}


def fold_name(name: str) -> str:
    """Fold case, spaces, brackets and the word SDK away."""
    return _DROPPED.sub("", name.casefold())


def _stands_in(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)
