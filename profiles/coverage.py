"""Which item answers each clause of the five school regulations, and whether any is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from analyzers.model import Model
from profiles.errors import ProfileError
from profiles.loader import LIBRARY, list_profiles, list_schools, load_profile
from profiles.model import Mode

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED_ROWS = {"S0": 28, "S1": 37, "S2": 18, "S3": 20, "S4": 30}
"""Clauses drawn from each regulation."""
EXPECTED_MODES = {Mode.AUTOMATIC: 56, Mode.ASSISTED: 54, Mode.PERSON: 23}


class CoverageRow(Model, frozen=True):
    """One clause and the items that answer it."""

    id: str
    document: str
    article: str
    mode: Mode
    items: tuple[str, ...]
    """``profile/item``."""
    quote: str
    """Verbatim wording of the clause."""


class TimeRule(Model, frozen=True):
    """A time or count rule that the register works out, and the items that judge it."""

    id: str
    title: str
    items: tuple[str, ...]


class Coverage(Model, frozen=True):
    """The whole table."""

    rows: tuple[CoverageRow, ...]
    time_rules: tuple[TimeRule, ...]


def load_coverage(library: Path | None = None) -> Coverage:
    """Read the table of the library.

    Raises:
        ProfileError: the file is missing or does not have the shape.
    """
    from profiles.rulefile import RuleFileError, read_rule_file

    try:
        raw = read_rule_file((library or LIBRARY) / "coverage.yaml")
        return msgspec.convert(raw, Coverage)
    except (RuleFileError, msgspec.ValidationError) as error:
        raise ProfileError([f"coverage.yaml: {error}"]) from error


def list_items(library: Path | None = None) -> set[str]:
    """Name every item of every profile as ``profile/item``, the drafts included."""
    schools = list_schools(library)
    return {
        f"{name}/{item.id}"
        for name in list_profiles(library)
        for item in load_profile(name, schools[0], library=library, allow_draft=True).items
    }


def find_gaps(coverage: Coverage, known: set[str]) -> list[str]:
    """List rows that are missing, repeated, counted wrongly, or point to an item not in known."""
    named: list[CoverageRow | TimeRule] = [*coverage.rows, *coverage.time_rules]
    gaps = [
        f"{entry.id}: no item {item}"
        for entry in named
        for item in entry.items
        if item not in known
    ]
    gaps += [f"{entry.id}: answered nowhere" for entry in coverage.rows if not entry.items]
    repeated = Counter(row.id for row in coverage.rows)
    gaps += [f"{row}: stands there {n} times" for row, n in repeated.items() if n > 1]
    documents = Counter(row.document for row in coverage.rows)
    gaps += [
        f"{document}: {documents[document]} rows, not {number}"
        for document, number in EXPECTED_ROWS.items()
        if documents[document] != number
    ]
    modes = Counter(row.mode for row in coverage.rows)
    gaps += [
        f"{mode.value}: {modes[mode]} rows, not {number}"
        for mode, number in EXPECTED_MODES.items()
        if modes[mode] != number
    ]
    return gaps
