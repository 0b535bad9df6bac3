"""The platform's permissions, read from the table scripts/knowledge-permissions writes."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import msgspec

TABLE = Path(__file__).parent / "platform.tsv"


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """One permission that devices know."""

    permission: str
    """Full name."""
    level: str
    """normal, dangerous, signature, special or unknown."""
    group: str
    """Group such as LOCATION; empty where it has none."""
    name_zh: str
    """Short Chinese name for forms."""
    purpose_zh: str
    """What it opens, in Chinese."""
    since: str
    """API level it came with; empty where it is not the platform's own."""
    source: str
    """Where the row was read."""


@cache
def load_permissions() -> dict[str, Permission]:
    """Read the table, by full name."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["permission"]: msgspec.convert(row, Permission) for row in rows}
