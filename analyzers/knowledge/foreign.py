"""Foreign signature lists (Exodus, LibChecker) that a user brings along; kept apart, with licence.

An imported list is stored as a file of its own with its licence and origin and is never mixed into
the catalogue. What it finds is said in its own name.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 64 << 20
MAX_PATTERN = 4000
EXODUS_LICENCE = "ODbL-1.0 (database), DbCL-1.0 (contents); Exodus Privacy"
LIBCHECKER_LICENCE = "Apache-2.0; LibChecker-Rules, Copyright Absinthe"


class ForeignError(ValueError):
    """A file is not the list it is said to be; the message says why."""


class ForeignSignature(msgspec.Struct, frozen=True):
    """One signature of a foreign list."""

    label: str
    type: str
    """``class`` (a prefix), ``library``, ``component``, ``domain``."""
    value: str
    number: int | None = None
    """The list's own number of the entry."""


class ForeignList(msgspec.Struct, frozen=True):
    """One imported list."""

    name: str
    licence: str
    sha256: str
    """SHA-256 of the imported file."""
    signatures: tuple[ForeignSignature, ...]
    skipped: int = 0
    """Entries whose signature has a form that is not supported."""


def import_exodus(content: bytes) -> ForeignList:
    """Read a tracker list in the Exodus format (``{"trackers": {…}}``).

    Code signatures are prefixes separated by ``|``; those with other regular-expression signs are
    counted as skipped.

    Raises:
        ForeignError: not that format.
    """
    document = _read_json(content)
    trackers = document.get("trackers") if isinstance(document, dict) else None
    rows = trackers.values() if isinstance(trackers, dict) else trackers
    if not isinstance(rows, list | type({}.values())):
        raise ForeignError("no trackers in it")
    found: list[ForeignSignature] = []
    skipped = 0
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            raise ForeignError("a tracker has no name")
        number = row.get("id") if isinstance(row.get("id"), int) else None
        for type_, key in (("class", "code_signature"), ("domain", "network_signature")):
            values, bad = _split_pattern(str(row.get(key) or "")[:MAX_PATTERN])
            found += [ForeignSignature(row["name"], type_, value, number) for value in values]
            skipped += bad
    return make_list("exodus", EXODUS_LICENCE, content, found, skipped)


def _split_pattern(pattern: str) -> tuple[list[str], int]:
    values, bad = [], 0
    for part in filter(None, pattern.split("|")):
        plain = part.replace("\\.", ".").strip(".").removeprefix("^")
        if re.fullmatch(r"[A-Za-z0-9_$.-]+", plain):
            values.append(plain)
        else:
            bad += 1
    return values, bad


def _read_json(content: bytes) -> object:
    if len(content) > MAX_BYTES:
        raise ForeignError(f"larger than {MAX_BYTES} bytes")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ForeignError(f"not JSON: {error}") from error


def make_list(
    name: str, licence: str, content: bytes, found: list[ForeignSignature], skipped: int
) -> ForeignList:
    """Make a list of what a file gave.

    Raises:
        ForeignError: when it gave nothing.
    """
    if not found:
        raise ForeignError("no signatures in it")
    digest = hashlib.sha256(content).hexdigest()
    return ForeignList(name, licence, digest, tuple(dict.fromkeys(found)), skipped)


def store_list(folder: Path, foreign: ForeignList) -> Path:
    """Store a list under its own name; an earlier one of that name is replaced at once."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{foreign.name}.json"
    draft = target.with_suffix(".new")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(foreign)))
    draft.replace(target)
    return target


def load_lists(folder: Path) -> tuple[ForeignList, ...]:
    """Read all stored lists, in order of their names.

    Raises:
        ForeignError: when a stored file is damaged.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=ForeignList))
        except msgspec.DecodeError as error:
            raise ForeignError(f"{path.name}: {error}") from error
    return tuple(found)
