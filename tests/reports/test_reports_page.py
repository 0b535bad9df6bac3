"""docs/reports.md names what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reports.docx import make_fields
from reports.formats import FORMATS
from reports.text import load_text
from reports.view import make_view
from tests.reports.campus import make_campus

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def named() -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", (ROOT / "docs/reports.md").read_text("utf-8")))


def test_every_format_is_named(named: set[str]) -> None:
    assert FORMATS.keys() <= named


def test_every_name_of_the_document_is_named(named: set[str]) -> None:
    schema = json.loads((ROOT / "reports/schema/report-1.json").read_text("utf-8"))
    plain = {name.removesuffix("[]") for name in named}
    own_words = {"profile_version", "profile_title", "school_title"}
    assert set(schema["required"]) - own_words <= plain


def test_every_field_of_the_form_is_named(named: set[str]) -> None:
    fields = make_fields(make_view(make_campus(), "zh"), load_text("zh"), "0" * 64)
    assert fields.keys() <= named
    assert fields["chapters"][0].keys() | fields["chapters"][0]["lines"][0].keys() <= named


def test_every_outcome_is_shown(named: set[str]) -> None:
    text = (ROOT / "docs/reports.md").read_text("utf-8").replace("\n", " ")
    words = load_text("zh").words
    for outcome, symbol in words["symbol"].items():
        assert f"{symbol} {words['outcome'][outcome]}" in text
