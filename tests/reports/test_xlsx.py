from __future__ import annotations

import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from reports.xlsx import render_xlsx
from tests.builders import make_a_fact, make_assessment, make_fact_set
from tests.reports.campus import make_campus
from tests.reports.hostile import STRINGS, make_hostile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def campus() -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(make_campus(), "zh")))


def test_sheets_in_order(campus: Workbook) -> None:
    assert campus.sheetnames[:4] == ["概要", "准入审查", "整改清单", "申请的权限"]
    assert {"同意前的访问", "网络连接", "可被其他应用调用的组件", "局限"} <= set(campus.sheetnames)


def test_checklist_has_every_line_a_filter_a_frozen_head_and_answer_boxes(
    campus: Workbook,
) -> None:
    sheet = campus["准入审查"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 8
    assert rows[0][0] == "项目"
    assert [row[3] for row in rows[1:]] == [
        "□ 待佐证", "? 待人工确认", "! 检测出错", "○ 证据不足", "✓ 符合", "× 不符合", "– 不适用",
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L8"
    validation = sheet.data_validations.dataValidation[0]
    assert "不符合" in validation.formula1
    assert str(validation.sqref) == "K2:K8"
    assert "运行时访问" not in rows[6][5]
    assert "启动（同意前）访问" in rows[6][5]
    assert "“未经用户同意”" in rows[6][8]
    assert "译述" in rows[6][8]


def test_tables_hold_all_rows() -> None:
    facts = [make_a_fact("zip.anomaly", f"a{index}", count=1) for index in range(500)]
    book = load_workbook(
        io.BytesIO(render_xlsx(make_assessment(fact_set=make_fact_set(*facts)), "zh"))
    )
    assert book["压缩包异常"].max_row == 501


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_cell_is_a_formula_a_number_or_a_link(lang: str) -> None:
    content = render_xlsx(make_hostile(), lang)
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert any(STRINGS[6] in str(cell.value) for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "@")))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if "externalLink" in name or "vba" in name]
        for name in file.namelist():
            if name.startswith("xl/worksheets/"):
                xml = file.read(name).decode()
                assert not re.search(r"<f[ >]|<hyperlink", xml), name


def test_long_texts_and_names_fit_a_spreadsheet() -> None:
    book = load_workbook(io.BytesIO(render_xlsx(make_hostile(), "en")))
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    longest = max(
        len(str(cell.value or "")) for sheet in book for row in sheet.iter_rows() for cell in row
    )
    assert longest <= 32_767


@pytest.mark.system("soffice")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(render_xlsx(make_hostile(), "zh"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    filters = 'csv:"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,true,false,false,false,2'
    subprocess.run(
        [*command, "--convert-to", filters.replace('"', ""), "--outdir", tmp_path,
         tmp_path / "report.xlsx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    (read,) = tmp_path.glob("*.csv")
    text = read.read_text("utf-8")
    assert "AR-3.5" in text
    assert "× 不符合" in text
