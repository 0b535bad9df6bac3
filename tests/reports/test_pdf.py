from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from reports.pdf import LABELS, render_pdf
from reports.text import load_text
from tests.builders import make_assessment, make_fact_set, make_sample
from tests.reports.campus import make_campus
from tests.reports.hostile import ICON, make_hostile

if TYPE_CHECKING:
    from pathlib import Path


def read_text(folder: Path, document: bytes, *options: str) -> str:
    (folder / "report.pdf").write_bytes(document)
    done = subprocess.run(
        ["pdftotext", *options, folder / "report.pdf", "-"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_label_of_the_template_exists(lang: str) -> None:
    assert set(LABELS.values()) <= load_text(lang).labels.keys()


def test_a_document_with_bookmarks_comes_out() -> None:
    document = render_pdf(make_campus(), "zh")
    assert document.startswith(b"%PDF-1.7")
    assert b"/Outlines" in document


def test_an_icon_that_is_no_picture_is_left_out() -> None:
    for icon in ("not base64!", "bm90IGEgcG5n", ICON):
        facts = make_fact_set(sample=make_sample(icon_png=icon))
        assert render_pdf(make_assessment(fact_set=facts), "en").startswith(b"%PDF")


@pytest.mark.system("pdftotext")
def test_text_extracts_as_correct_chinese(tmp_path: Path) -> None:
    text = read_text(tmp_path, render_pdf(make_campus(), "zh"))
    for sentence in (
        "移动应用准入审查报告",
        "掌上校园",
        "整改后复审",
        "同意前已取得 Android ID，调用方：极光推送。",
        "未经同意开启；无关功能；捆绑安装",
        "欢迎使用掌上校园。请阅读《隐私政策》与《用户协议》。",
        "□ 建议通过",
        "审查签字",
    ):
        assert sentence in text, sentence


@pytest.mark.system("pdftotext")
def test_hashes_copy_unchanged_and_pages_are_numbered(tmp_path: Path) -> None:
    text = read_text(tmp_path, render_pdf(make_campus(), "en"))
    assert "5c" * 32 in text
    assert "9f" * 32 in text
    pages = text.count("\f")
    assert f"1/{pages}" in text.replace(" ", "")
    assert f"{pages}/{pages}" in text.replace(" ", "")


@pytest.mark.system("pdftotext")
def test_hostile_strings_are_printed_not_run(tmp_path: Path) -> None:
    document = render_pdf(make_hostile(), "zh")
    text = read_text(tmp_path, document, "-layout")
    assert '#read("/etc/passwd")' in text.replace("\n", "")
    assert "root:x:" not in text
    assert "\\u{202E}" in text
    assert b"/URI" not in document
    assert b"/JavaScript" not in document


@pytest.mark.system("pdftoppm")
def test_nothing_leaves_the_paper(tmp_path: Path) -> None:
    """No word of the longest strings lies outside the page box."""
    (tmp_path / "report.pdf").write_bytes(render_pdf(make_hostile(), "zh"))
    done = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "report.pdf", "-"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    right = [float(x) for x in re.findall(r'xMax="([0-9.]+)"', done.stdout.decode("utf-8"))]
    assert len(right) > 1000
    assert max(right) <= 595.3
