"""What the chapters say, cell by cell, about a known set of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from profiles.model import Outcome
from reports.chapters import code, comparison, components, permissions, run, signing, software
from reports.chapters.rest import TOLD
from reports.view import make_view
from tests.builders import make_a_fact, make_assessment, make_fact_set, make_verdict
from tests.reports.campus import make_campus

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.model import Section, Table


def section_of(facts: list[Fact], name: str) -> Section:
    view = make_view(make_assessment(fact_set=make_fact_set(*facts)), "zh")
    return next(section for section in view.sections if section.id == name)


def campus(name: str) -> Table:
    view = make_view(make_campus(), "zh")
    return next(t for section in view.sections for t in section.tables if t.id == name)


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_every_breach_has_its_clause_place_owner_and_advice() -> None:
    rows = campus("remediation-list").rows
    assert len(rows) == 1
    assert rows[0][0].text == "AR-3.5 同意前收集其他信息"
    assert rows[0][0].sub.endswith("第六条")
    assert [cell.text for cell in rows[0][2:]] == [
        "cn.edu.example.campus.sdk.Tracker.collect(Tracker.java:41)",
        "极光推送",
        "把初始化移到用户同意之后。",
    ]


def test_a_breach_without_facts_gives_its_reason_and_no_breach_no_list() -> None:
    failed = make_assessment(make_verdict("ar-1.1", Outcome.FAIL))
    table = make_view(failed, "zh").sections[0].tables[0]
    assert texts(table) == [("AR-1.1 检查 ar-1.1", "理由。", "", "", "")]
    sections = make_view(make_assessment(make_verdict("ar-1.1", Outcome.REVIEW)), "zh").sections
    assert "remediation" not in [section.id for section in sections]


def test_permissions_come_by_weight_with_names_and_purposes() -> None:
    rows = campus("permissions-declared").rows
    assert [row[1].text for row in rows] == ["危险"] * 4 + ["特殊", "普通"]
    assert [cell.text for cell in rows[2]] == [
        "精确位置", "危险", "获取卫星、基站与 Wi-Fi 定位", "精确位置",
    ]  # fmt: skip
    assert rows[2][0].sub == "ACCESS_FINE_LOCATION"
    assert rows[2][1].style == "bad"


def test_remarks_of_a_permission() -> None:
    fact = make_a_fact(
        "android.permission.declared", "x.Y", level="unknown", max_sdk=28, custom=True
    )
    table = section_of([fact], "permissions").tables[0]
    assert table.rows[0][2].sub == "仅用于 API 28 及以下、非系统权限"


def test_trackers_stand_before_other_sdks_and_apart_from_libraries() -> None:
    assert texts(campus("sdks"))[0][:3] == (
        "极光推送", "深圳市和讯华谷信息技术有限公司", "消息推送",
    )  # fmt: skip
    assert texts(campus("libraries")) == [("OkHttp", "4.12.0", "网络")]
    silent = make_a_fact("software.sdk", "zz", name_zh="甲")
    tracker = make_a_fact("software.sdk", "zz2", name_zh="乙", tracker=True)
    table = section_of([silent, tracker], "software").tables[0]
    assert [row[0].text for row in table.rows] == ["乙", "甲"]
    assert table.rows[0][3].text == "未见公开说明"


def test_exported_components_without_guard_come_first_and_the_launcher_is_none_of_them() -> None:
    assert texts(campus("components-overview")) == [
        ("界面（activity）", "2", "2", "1"),
        ("服务（service）", "1", "1", "0"),
        ("内容提供者（provider）", "1", "0", "0"),
    ]
    rows = campus("components-exported").rows
    assert [row[2].text for row in rows] == ["无保护", "启动入口", "签名"]


def test_risky_flags_are_marked() -> None:
    rows = campus("components-flags").rows
    assert texts(campus("components-flags")) == [
        ("可调试（debuggable）", "是", "清单中写明"),
        ("允许备份（allowBackup）", "是", "系统默认"),
    ]
    assert [row[1].style for row in rows] == ["warn", "warn"]


def test_calls_of_one_api_and_owner_are_one_row_with_the_shortest_chain() -> None:
    def site(number: int, chain: list[str], startup: str) -> Fact:
        return make_a_fact("code.api", "x", api="a#b", owner="app", weight="decisive", via="call",
                           site=f"L{number};", chain=chain, startup=startup)  # fmt: skip

    facts = [site(1, [], "no"), site(2, ["a", "b", "c"], "yes"), site(3, ["a", "c"], "yes")]
    row = section_of(facts, "code").tables[0].rows[0]
    assert row[3].text == "可达"
    assert row[3].more == ("a", "→ c")
    assert row[4].text == "3 处"
    assert row[4].more == ("L1;", "L2;", "L3;")


def test_supporting_calls_come_last_and_say_so() -> None:
    facts = [
        make_a_fact("code.api", "x", api="m#n", weight="supporting", startup="yes"),
        make_a_fact("code.api", "x", api="a#b", weight="decisive", startup="no"),
    ]
    rows = section_of(facts, "code").tables[0].rows
    assert [(row[1].text, row[0].sub) for row in rows] == [("a#b", ""), ("m#n", "辅助证据")]


def test_run_tells_events_before_consent_in_order_with_owner_and_stack() -> None:
    rows = campus("run-events-pre").rows
    assert [cell.text for cell in rows[0]] == [
        "0.412", "启动", "Android ID", "android.provider.Settings$Secure#getString", "取得内容",
        "极光推送",
    ]  # fmt: skip
    assert rows[0][4].style == "bad"
    assert rows[0][5].more[0] == "线程 main"
    assert len(rows[0][5].more) == 4
    assert rows[1][4].text == "被拒绝"
    assert texts(campus("run-events-post"))[0][2] == "通讯录"


def test_accesses_after_refusal_stand_apart_and_belong_to_people_or_names() -> None:
    def event(subject: str, **fields: object) -> Fact:
        return make_a_fact("runtime.event", subject, weight="decisive", type="contacts", **fields)

    facts = [
        make_a_fact("runtime.run", "r", phases=["refused", "in_use"]),
        event("a", phase="refused", owner="app", owner_name="cn.edu.app"),
        event("b", phase="in_use", owner="unattributed", owner_name="a.b"),
        event("c", phase="relaunched_after_refusal", owner="jpush", owner_name="极光推送"),
        make_a_fact("runtime.event", "d", phase="in_use", owner="app"),
    ]
    tables = {table.id: table for table in section_of(facts, "run").tables}
    refused = tables["run-events-refused"].rows
    assert [(row[1].sub, row[4].style, row[5].text) for row in refused] == [
        ("未同意", "bad", "应用自身"),
        ("未同意", "bad", "极光推送"),
    ]
    later = tables["run-events-post"].rows
    assert [(row[2].text, row[1].sub, row[5].text) for row in later] == [
        ("通讯录", "同意后", "未归属 a.b"),
        ("未归类", "同意后", "应用自身"),
    ]


def test_run_counts_by_type_and_owner() -> None:
    assert texts(campus("run-by-owner")) == [
        ("Android ID", "极光推送", "3", "0"),
        ("精确位置", "应用自身", "1", "0"),
        ("通讯录", "应用自身", "0", "1"),
    ]


def test_phases_of_the_run_with_their_numbers() -> None:
    view = make_view(make_campus(), "zh")
    section = next(section for section in view.sections if section.id == "run")
    assert [(step.word, step.count, step.pre_consent) for step in section.steps] == [
        ("启动", 1, True),
        ("隐私提示显示中", 1, True),
        ("点击不同意后", 0, False),
        ("点击同意后", 1, False),
    ]


@pytest.mark.parametrize(("seen", "word"), [(True, "发现"), (False, "没有发现")])
def test_privacy_prompt_of_a_run(seen: bool, word: str) -> None:
    section = section_of([make_a_fact("runtime.run", "r", consent_ui=seen)], "run")
    assert section.entries[3].value == word


def test_an_unknown_prompt_and_a_broken_record_say_so() -> None:
    section = section_of([make_a_fact("runtime.run", "r", integrity=False)], "run")
    assert section.entries[3].value == "未到达界面，不能判断"
    assert section.entries[2].value == "不完整：不能据此判定符合"
    assert section.remarks == ("同意前没有观察到访问。",)


def test_flows_with_cleartext_and_recognised_information() -> None:
    row = campus("run-flows").rows[0]
    assert (row[0].text, row[1].text, row[1].sub, row[4].text, row[4].sub) == (
        "stats.jpush.cn", "http", "明文", "Android ID", "Base64",
    )  # fmt: skip


def test_five_sources_stand_side_by_side_in_symbols_and_words() -> None:
    assert texts(campus("comparison-matrix")) == [
        ("Android ID", "○ 无", "● 有", "● 有", "● 有", "× 称不收集"),
        ("通讯录", "● 有", "○ 无", "○ 无", "– 未知", "● 有"),
    ]
    assert campus("comparison-matrix").rows[1][0].sub == "敏感个人信息"
    assert texts(campus("comparison-findings")) == [
        ("未告知", "Android ID（个人信息）已在运行中发现，但隐私政策没有写明，并称不收集")
    ]
    assert texts(campus("comparison-permissions")) == [
        ("权限与功能", "权限 android.permission.READ_SMS：通常没有正当理由，没有写明目的")
    ]


def test_facts_without_a_chapter_are_told_in_the_last_one() -> None:
    table = campus("facts-zip-anomaly")
    assert table.title == "压缩包异常"
    assert table.rows[0][0].text == "压缩包结构异常：duplicate_entry，条目 classes.dex（1 处）"


def test_long_tables_say_how_much_is_left_out() -> None:
    facts = [make_a_fact("zip.anomaly", f"a{index}", count=1) for index in range(100)]
    table = section_of(facts, "facts").tables[0]
    assert (len(table.shown), table.cut, len(table.rows)) == (30, 70, 100)


def test_certificate_remarks() -> None:
    row = campus("signing-certificates").rows[0]
    assert row[1].text == "2024-01-01 至 2054-01-01"
    assert row[3].text == "调试或公开测试证书"


def test_every_kind_that_a_chapter_claims_exists() -> None:
    from analyzers.kinds import load_kinds

    assert load_kinds().keys() >= TOLD
    assert all(
        set(chapter.KINDS) <= TOLD
        for chapter in (code, comparison, components, permissions, run, signing, software)
    )
