from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook

from profiles.model import Outcome
from reports.changes import make_changes
from reports.changes_files import CHANGES_FORMATS, render_changes
from tests.builders import (
    make_a_fact,
    make_assessment,
    make_coverage,
    make_fact_set,
    make_sample,
    make_verdict,
    make_versions,
)
from tests.reports.campus import make_campus
from tests.reports.hostile import make_hostile
from tests.reports.test_html import ALLOWED, Page

CAMERA, SMS = "android.permission.CAMERA", "android.permission.READ_SMS"


def make_two(**new_versions: str) -> tuple:
    flag = "android.application.flag"
    old = make_assessment(
        make_verdict("ar-3.1", Outcome.NOT_TESTED),
        make_verdict("ar-3.2", Outcome.FAIL),
        make_verdict("ar-3.3", Outcome.PASS),
        fact_set=make_fact_set(
            make_a_fact("android.permission.declared", CAMERA, level="dangerous"),
            make_a_fact(flag, "debuggable", value=True, explicit=True),
            make_a_fact(flag, "testOnly"),
            make_a_fact("derived.sensitive_type", "contacts"),
            sample=make_sample(version_name="1.0"),
            coverage=[make_coverage("software.sdks"), make_coverage("android.permissions")],
        ),
    )
    new = make_assessment(
        make_verdict("ar-3.1", Outcome.FAIL),
        make_verdict("ar-3.2", Outcome.PASS),
        make_verdict("ar-3.3", Outcome.PASS),
        fact_set=make_fact_set(
            make_a_fact("android.permission.declared", SMS, level="dangerous"),
            make_a_fact(flag, "debuggable", value=False, explicit=True),
            make_a_fact(flag, "testOnly"),
            sample=make_sample(version_name="2.0"),
            coverage=[
                make_coverage("software.sdks", "partial"),
                make_coverage("android.permissions"),
            ],
        ),
        versions=make_versions(**new_versions),
    )
    return old, new


def rows(table: object) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_equal_assessments_do_not_differ() -> None:
    changes = make_changes(make_campus(), make_campus())
    assert changes.same
    assert changes.sections == ()
    assert changes.remarks == ()


def test_changed_outcomes_come_first_and_worse_before_better() -> None:
    changes = make_changes(*make_two())
    assert [section.id for section in changes.sections] == [
        "changes-verdicts", "changes-identity", "changes-facts",
    ]  # fmt: skip
    table = changes.sections[0].tables[0]
    assert [row[0] for row in rows(table)] == ["AR-3.1", "AR-3.2"]
    assert [row[2:4] for row in rows(table)] == [
        ("○ 证据不足", "× 不符合"), ("× 不符合", "✓ 符合"),
    ]  # fmt: skip
    assert [row[3].style for row in table.rows] == ["bad", "good"]


def test_facts_are_new_gone_or_changed_and_equal_ones_stay_out() -> None:
    facts = make_changes(*make_two()).sections[2].tables
    assert [table.title for table in facts if table.rows] == ["权限声明", "应用属性"]
    permissions = next(table for table in facts if table.title == "权限声明")
    assert [row[:2] for row in rows(permissions)] == [
        ("新增", f"申请权限 {SMS}，级别：危险"),
        ("消失", f"申请权限 {CAMERA}，级别：危险"),
    ]
    flags = next(table for table in facts if table.title == "应用属性")
    assert rows(flags) == [
        ("改变", "可调试（debuggable）：否（清单中写明）", "可调试（debuggable）：是（清单中写明）")
    ]


def test_identity_shows_only_what_differs() -> None:
    table = make_changes(*make_two()).sections[1].tables[0]
    assert rows(table) == [("版本", "1.0（版本号 321）", "2.0（版本号 321）")]


def test_a_gap_of_the_new_result_is_told_before_the_changes() -> None:
    assert make_changes(*make_two()).remarks == (
        "新的结果没有完整检测：第三方 SDK。消失的事实可能只是没有检测到。",
    )


def test_other_rules_other_app_and_other_signer_are_told() -> None:
    old, new = make_two(rules="other")
    assert "版本不同" in make_changes(old, new).remarks[0]
    assert make_changes(old, new).sections[-1].id == "changes-versions"
    stranger = make_assessment(
        fact_set=make_fact_set(sample=make_sample(app_id="com.evil", signer=None))
    )
    assert "com.evil" in make_changes(old, stranger).remarks[0]
    signer = make_sample().signer
    assert signer is not None
    import msgspec

    other = make_sample(signer=msgspec.structs.replace(signer, sha256="00" * 32))
    assert (
        "签名证书不同"
        in make_changes(
            make_assessment(), make_assessment(fact_set=make_fact_set(sample=other))
        ).remarks[0]
    )
    assert "检测规范" in make_changes(old, make_assessment(school="hexi")).remarks[0]


def test_lines_that_only_one_result_has_are_changes() -> None:
    old = make_assessment(make_verdict("ar-3.1", Outcome.FAIL))
    new = make_assessment(make_verdict("ar-3.2", Outcome.REVIEW))
    table = make_changes(old, new).sections[0].tables[0]
    assert [row[:4] for row in rows(table)] == [
        ("AR-3.1", "检查 ar-3.1", "× 不符合", "无"),
        ("AR-3.2", "检查 ar-3.2", "无", "? 待人工确认"),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_is_well_formed_and_hostile_strings_stay_text(lang: str) -> None:
    page = Page(render_changes("html", make_changes(make_campus(), make_hostile(), lang)).decode())
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert not [tag for tag, _ in page.elements if tag in {"script", "img"}]
    assert all(a.get("href", "#").startswith(("#", "data:,")) for _, a in page.elements)


def test_workbook_and_document() -> None:
    changes = make_changes(*make_two())
    book = load_workbook(io.BytesIO(render_changes("xlsx", changes)))
    assert book.sheetnames == ["结论变化", "身份变化", "权限声明", "应用属性"]
    document = json.loads(render_changes("json", changes))
    assert document["schema"] == "appadmit.changes/1"
    assert document["new_conclusion"]["code"] == "undecided"


@pytest.mark.parametrize("name", CHANGES_FORMATS)
def test_every_format_tells_that_nothing_changed(name: str) -> None:
    assert render_changes(name, make_changes(make_campus(), make_campus(), "en"))
