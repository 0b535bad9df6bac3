"""Writes the register as a workbook that a person edits and gives back: one sheet per object."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from scanner.register.catalogue import find_object
from scanner.register.exchange_read import REF_HEADING
from scanner.register.values import mask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from scanner.register.catalogue import Field, Object
    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot

REGISTER_SHEETS = ("department", "app", "system", "group", "account")
MAX_CELL = 32_000
_WIDTH = 16


def make_workbook(
    snapshot: Snapshot, names: Iterable[str] = REGISTER_SHEETS, *, personal: bool = False
) -> bytes:
    """Write the 名录; every cell is text, personal values are masked unless asked for."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name in names:
        what = find_object(name)
        sheet = book.create_sheet(what.zh)
        _write(sheet, 1, [REF_HEADING, *(field.zh for field in what.fields.values())])
        for number, record in enumerate(snapshot.records[what.name], start=2):
            _write(sheet, number, [record.ref, *_cells(snapshot, what, record, personal=personal)])
        _lay_out(sheet, what)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(snapshot: Snapshot, what: Object, record: Record, *, personal: bool) -> list[str]:
    return [_text(snapshot, field, record, personal=personal) for field in what.fields.values()]


def _text(snapshot: Snapshot, field: Field, record: Record, *, personal: bool) -> str:
    text = record.text(field.name)
    if field.type == "ref":
        target = snapshot.get(text)
        same = [row for row in snapshot.records[target.object] if row.label == target.label] if (
            target) else []  # fmt: skip
        return target.label if target is not None and len(same) == 1 else text
    return text if personal or not field.secret else mask(text)


def _write(sheet: Worksheet, row: int, values: Iterable[str]) -> None:
    for column, value in enumerate(values, start=1):
        if value:
            cell = sheet.cell(row=row, column=column)
            cell.value = value[:MAX_CELL]
            cell.data_type = "s"  # whatever it starts with, it is no formula


def _lay_out(sheet: Worksheet, what: Object) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "C2"
    for column, field in enumerate(what.fields.values(), start=2):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTH
        choices = ("是", "否") if field.type == "bool" else field.values
        listed = ",".join(choices)
        if field.type in {"bool", "enum"} and listed and len(listed) < 250:
            rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}5000")
