from __future__ import annotations

import io
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from reports.docx import LABELS, TEMPLATE, render_docx
from reports.text import load_text
from tests.reports.campus import make_campus
from tests.reports.hostile import STRINGS, make_hostile

if TYPE_CHECKING:
    from pathlib import Path


def texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text for text in found if text.strip()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_label_of_the_form_exists(lang: str) -> None:
    assert set(LABELS.values()) <= load_text(lang).labels.keys()


def test_form_holds_identity_conclusion_lines_and_boxes_to_fill() -> None:
    content = render_docx(make_campus(), "zh")
    found = texts(content)
    for text in ("移动应用准入审查表", "掌上校园", "↺ 整改后复审", "审查人", "日期", "AR-3"):
        assert text in found, text
    checklist = Document(io.BytesIO(content)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in checklist.rows]
    assert rows[0] == ["项目", "检查项", "结论", "判定理由", "审查人意见"]
    assert [row[0] for row in rows[1:]] == [
        "AR-1", "AR-1.1", "AR-1.6", "AR-2", "AR-2.9", "AR-3", "AR-3.1", "AR-3.2", "AR-3.5",
        "AR-4", "AR-4.2",
    ]  # fmt: skip
    failed = next(row for row in rows if row[0] == "AR-3.5")
    assert failed[2] == "× 不符合"
    assert failed[3].startswith("同意前已取得 Android ID，调用方：极光推送。\n依据：")
    assert failed[4] == ""


def test_no_field_is_left_and_none_is_made_by_a_value() -> None:
    found = texts(render_docx(make_campus(), "en"))
    assert not [text for text in found if "{{" in text or "{%" in text]
    hostile = texts(render_docx(make_hostile(), "zh"))
    assert any("{{ 7*7 }}{% raw %}" in text for text in hostile)
    assert any(STRINGS[0] in text for text in hostile)
    assert not any("49" in text.split("依据")[0] for text in hostile if "7*7" in text)


def test_the_file_holds_no_macro_link_or_foreign_part() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(make_hostile(), "zh"))) as file:
        assert not [name for name in file.namelist() if "vba" in name or "embed" in name]
        for name in file.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in file.read(name), name
        assert b"<w:hyperlink" not in file.read("word/document.xml")


def test_a_form_of_the_school_may_take_its_place(tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("{{ app_name }} / {{ conclusion.word }}")
    own.save(tmp_path / "own.docx")
    assert texts(render_docx(make_campus(), "zh", tmp_path / "own.docx")) == [
        "掌上校园 / 整改后复审"
    ]
    assert TEMPLATE.name == "review.docx"


@pytest.mark.system("soffice")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(render_docx(make_hostile(), "zh"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, tmp_path / "form.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (tmp_path / "form.txt").read_text("utf-8-sig")
    assert "移动应用准入审查表" in text
    assert "AR-3.5" in text
