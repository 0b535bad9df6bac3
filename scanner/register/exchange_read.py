"""Reads spreadsheets of departments: finds the head, matches headings, gives rows of plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from scanner.errors import UsageError
from scanner.register.catalogue import find_object, load_objects
from scanner.register.values import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.inputs.workbook import Sheet
    from scanner.register.catalogue import Object

REF_HEADING = "编号"
HEAD_ROWS = 12
"""Rows looked at for the head: forms begin with titles and notes."""
_NUMBERING = frozenset({"序号", "no", "no.", "#"})
_NOISE = re.compile(r"[\s*＊:：()（）\[\]【】/、]")


class Rejected(msgspec.Struct, frozen=True):
    """Why a place of a file cannot be taken."""

    sheet: str
    row: int
    """Row of the sheet, from 1; 0 for the whole sheet."""
    column: str
    """Heading of the column; empty for the whole row."""
    code: str
    """Names the sentence ``register.reject.<code>``."""
    params: dict[str, str] = {}


class SheetRow(msgspec.Struct, frozen=True):
    """One row of a sheet."""

    object: str
    sheet: str
    row: int
    ref: str
    """Call of the row it changes (``app-12``); empty for rows without one."""
    cells: dict[str, str]
    """Text by field name, for the columns that the sheet has."""
    headings: dict[str, str]
    """Heading by field name, as it stands in the file."""


class Found(msgspec.Struct, frozen=True):
    """What a file holds."""

    rows: tuple[SheetRow, ...]
    rejected: tuple[Rejected, ...]


def read_sheets(sheets: Iterable[Sheet], only: str = "") -> Found:
    """Find the rows of every sheet; ``only`` names the object where sheet names do not."""
    rows: list[SheetRow] = []
    rejected: list[Rejected] = []
    for sheet in sheets:
        if not any(any(row) for row in sheet.rows):
            continue
        what = _object_of(sheet.name, only)
        if what is None:
            rejected.append(Rejected(sheet.name, 0, "", "unknown_sheet"))
            continue
        head = _find_head(sheet, what)
        if head is None:
            rejected.append(Rejected(sheet.name, 0, "", "no_head"))
            continue
        rejected += head.rejected
        if not any(one.code == "repeated_column" for one in head.rejected):
            rows += _read_rows(sheet, what, head)
    return Found(tuple(rows), tuple(rejected))


class _Head(msgspec.Struct, frozen=True):
    index: int
    fields: dict[int, str]
    ref_column: int | None
    rejected: tuple[Rejected, ...]


def _object_of(title: str, only: str) -> Object | None:
    if only:
        return find_object(only)
    wanted = normalise(title)
    try:
        return find_object(wanted)
    except UsageError:
        matches = [what for what in load_objects().values() if what.zh in wanted]
        return max(matches, key=lambda what: len(what.zh), default=None)


def _key(heading: str) -> str:
    return _NOISE.sub("", normalise(heading)).lower()


def _headings(what: Object) -> dict[str, str]:
    known: dict[str, str] = {}
    for field in reversed(what.fields.values()):
        for heading in (*field.aliases, field.name, field.zh):
            known[_key(heading)] = field.name
    for field in what.fields.values():
        known[_key(field.zh)] = field.name
    return known


def _find_head(sheet: Sheet, what: Object) -> _Head | None:
    """Take the row with the most known headings among the first ones."""
    known = _headings(what)
    best, score = None, 0
    for index, row in enumerate(sheet.rows[:HEAD_ROWS]):
        found = sum(_key(cell) in known or cell == REF_HEADING for cell in row if cell)
        if found > score:
            best, score = index, found
    if best is None or (score < 2 and sum(map(bool, sheet.rows[best])) > 1):
        return None
    fields: dict[int, str] = {}
    ref_column, rejected = None, []
    for column, cell in enumerate(sheet.rows[best]):
        key = _key(cell)
        if cell.strip() == REF_HEADING:
            ref_column = column
        elif key in known and known[key] in fields.values():
            rejected.append(Rejected(sheet.name, best + 1, cell, "repeated_column"))
        elif key in known:
            fields[column] = known[key]
        elif key and key not in _NUMBERING:
            rejected.append(Rejected(sheet.name, best + 1, cell, "unknown_column"))
    return _Head(best, fields, ref_column, tuple(rejected))


def _read_rows(sheet: Sheet, what: Object, head: _Head) -> Iterator[SheetRow]:
    names = {name: sheet.rows[head.index][column] for column, name in head.fields.items()}
    for number, row in enumerate(sheet.rows[head.index + 1 :], start=head.index + 2):
        cells = {
            name: row[column] if column < len(row) else "" for column, name in head.fields.items()
        }
        if any(cell.strip() for cell in cells.values()):
            has_ref = head.ref_column is not None and head.ref_column < len(row)
            ref = row[head.ref_column].strip() if has_ref and head.ref_column is not None else ""
            yield SheetRow(what.name, sheet.name, number, ref, cells, names)
