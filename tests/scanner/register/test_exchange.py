"""Spreadsheets in and out: what a person meant is taken, what is wrong is named with its place."""

from __future__ import annotations

import datetime
import io

import pytest
from openpyxl import Workbook, load_workbook

from scanner.errors import UsageError
from scanner.inputs.workbook import read_workbook
from scanner.register.exchange_out import make_workbook
from scanner.register.exchange_plan import apply_plan, make_plan
from scanner.register.exchange_read import read_sheets
from scanner.register.snapshot import take_snapshot

HEAD = ["序号", "应用名称", "主管部门", "使用对象", "最近更新日期", "用户数", "是否大范围"]


def book(path, **sheets):
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def plan_of(register, path, only=""):
    with register.read() as session:
        return make_plan(session, read_sheets(read_workbook(path), only))


def bring_in(register, path, only=""):
    with register.write("王") as session:
        return apply_plan(session, make_plan(session, read_sheets(read_workbook(path), only)))


def reasons(plan):
    return [(one.row, one.column, one.code) for one in plan.rejected]


@pytest.fixture
def filled(small):
    with small.write("王") as session:
        session.add("department", {"name": "教务处", "phone": "051588881234"})
        session.add("app", {"name": "课表", "department": "department-1", "users": 7})
    return small


def test_an_export_edited_in_a_spreadsheet_comes_back_as_exactly_the_edits(filled, tmp_path):
    path = tmp_path / "名录.xlsx"
    with filled.read() as session:
        path.write_bytes(make_workbook(take_snapshot(session)))
    assert plan_of(filled, path).steps == ()
    assert plan_of(filled, path).unchanged == 2
    edited = load_workbook(path)
    sheet = edited["移动应用"]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(2, head.index("状态") + 1).value = "停用"
    sheet.cell(2, head.index("用户数") + 1).value = None
    edited.save(path)
    (step,) = plan_of(filled, path).steps
    assert (step.ref, step.changes) == ("app-1", (("状态", "在用", "停用"), ("用户数", "7", "")))
    assert bring_in(filled, path) == ["app-1"]
    with filled.read() as session:
        values = session.get("app-1").values
        assert (values["status"], values["users"]) == ("停用", None)
        assert session.get("department-1").values["phone"] == "051588881234"


def test_a_department_writes_as_departments_do(filled, tmp_path):
    rows = [
        ["教务处应用统计表"], [], HEAD[:6],
        [1, "选课（新版）", "教务处", "学生，教师", "２０２６年３月１日", "１，２００人"],
        [2, "考试", "教务处", "学生/家长", "2026.3.9", 35.0],
        [3, "成绩", "教务处", "", datetime.date(2026, 3, 1), None],
    ]  # fmt: skip
    path = book(tmp_path / "a.xlsx", 移动应用汇总=rows)
    assert plan_of(filled, path).rejected == ()
    refs = bring_in(filled, path)
    with filled.read() as session:
        first, second, third = (session.get(ref).values for ref in refs)
    assert (first["name"], first["audience"], first["users"]) == (
        "选课（新版）", ("学生", "教师"), 1200)  # fmt: skip
    assert first["last_release"] == third["last_release"] == datetime.date(2026, 3, 1)
    assert (second["users"], second["audience"]) == (35, ("学生", "家长"))


def test_every_wrong_cell_is_named_and_nothing_is_written(filled, tmp_path):
    rows = [
        [*HEAD[1:6], "大范围采集个人信息"],
        ["甲", "无此处", "学生", "2026-02-30", "5", "是"],
        ["乙", "教务处", "老师", "三月", "-1", "也许"],
        ["", "教务处", "", "", "", ""],
        ["丙", "教务处", "", "03/04/2026", "", ""],
        ["丁", "教务处", "", "", "", ""],
        ["丁", "教务处", "", "", "", ""],
        ["戊", "教务处", "", "", "#REF!", ""],
    ]
    path = book(tmp_path / "a.xlsx", 移动应用=rows)
    plan = plan_of(filled, path)
    assert reasons(plan) == [
        (2, "主管部门", "unknown_reference"), (2, "最近更新日期", "no_such_day"),
        (3, "使用对象", "not_in_list"), (3, "最近更新日期", "not_a_date"),
        (3, "用户数", "not_a_count"), (3, "大范围采集个人信息", "not_yes_or_no"),
        (4, "应用名称", "required"), (5, "最近更新日期", "not_a_date"),
        (7, "", "duplicate"), (8, "用户数", "formula_error"),
    ]  # fmt: skip
    with pytest.raises(UsageError):
        bring_in(filled, path)
    with filled.read() as session:
        assert len(session.find("app")) == 1


def test_new_departments_and_their_apps_come_in_one_file(small, tmp_path):
    path = book(
        tmp_path / "a.xlsx",
        移动应用=[["应用名称", "部门"], ["课表", "新学院"]],
        部门=[["部门名称", "部门性质"], ["新学院", "教学"]],
    )
    assert bring_in(small, path) == ["department-1", "app-1"]


def test_a_row_known_by_name_and_department_is_changed_and_empty_cells_say_nothing(
    filled, tmp_path
):
    path = book(
        tmp_path / "a.xlsx",
        移动应用=[["应用名称", "部门", "状态", "用户数"], ["课表", "教务处", "停用", ""]],
    )
    (step,) = plan_of(filled, path).steps
    assert step.changes == (("状态", "在用", "停用"),)


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ({"随便": [["甲", "乙"], ["1", "2"]]}, (0, "", "unknown_sheet")),
        ({"移动应用": [["甲", "乙"], ["1", "2"]]}, (0, "", "no_head")),
        ({"移动应用": [["应用名称", "名称", "部门"], ["1", "2", "3"]]}, (1, "名称", "repeated_column")),
        ({"移动应用": [["编号", "应用名称", "部门"], ["app-9", "x", "教务处"]]}, (2, "", "unknown_row")),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_understood_is_named(filled, tmp_path, sheets, reason):
    assert reasons(plan_of(filled, book(tmp_path / "a.xlsx", **sheets))) == [reason]


def test_merged_cells_leave_empty_ones_that_are_named(filled, tmp_path):
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "移动应用"
    for row in (["应用名称", "部门"], ["甲", "教务处"], ["乙", None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    workbook.save(tmp_path / "a.xlsx")
    assert reasons(plan_of(filled, tmp_path / "a.xlsx")) == [(3, "部门", "required")]


def test_a_formula_is_text_for_us_and_for_the_spreadsheet(small, tmp_path):
    with small.write("王") as session:
        session.add("department", {"name": '=HYPERLINK("x")'})
        content = make_workbook(take_snapshot(session))
    cell = load_workbook(io.BytesIO(content))["部门"]["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_personal_values_leave_masked_unless_asked_for(filled):
    with filled.read() as session:
        snapshot = take_snapshot(session)
    hidden, shown = (make_workbook(snapshot, personal=wish) for wish in (False, True))
    cells = [
        [cell.value for cell in load_workbook(io.BytesIO(content))["部门"][2]]
        for content in (hidden, shown)
    ]
    assert "051****1234" not in cells[1]
    assert "051588881234" in cells[1]
    assert "051588881234" not in cells[0]


def test_five_thousand_rows_are_planned_at_once(small, tmp_path):
    rows = [["应用名称", "部门"], *([f"应用{n}", "教务处"] for n in range(5000))]
    path = book(tmp_path / "a.xlsx", 部门=[["部门名称", "状态"], ["教务处", "在用"]], 移动应用=rows)
    plan = plan_of(small, path)
    assert (len(plan.steps), plan.rejected) == (5001, ())
