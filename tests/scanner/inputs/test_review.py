"""The review workbook goes out, is filled in, and comes back: whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from profiles.evaluate import evaluate
from profiles.loader import load_profile
from profiles.model import Assessment, Outcome
from reports.review import COLUMNS, SHEET, render_review
from scanner.errors import UnreadableInput
from scanner.inputs.journal import AnswerGiven, DecisionGiven
from scanner.inputs.review import read_review
from scanner.workspace import Workspace
from tests.builders import make_fact_set

TODAY = date(2026, 3, 2)
HEADS = [title for title, _ in COLUMNS]


def make_assessment() -> Assessment:
    profile = load_profile("admission", "whut")
    return evaluate(make_fact_set(), profile, created=datetime(2026, 3, 2, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "home")
    workspace.store_facts(make_assessment().fact_set)
    return workspace


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    path.write_bytes(render_review([make_assessment()]))
    return path


def fill(path: Path, **cells: str) -> None:
    """Fill cells of the first row, by head."""
    workbook = openpyxl.load_workbook(path)
    for head, value in cells.items():
        workbook[SHEET].cell(2, HEADS.index(head) + 1).value = value
    workbook.save(path)


def test_every_open_line_is_there(book: Path) -> None:
    rows = list(openpyxl.load_workbook(book)[SHEET].iter_rows(values_only=True))
    open_items = [
        v.item for v in make_assessment().verdicts
        if v.standing not in {Outcome.PASS, Outcome.NOT_APPLICABLE}
    ]  # fmt: skip
    assert list(rows[0]) == HEADS
    assert [row[2] for row in rows[1:]] == open_items
    assert len(open_items) > 20


def test_an_untouched_workbook_gives_nothing(book: Path, store: Workspace) -> None:
    assert read_review(book, store, TODAY) == ()


def test_answers_and_decisions_come_back(book: Path, store: Workspace) -> None:
    fill(book, 答复="是", 说明="已核对", 人工结论="不适用", 结论理由="不涉及",
         到期日="2026/6/30", 审查人="甲", 日期="2026-03-01")  # fmt: skip
    answer, decision = read_review(book, store, TODAY)
    sha256 = make_assessment().fact_set.sample.sha256
    item = next(
        v.item for v in make_assessment().verdicts
        if v.standing not in {Outcome.PASS, Outcome.NOT_APPLICABLE}
    )  # fmt: skip
    assert (answer.sha256, decision.sha256) == (sha256, sha256)
    assert answer.entry == AnswerGiven(
        item=item, answer="yes", text="已核对", person="甲", date="2026-03-01"
    )
    assert decision.entry == DecisionGiven(
        item=item, outcome=Outcome.NOT_APPLICABLE, person="甲", date="2026-03-01",
        reason="不涉及", expires="2026-06-30",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"答复": "也许", "审查人": "甲"}, "第 2 行“答复”“也许”不在可选项里"),
        ({"答复": "是"}, "“审查人”没有填写姓名"),
        ({"人工结论": "符合", "审查人": "甲"}, "“结论理由”没有填写理由"),
        ({"人工结论": "优秀", "结论理由": "r", "审查人": "甲"}, "“人工结论”“优秀”"),
        ({"答复": "是", "审查人": "甲", "日期": "昨天"}, "“日期”“昨天”不是日期"),
        ({"答复": "是", "审查人": "甲", "日期": "2026-02-30"}, "不是日期"),
        ({"答复": "是", "审查人": "甲", "样本": "000000000000"}, "不在工作区里"),
        ({"人工结论": "符合", "结论理由": "r", "审查人": "甲", "到期日": "13/13/13"}, "“到期日”"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(
    book: Path, store: Workspace, cells: dict[str, str], words: str
) -> None:
    fill(book, **cells)
    with pytest.raises(UnreadableInput) as error:
        read_review(book, store, TODAY)
    assert error.value.code == "review.bad"
    assert words in str(error.value.params["reason"])


def test_another_workbook_is_refused(tmp_path: Path, store: Workspace) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(UnreadableInput, match=r"review\.no_sheet"):
        read_review(path, store, TODAY)


@pytest.mark.system("soffice")
def test_a_spreadsheet_program_keeps_the_answers(
    book: Path, store: Workspace, tmp_path: Path
) -> None:
    """Opened and saved by LibreOffice, through its own format and back."""
    fill(book, 答复="否", 说明="=1+1", 审查人="甲", 日期="2026-03-01")
    office = shutil.which("soffice")
    assert office
    for source, kind in ((book, "ods"), (tmp_path / "ods" / "review.ods", "xlsx")):
        subprocess.run(
            [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
             "--convert-to", kind, "--outdir", str(tmp_path / kind), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    [answer] = read_review(tmp_path / "xlsx" / "review.xlsx", store, TODAY)
    assert isinstance(answer.entry, AnswerGiven)
    assert answer.entry.answer == "no"
    assert answer.entry.person == "甲"
