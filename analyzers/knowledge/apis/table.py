"""Loads the whole API table and answers the questions asked of it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from analyzers.knowledge.apis.framework import FRAMEWORK_FILE, load_framework
from analyzers.knowledge.apis.model import ApiError, ApiRow
from analyzers.knowledge.apis.reading import read_rows
from analyzers.knowledge.compiled import load_compiled

_HERE = Path(__file__).parent
_ROW_FILES = tuple(sorted((_HERE / "rows").glob("*.toml")))
_SUPPRESSIONS = _HERE / "suppressions.toml"
_OTHER_FILES = tuple(path for path in (_SUPPRESSIONS, FRAMEWORK_FILE) if path.exists())


@cache
def load_apis(*, checked_only: bool = False) -> tuple[ApiRow, ...]:
    """Give all rows in table order; several rows of one member are in order of precedence.

    Where several rows name the same member, the first whose argument condition holds (or that has
    none) is the one that an access belongs to; rows without a condition therefore come last.

    Args:
        checked_only: leave out rows that were not found in the framework (SDK rows stay).

    Raises:
        ApiError: when a data file breaks the schema or two rows share an id.
    """
    if checked_only:
        return tuple(row for row in load_apis() if row.seen != "unchecked")
    sources = [*sorted(_HERE.glob("*.py")), *_ROW_FILES, *_OTHER_FILES]
    return load_compiled("apis", sources, tuple[ApiRow, ...], _make_rows)


def _make_rows() -> tuple[ApiRow, ...]:
    rows: dict[str, ApiRow] = {}
    for path in _ROW_FILES:
        for row in read_rows(path):
            if row.id in rows:
                raise ApiError(f"{path.name}: id {row.id} is used twice")
            rows[row.id] = _with_suppressions(_with_framework(row))
    return tuple(sorted(rows.values(), key=lambda row: row.argument is None))


def _with_framework(row: ApiRow) -> ApiRow:
    members = load_framework().get((row.cls, row.member), [])
    if row.overloads:
        members = [member for member in members if member.descriptor in row.overloads]
    if not members or len(members) < len(row.overloads):
        return row
    return msgspec.structs.replace(
        row,
        seen="java-17" if row.cls.startswith("java.") else "framework-14",
        static=members[0].static,
        found=tuple(member.descriptor for member in members),
        carriers=tuple(dict.fromkeys(name for member in members for name in member.carriers)),
    )


@cache
def _suppressions() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    table = tomllib.loads(_SUPPRESSIONS.read_text("utf-8"))
    return tuple((tuple(entry["rows"]), tuple(entry["callers"])) for entry in table["suppress"])


def _with_suppressions(row: ApiRow) -> ApiRow:
    callers = [
        caller
        for prefixes, callers in _suppressions()
        if any(row.id == prefix or row.id.startswith(f"{prefix}.") for prefix in prefixes)
        for caller in callers
    ]
    if not callers:
        return row
    return msgspec.structs.replace(row, ignore_from=(*row.ignore_from, *callers))


@cache
def _by_id() -> dict[str, ApiRow]:
    return {row.id: row for row in load_apis()}


@cache
def _by_member() -> dict[tuple[str, str], tuple[ApiRow, ...]]:
    index: dict[tuple[str, str], list[ApiRow]] = {}
    for row in load_apis():
        index.setdefault((row.cls, row.member), []).append(row)
    for row in load_apis():
        for cls in row.carriers:
            if cls != row.cls:
                index.setdefault((cls, row.member), []).append(row)
    return {key: tuple(rows) for key, rows in index.items()}


def api(row_id: str) -> ApiRow | None:
    """Give the row of an id, or nothing."""
    return _by_id().get(row_id)


def apis_for_member(cls: str, member: str) -> tuple[ApiRow, ...]:
    """Give the rows of a member in order of precedence: its own, then those it carries."""
    return _by_member().get((cls, member), ())


@cache
def apis_for_permission(permission: str) -> tuple[ApiRow, ...]:
    """Give the rows that a permission opens (full name, ``android.permission.CAMERA``)."""
    return tuple(row for row in load_apis() if permission in row.permissions)


def permissions_for_api(row_id: str) -> tuple[str, ...]:
    """Give the permissions of which a row needs one; empty for unknown ids."""
    row = api(row_id)
    return row.permissions if row else ()
