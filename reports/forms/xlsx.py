"""Forms as XLSX: written with the annex's cells, read back by their labels."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties

from reports.forms.grid import FormMismatch, make_grid, read_grid
from reports.forms.model import load_layouts
from reports.forms.package import check_package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reports.forms.grid import GridTable
    from reports.forms.model import FilledForm

MAX_ROWS = 20_000
_SIDE = Side(style="thin", color="808080")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAP = Alignment(wrap_text=True, vertical="center")
_WIDTH = 20
A4 = 9
"""The paper's number in the format."""


def render_form_xlsx(form: FilledForm) -> bytes:
    """Render a form; every cell is text."""
    layout = load_layouts()[form.layout]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = layout.id
    tables = make_grid(form)
    width = max(len(table.rows[0]) for table in tables)
    row = _write_line(sheet, 1, layout.title, width, bold=True)
    for line in layout.head:
        row = _write_line(sheet, row, line, width)
    for table in tables:
        if table.title:
            row = _write_line(sheet, row, table.title, width, bold=True)
        row = _write_table(sheet, row, table) + 1
    for line in (*layout.notes, *layout.foot):
        row = _write_line(sheet, row, line, width)
    for column in range(1, width + 1):
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = _WIDTH
    if layout.landscape:
        sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_line(sheet: Worksheet, row: int, text: str, width: int, *, bold: bool = False) -> int:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = sheet.cell(row=row, column=1)
    cell.value, cell.data_type = text, "s"
    cell.font = Font(bold=bold, size=14 if row == 1 else 11)
    cell.alignment = Alignment(horizontal="center" if row == 1 else "left", wrap_text=True)
    return row + 1


def _write_table(sheet: Worksheet, row: int, table: GridTable) -> int:
    for index, values in enumerate(table.rows):
        sheet.row_dimensions[row + index].height = 80 if index in table.tall_rows else 32
        for column, text in enumerate(values, start=1):
            cell = sheet.cell(row=row + index, column=column)
            cell.border, cell.alignment = _BORDER, _WRAP
            if text:
                cell.value, cell.data_type = text, "s"
                cell.font = Font(bold=table.columns and index == 0)
        if index in table.wide_rows:
            sheet.merge_cells(
                start_row=row + index, start_column=2, end_row=row + index, end_column=len(values)
            )
    return row + len(table.rows)


def read_form_xlsx(content: bytes, layout: str) -> FilledForm:
    """Read a form back.

    Raises:
        FormMismatch: no XLSX file, or not this form.
    """
    try:
        book = load_workbook(check_package(content), data_only=True, keep_links=False)
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, SyntaxError, TypeError) as error:
        raise FormMismatch("xlsx") from error
    sheet = book.worksheets[0]
    if sheet.max_row > MAX_ROWS:
        raise FormMismatch("rows")
    rows = [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    return read_grid(load_layouts()[layout], [rows])
