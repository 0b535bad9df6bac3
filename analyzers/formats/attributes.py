"""Resource ids of Android's public XML attributes (scripts/knowledge-attributes writes the table)."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def attribute_names() -> dict[int, str]:
    """Give attribute names by resource id."""
    lines = (Path(__file__).parent / "attributes.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.partition("\t") for line in lines)
    return {int(row[0], 16): row[2] for row in rows}


@cache
def attribute_ids() -> dict[str, int]:
    """Give resource ids by attribute name."""
    return {name: number for number, name in attribute_names().items()}
