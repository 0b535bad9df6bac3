"""Reads a filled review workbook back: answers and decisions, each checked, all or none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from reports.review import ANSWERS, COLUMNS, OUTCOMES, SHEET
from scanner.errors import UnreadableInput, UsageError
from scanner.inputs.journal import AnswerGiven, DecisionGiven
from scanner.inputs.workbook import WorkbookError, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scanner.inputs.workbook import Sheet
    from scanner.workspace import Workspace

_HEADS = tuple(title for title, _ in COLUMNS)


class Filled(msgspec.Struct, frozen=True):
    """What one row of the workbook gives for one sample."""

    sha256: str
    entry: AnswerGiven | DecisionGiven


def read_review(path: Path, store: Workspace, today: date) -> tuple[Filled, ...]:
    """Read every answer and decision of a workbook.

    Args:
        path: the workbook that ``review export`` wrote and a person filled in.
        store: where the samples are known.
        today: the day of entries that name none.

    Raises:
        UnreadableInput: with every row that cannot be taken, its column and the reason; then
            nothing of the workbook counts.
    """
    try:
        sheets = read_workbook(path)
    except WorkbookError as error:
        raise UnreadableInput(error.code, file=str(path), **error.params) from error
    sheet = next((one for one in sheets if one.name == SHEET), None)
    if sheet is None or not sheet.rows or not set(_HEADS) <= set(sheet.rows[0]):
        raise UnreadableInput("review.no_sheet", file=str(path), sheet=SHEET)
    problems: list[str] = []
    found = list(_read_rows(sheet, store, today, problems))
    if problems:
        raise UnreadableInput("review.bad", file=str(path), reason="；".join(problems[:20]))
    return tuple(found)


def _read_rows(
    sheet: Sheet, store: Workspace, today: date, problems: list[str]
) -> Iterator[Filled]:
    head = sheet.rows[0]
    for number, row in enumerate(sheet.rows[1:], start=2):
        cells = dict(zip(head, row, strict=False))
        if not (cells["答复"] or cells["人工结论"]):
            continue
        reader = _Row(cells, f"第 {number} 行", problems)
        sha256 = reader.sample(store)
        person, day = reader.text("审查人"), reader.day("日期") or today.isoformat()
        if not person:
            reader.complain("审查人", "没有填写姓名")
        if cells["答复"]:
            answer = reader.choice("答复", ANSWERS)
            entry = AnswerGiven(
                item=cells["检测项"], answer=answer, text=cells["说明"], person=person, date=day
            )
            yield Filled(sha256=sha256, entry=entry)
        if cells["人工结论"]:
            outcome = reader.choice("人工结论", {word: one.value for word, one in OUTCOMES.items()})
            if not cells["结论理由"]:
                reader.complain("结论理由", "没有填写理由")
            elif outcome:
                yield Filled(
                    sha256=sha256,
                    entry=DecisionGiven(
                        item=cells["检测项"],
                        outcome=OUTCOMES[cells["人工结论"]],
                        person=person,
                        date=day,
                        reason=cells["结论理由"],
                        expires=reader.day("到期日"),
                    ),
                )


class _Row:
    """One row, with its place for messages."""

    def __init__(self, cells: dict[str, str], place: str, problems: list[str]) -> None:
        self._cells, self._place, self._problems = cells, place, problems

    def complain(self, column: str, reason: str) -> None:
        self._problems.append(f"{self._place}“{column}”{reason}")

    def text(self, column: str) -> str:
        return self._cells[column].strip()

    def choice(self, column: str, words: dict[str, str]) -> str:
        word = self.text(column)
        if word not in words:
            self.complain(column, f"“{word[:20]}”不在可选项里（{'、'.join(words)}）")
        return words.get(word, "")

    def day(self, column: str) -> str:
        word = self.text(column).replace("/", "-").replace(".", "-")
        if not word:
            return ""
        try:
            year, month, day = (int(part) for part in word.split(" ")[0].split("-"))
            return date(year, month, day).isoformat()
        except ValueError:
            self.complain(column, f"“{word[:20]}”不是日期")
            return ""

    def sample(self, store: Workspace) -> str:
        try:
            return store.resolve(self.text("样本"))
        except UsageError:
            self.complain("样本", f"“{self.text('样本')[:20]}”不在工作区里")
            return ""
