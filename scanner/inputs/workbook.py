"""Reads a workbook of unknown origin as plain text cells: bounded, no macros, no entities.

Nothing in it is executed: formulas are not calculated, the value the program that wrote the file
stored for them is taken.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

MAX_FILE = 32 << 20
MAX_INFLATED = 256 << 20
MAX_PARTS = 2000
MAX_ROWS = 50_000
MAX_COLUMNS = 256
MAX_TEXT = 32_767
_PROBE = 4096


class WorkbookError(ValueError):
    """The file is no workbook that can be read; ``code`` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: its name and the text of its cells, rows from 1 in the file."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Read every visible sheet.

    Raises:
        WorkbookError: not an .xlsx file, too large, with macros, with entity definitions, or damaged.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise WorkbookError("workbook.too_large", most=MAX_FILE >> 20)
        raw = path.read_bytes()
    except OSError as error:
        raise WorkbookError("workbook.unreadable", reason=error.strerror or "") from error
    _check_container(raw)
    return tuple(_read_sheets(raw))


def _check_container(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED:
                raise WorkbookError("workbook.too_large", most=MAX_INFLATED >> 20)
            names = {part.filename.lower() for part in parts}
            if any(name.endswith("vbaproject.bin") for name in names):
                raise WorkbookError("workbook.macros")
            for part in parts:
                with archive.open(part) as stream:
                    head = stream.read(_PROBE).lower()
                if b"<!doctype" in head or b"<!entity" in head:
                    raise WorkbookError("workbook.entities")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WorkbookError("workbook.not_xlsx") from error


def _read_sheets(raw: bytes) -> Iterator[Sheet]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, OSError, SyntaxError, AttributeError) as error:
        raise WorkbookError("workbook.damaged", reason=type(error).__name__) from error
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield Sheet(name=sheet.title, rows=tuple(_read_rows(sheet)))


def _read_rows(sheet: Worksheet) -> Iterator[tuple[str, ...]]:
    if sheet.max_row > MAX_ROWS:
        raise WorkbookError("workbook.too_many_rows", sheet=sheet.title, most=MAX_ROWS)
    width = min(sheet.max_column, MAX_COLUMNS)
    for row in sheet.iter_rows(max_col=width, values_only=True):
        yield tuple(make_text(value) for value in row)


def make_text(value: object) -> str:
    """Give a cell's value as a person reads it: dates in ISO 8601, whole numbers without ``.0``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:MAX_TEXT]
