"""Renders the open lines of assessments as one workbook with boxes for the reviewer's answers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from profiles.model import Outcome
from reports.text import load_text
from reports.view import make_view
from reports.xlsx import prepare_sheet, write_head, write_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from profiles.model import Assessment
    from reports.model import CheckLine

SHEET = "复核"
COLUMNS = (
    ("样本", 14), ("应用", 20), ("检测项", 10), ("项目", 22), ("问题", 40), ("程序结论", 12),
    ("理由", 50), ("证据", 40), ("答复", 10), ("说明", 30), ("人工结论", 14), ("结论理由", 30),
    ("到期日", 12), ("审查人", 12), ("日期", 12),
)  # fmt: skip
"""Heads and widths; the reader (``scanner/inputs/review.py``) goes by the heads."""
ANSWERS = {"是": "yes", "否": "no", "不适用": "not_applicable"}
OUTCOMES = {
    "符合": Outcome.PASS,
    "不符合": Outcome.FAIL,
    "待人工确认": Outcome.REVIEW,
    "待佐证": Outcome.NEEDS_DOCUMENT,
    "证据不足": Outcome.NOT_TESTED,
    "不适用": Outcome.NOT_APPLICABLE,
}
_SETTLED = {Outcome.PASS, Outcome.NOT_APPLICABLE}
_EVIDENCE = 5
_SAMPLE_DIGITS = 12


def render_review(assessments: Sequence[Assessment], lang: str = "zh") -> bytes:
    """Render every line that is not settled, of all assessments, on one sheet.

    The heads stay Chinese in both languages: they are what the reader goes by.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    rows = [row for assessment in assessments for row in _rows(assessment, lang)]
    prepare_sheet(sheet, [width for _, width in COLUMNS], len(rows))
    write_head(sheet, [title for title, _ in COLUMNS])
    for number, row in enumerate(rows, start=2):
        write_row(sheet, number, row)
    for column, words in (("I", ANSWERS), ("K", OUTCOMES)):
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        choice.add(f"{column}2:{column}{max(2, len(rows) + 1)}")
        sheet.add_data_validation(choice)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(assessment: Assessment, lang: str) -> Iterator[tuple[str, ...]]:
    view = make_view(assessment, lang)
    sample = assessment.fact_set.sample.sha256[:_SAMPLE_DIGITS]
    open_items = {v.item for v in assessment.verdicts if v.standing not in _SETTLED}
    for chapter in view.chapters:
        for line in chapter.lines:
            if line.item in open_items:
                yield _row(sample, view.app_name, line, lang)


def _row(sample: str, app: str, line: CheckLine, lang: str) -> tuple[str, ...]:
    evidence = "\n".join(fact.sentence for fact in line.facts[:_EVIDENCE])
    if line.facts_total > _EVIDENCE:
        cut = load_text(lang).label("table.cut", shown=_EVIDENCE, total=line.facts_total)
        evidence += f"\n{cut}"
    filled = (
        sample, app, line.item, line.title, line.question, f"{line.mark.symbol} {line.mark.word}",
        line.reason, evidence,
    )  # fmt: skip
    return filled + ("",) * (len(COLUMNS) - len(filled))
