"""The register's commands from end to end, on a file of their own."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from scanner.cli.main import execute
from scanner.errors import ExitCode


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("APPADMIT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("APPADMIT_REGISTER", raising=False)

    def call(*words: str) -> tuple[int, str]:
        code = execute(["register", *words])
        out = capsys.readouterr()
        return code, out.out + out.err

    return call


@pytest.fixture
def filled(run):
    assert run("add", "department", "部门名称=教务处", "联系电话=0515-88881234")[0] == 0
    words = ["应用名称=课表", "部门=教务处", "来源=上级要求", "最近版本发布日期=2026-05-21"]
    assert run("add", "app", *words, "--who", "王")[0] == 0
    return run


def test_a_row_is_added_shown_and_listed(filled):
    code, text = filled("show", "app-1", "--json")
    assert code == 0
    shown = json.loads(text)
    assert (shown["name"], shown["department"]) == ("课表", "department-1")
    assert {entry["who"] for entry in shown["history"]} == {"王"}
    assert json.loads(filled("list", "department", "--json")[1])["phone"] == "051****1234"
    assert "教务处" in filled("list")[1]


def test_a_dry_run_keeps_nothing(filled):
    code, text = filled("set", "app-1", "状态=停用", "--dry-run")
    assert (code, "停用" in text) == (0, True)
    assert json.loads(filled("show", "app-1", "--json")[1])["status"] == "在用"


def test_closing_keeps_the_row_with_its_day(filled):
    assert filled("close", "app-1", "--date", "2026-06-01", "--reason", "合并")[0] == 0
    shown = json.loads(filled("show", "app-1", "--json")[1])
    assert (shown["status"], shown["stopped_on"]) == ("停用", "2026-06-01")
    assert filled("close", "app-1")[0] == ExitCode.USAGE


def test_what_is_due_depends_on_the_day_and_the_regulation(filled):
    def rules(*words: str) -> list[str]:
        lines = filled("due", "--json", *words)[1].splitlines()
        return [json.loads(line)["rule"] for line in lines]

    assert "half_year_shall" not in rules("--on", "2026-11-21")
    assert "half_year_shall" in rules("--on", "2026-11-22")
    assert rules("--on", "2026-11-22", "--regulation", "S1") == ["half_year_may"]
    assert "S4 三（五）" in filled("due", "--on", "2026-11-22")[1]


def test_an_export_is_edited_previewed_and_imported(filled, tmp_path):
    path = tmp_path / "名录.xlsx"
    assert filled("export", str(path))[0] == 0
    assert filled("export", str(path))[0] == ExitCode.USAGE
    book = load_workbook(path)
    sheet = book["移动应用"]
    column = [cell.value for cell in sheet[1]].index("用户数") + 1
    sheet.cell(2, column).value = "1,200"
    book.save(path)
    code, text = filled("import", str(path))
    assert (code, "1200" in text, "预览" in text) == (0, True, True)
    assert "users" not in json.loads(filled("show", "app-1", "--json")[1])
    assert filled("import", str(path), "--apply")[0] == 0
    assert json.loads(filled("show", "app-1", "--json")[1])["users"] == "1200"
    sheet.cell(2, column).value = "很多"
    book.save(path)
    code, text = filled("import", str(path), "--apply")
    assert code == ExitCode.USAGE
    assert "工作表“移动应用”第 2 行“用户数”列: “很多”不是非负整数" in text


def test_backup_restore_and_verify(filled, tmp_path):
    path = str(tmp_path / "register.gz")
    assert filled("backup", path)[0] == 0
    other = str(tmp_path / "other.db")
    assert filled("restore", path, "--database", other)[0] == 0
    code, text = filled("verify", "--database", other)
    assert (code, "2 项" in text) == (0, True)
    assert filled("restore", path)[0] == ExitCode.USAGE


def test_a_persons_data_can_be_erased(run):
    run("add", "person", "姓名=张三", "手机=13800001234")
    assert run("erase", "person-1")[0] == 0
    shown = run("show", "person-1", "--json")[1]
    assert "张三" not in json.loads(shown)["name"]
    assert "mobile" not in json.loads(shown)
    assert run("verify")[0] == 0


def test_documents_are_kept_by_their_hash(filled, tmp_path):
    file = tmp_path / "立项.pdf"
    file.write_bytes(b"%PDF-1.4")
    code, text = filled("link", "app-1", str(file), "--slot", "立项文件", "--date", "2026-03-01")
    assert (code, "document-1" in text) == (0, True)
    assert len(list((tmp_path / "home" / "documents").iterdir())) == 1


def test_a_form_names_its_gaps(filled, tmp_path):
    path = tmp_path / "附件2.docx"
    code, text = filled("form", "app-user", "app-1", str(path))
    assert code == 0
    assert path.stat().st_size > 1000
    assert "使用场景: 待填" in text
    assert "移动应用名称" not in text


def test_the_procedure_shows_what_may_be_done_next(filled):
    text = filled("procedure", "app-1")[1]
    assert "可办理  使用者备案" in text
    assert "待前一步  启用登记" in text


def test_a_table_of_holidays_is_imported(filled, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.worksheets[0].title = "节假日"
    for row in (["日期", "是否上班", "名称"], ["2027-01-01", "否", "元旦"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "h.xlsx")
    assert filled("holidays", str(tmp_path / "h.xlsx"))[0] == 0
    assert json.loads(filled("list", "holiday", "--json")[1])["working"] == "否"


@pytest.mark.parametrize(
    "words",
    [
        ["add", "nothing", "a=b"], ["add", "app", "应用名称=x"], ["add", "app", "x"],
        ["set", "app-9", "状态=停用"], ["set", "app-1", "状态=别的"], ["show", "x"],
        ["set", "app-1", "不存在=1"], ["close", "department-1"], ["due", "--on", "三月"],
        ["form", "nothing", "app-1", "x.docx"], ["form", "app-user", "app-1", "x.txt"],
        ["procedure", "department-1"], ["link", "app-1", "abcdef"],
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_usage_error_in_one_line(filled, words):
    code, text = filled(*words)
    assert code == ExitCode.USAGE
    assert text.startswith("错误：")
    assert len(text.strip().splitlines()) == 1
