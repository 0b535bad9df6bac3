"""Renders an assessment as a workbook: the checklist to fill in, and every table with all rows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reports.text import load_text
from reports.view import make_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from profiles.model import Assessment
    from reports.model import Cell, CheckLine, Table, View
    from reports.text import Catalogue

MAX_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
MAX_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="37424E")
_WRAP = Alignment(vertical="top", wrap_text=True)
_LINE = Side(style="thin", color="DDE2E8")
_BORDER = Border(bottom=_LINE)
_FILLS = {
    "PASS": "E2F2E9", "FAIL": "F8D7D5", "REVIEW": "FBEFD5", "NEEDS_DOCUMENT": "E8E5F7",
    "NOT_TESTED": "E9EDF1", "NOT_APPLICABLE": "F4F6F8", "ERROR": "D5DAE0",
}  # fmt: skip


def render_xlsx(assessment: Assessment, lang: str = "zh") -> bytes:
    """Render the workbook; every cell is text, nothing in it is a formula or a link.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    view, text = make_view(assessment, lang), load_text(lang)
    book = Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    _write_summary(book.create_sheet(_name(text.label("xlsx.summary"), names)), view, text)
    _write_checklist(book.create_sheet(_name(text.label("checklist.title"), names)), view, text)
    for section in view.sections:
        for table in section.tables:
            if table.rows:
                _write_table(book.create_sheet(_name(table.title, names)), table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def render_tables(title: str, tables: Sequence[Table]) -> bytes:
    """Render tables as a workbook, a sheet each; an empty one says only its title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    for table in tables:
        _write_table(book.create_sheet(_name(table.title, names)), table)
    if not tables:
        write_row(book.create_sheet(_name(title, names)), 1, (title,))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """Give a sheet name that spreadsheets accept and that is not taken."""
    base = title.translate(_FORBIDDEN).strip()[:MAX_SHEET_NAME] or "-"
    name, number = base, 2
    while name.lower() in taken:
        name = f"{base[: MAX_SHEET_NAME - 3]} {number}"
        number += 1
    taken.add(name.lower())
    return name


def write_row(sheet: Worksheet, row: int, values: Iterable[str]) -> list[SheetCell]:
    """Write a row of cells that are text whatever they start with."""
    cells: list[SheetCell] = []
    for column, value in enumerate(values, start=1):
        cells.append(_put_text(sheet.cell(row, column), value))
    return cells


def _put_text(cell: SheetCell | MergedCell, value: str) -> SheetCell:
    """Put a text into a cell; what looks like a formula is told to be none."""
    if isinstance(cell, MergedCell):
        raise TypeError(f"{cell.coordinate} is merged")
    cell.value = value[:MAX_CELL]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.number_format = "@"
    cell.alignment = _WRAP
    cell.border = _BORDER
    return cell


def prepare_sheet(sheet: Worksheet, widths: Sequence[int], rows: int) -> None:
    """Set widths, freeze the head and put filters on it."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(8, min(70, width))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{rows + 1}"


def write_head(sheet: Worksheet, titles: Iterable[str]) -> None:
    """Write the head of a table into the first row."""
    for cell in write_row(sheet, 1, titles):
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL


def _write_summary(sheet: Worksheet, view: View, text: Catalogue) -> None:
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90
    rows = [(view.title, view.app_name)]
    rows += [(entry.label, entry.value) for entry in (*view.identity, *view.signer)]
    conclusion = view.conclusion
    rows += [
        (text.label("conclusion.title"), f"{conclusion.symbol} {conclusion.word}"),
        ("", conclusion.reason),
    ]
    rows += [(f"{one.mark.symbol} {one.mark.word}", str(one.count)) for one in view.counts]
    rows += [(text.label("not_examined.title"), gap) for gap in view.not_examined]
    rows += [(entry.label, entry.value) for entry in view.versions]
    for number, row in enumerate(rows, start=1):
        write_row(sheet, number, row)[0].font = Font(bold=True)


CHECKLIST = (
    ("checklist.line", 10), ("xlsx.title", 24), ("checklist.question", 36),
    ("checklist.outcome", 14), ("checklist.reason", 56), ("checklist.evidence", 56),
    ("checklist.limitations", 36), ("checklist.advice", 44), ("checklist.clauses", 44),
    ("xlsx.mode", 10), ("checklist.answer", 16), ("checklist.answer_note", 40),
)  # fmt: skip
"""Columns of the checklist; the last two are for the reviewer."""


def _write_checklist(sheet: Worksheet, view: View, text: Catalogue) -> None:
    lines = [line for chapter in view.chapters for line in chapter.lines]
    prepare_sheet(sheet, [width for _, width in CHECKLIST], len(lines))
    choices = ",".join(text.words["outcome"].values())
    validation = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    validation.add(f"K2:K{len(lines) + 1}")
    sheet.add_data_validation(validation)
    write_head(sheet, (text.label(key) for key, _ in CHECKLIST))
    for number, line in enumerate(lines, start=2):
        cells = write_row(sheet, number, _checklist_row(line, text))
        cells[3].fill = PatternFill("solid", fgColor=_FILLS[line.mark.code])


def _checklist_row(line: CheckLine, text: Catalogue) -> tuple[str, ...]:
    advice = (
        f"{text.label(f'checklist.advice_{who}')}：{value}"
        for who, value in (("reviewer", line.advice_reviewer), ("developer", line.advice_developer))
        if value
    )
    clauses = (
        " ".join(filter(None, (one.reference, f"“{one.quote}”" if one.quote else "", one.seen)))
        for one in line.clauses
    )
    evidence = [
        " ".join(filter(None, (fact.sentence, *(f"[{e.file} {e.place}]" for e in fact.evidence))))
        for fact in line.facts
    ]
    if line.facts_total > len(line.facts):
        shown, total = len(line.facts), line.facts_total
        evidence.append(text.label("checklist.facts_cut", shown=shown, total=total))
    decided = line.decision
    return (
        line.line, line.title, line.question, f"{line.mark.symbol} {line.mark.word}", line.reason,
        "\n".join(evidence), "\n".join((*line.missing_coverage, *line.limitations)),
        "\n".join(advice), "\n".join(clauses), line.mode, f"{decided.mark.symbol} {decided.mark.word}" if decided else "",
        decided.sentence if decided else "",
    )  # fmt: skip


def _write_table(sheet: Worksheet, table: Table) -> None:
    prepare_sheet(sheet, [column.width for column in table.columns], len(table.rows))
    write_head(sheet, (column.title for column in table.columns))
    for number, row in enumerate(table.rows, start=2):
        write_row(sheet, number, (_lines(cell) for cell in row))


def _lines(cell: Cell) -> str:
    return "\n".join(filter(None, (cell.text, cell.sub, *cell.more)))
