"""Forms as DOCX: written with the annex's cells, read back by their labels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.forms.grid import FormMismatch, make_grid, read_grid
from reports.forms.model import load_layouts
from reports.forms.package import check_package

if TYPE_CHECKING:
    from docx.document import Document as Docx

    from reports.forms.grid import GridTable
    from reports.forms.model import FilledForm, FormLayout

MAX_ROWS = 20_000


def render_form_docx(form: FilledForm) -> bytes:
    """Render a form; its values are text and nothing else."""
    layout = load_layouts()[form.layout]
    document = Document()
    _set_page(document, layout)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(layout.title)
    run.bold, run.font.size = True, Pt(16)
    for line in layout.head:
        document.add_paragraph(line)
    for table in make_grid(form):
        _write_table(document, table)
    for line in (*layout.notes, *layout.foot):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Docx, layout: FormLayout) -> None:
    section = document.sections[0]
    short, long = Mm(210), Mm(297)
    if layout.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        short, long = long, short
    section.page_width, section.page_height = short, long
    section.left_margin = section.right_margin = Pt(50)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _write_table(document: Docx, table: GridTable) -> None:
    if table.title:
        document.add_paragraph().add_run(table.title).bold = True
    made = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    made.style = "Table Grid"
    for index, row in enumerate(table.rows):
        made.rows[index].height = Mm(28 if index in table.tall_rows else 8)
        cells = made.rows[index].cells
        for column, text in enumerate(row):
            if text:
                run = cells[column].paragraphs[0].add_run(text)
                run.bold = table.columns and index == 0
        if index in table.wide_rows:
            cells[1].merge(cells[-1])
    document.add_paragraph()


def read_form_docx(content: bytes, layout: str) -> FilledForm:
    """Read a form back.

    Raises:
        FormMismatch: no DOCX file, or not this form.
    """
    try:
        document = Document(check_package(content))
    except (ValueError, KeyError, OSError, SyntaxError) as error:
        raise FormMismatch("docx") from error
    tables = []
    for table in document.tables:
        if len(table.rows) > MAX_ROWS:
            raise FormMismatch("rows")
        tables.append([_row_texts(row) for row in table.rows])
    return read_grid(load_layouts()[layout], tables)


def _row_texts(row: object) -> list[str]:
    """Give the texts of a row; a merged cell counts once."""
    texts, seen = [], None
    for cell in row.cells:  # type: ignore[attr-defined]
        if cell._tc is not seen:
            texts.append(cell.text)
        seen = cell._tc
    return texts
