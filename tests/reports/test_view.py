from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from analyzers.model import CoverageState, make_limitation
from analyzers.registry import ANALYZERS
from profiles.model import Clause, Outcome, Override
from reports.checklist import FACTS_SHOWN
from reports.docx import render_docx
from reports.html import render_html
from reports.json import render_json
from reports.pdf import render_pdf
from reports.sarif import render_sarif
from reports.telling import make_telling
from reports.text import TextError, load_text
from reports.view import make_view
from reports.xlsx import render_xlsx
from tests.builders import (
    make_a_fact,
    make_a_limitation,
    make_assessment,
    make_coverage,
    make_fact_set,
    make_sample,
    make_verdict,
)
from tests.reports.campus import make_campus
from tests.reports.hostile import make_hostile


def test_every_chapter_of_a_full_assessment_is_there_in_order() -> None:
    view = make_view(make_campus(), "zh")
    assert [section.id for section in view.sections] == [
        "remediation", "permissions", "software", "components", "signing", "code", "run", "comparison", "facts", "limitations",
    ]  # fmt: skip
    assert [chapter.id for chapter in view.chapters] == ["AR-1", "AR-2", "AR-3", "AR-4"]
    assert view.app_name == "掌上校园"
    assert view.conclusion.word == "整改后复审"
    assert view.conclusion.because == ("AR-3.5",)
    assert [(one.mark.word, one.count) for one in view.counts] == [
        ("符合", 1), ("不符合", 1), ("待人工确认", 1), ("待佐证", 1), ("证据不足", 1),
        ("不适用", 1), ("检测出错", 1),
    ]  # fmt: skip


def test_english_has_no_chinese_words_of_ours() -> None:
    view = make_view(make_campus(), "en")
    assert view.conclusion.word == "Review again after changes"
    titles = [table.title for section in view.sections for table in section.tables]
    assert all(title.isascii() for title in titles)


def test_an_assessment_without_facts_still_has_a_report() -> None:
    view = make_view(make_assessment(), "zh")
    assert [section.id for section in view.sections] == ["limitations"]
    assert view.not_examined == ("没有运行应用：看不到启动时和同意前的实际访问。",)


def test_no_run_no_run_chapter() -> None:
    facts = make_fact_set(make_a_fact("android.permission.declared", "a.b", level="normal"))
    view = make_view(make_assessment(fact_set=facts), "zh")
    assert [section.id for section in view.sections] == ["permissions", "limitations"]


def test_only_wording_seen_in_the_original_is_quoted() -> None:
    clauses = tuple(
        Clause(document="S1", article="一", seen=seen, quote="原话")
        for seen in ("原文", "部分原文", "译述", "记忆")
    )
    view = make_view(make_assessment(make_verdict(clauses=clauses)), "zh")
    lines = view.chapters[0].lines[0].clauses
    assert [line.quote for line in lines] == ["原话", "", "", ""]
    assert [line.unverified for line in lines] == [False, False, False, True]
    assert [line.seen for line in lines] == ["", "部分原文", "译述", "记忆"]


def test_many_facts_of_a_line_are_bounded_and_counted() -> None:
    facts = [make_a_fact("android.launcher", f"p{index}") for index in range(FACTS_SHOWN + 5)]
    verdict = make_verdict(facts=tuple(one.id for one in facts))
    line = make_view(make_assessment(verdict, fact_set=make_fact_set(*facts)), "zh").chapters[0]
    assert len(line.lines[0].facts) == FACTS_SHOWN
    assert line.lines[0].facts_total == FACTS_SHOWN + 5


def test_gaps_name_their_reason_and_the_open_lines() -> None:
    limitation = make_a_limitation()
    facts = make_fact_set(
        limitations=[limitation],
        coverage=[
            make_coverage("android.permissions"),
            make_coverage("runtime.start.ar-3.1", "partial", limitation),
            make_coverage("software.packers", "none"),
        ],
    )
    verdicts = (
        make_verdict("ar-3.1", Outcome.NOT_TESTED),
        make_verdict("ar-3.2", Outcome.NOT_TESTED),
        make_verdict("ar-3.3", Outcome.ERROR),
    )
    assert make_view(make_assessment(*verdicts, fact_set=facts), "zh").not_examined[1:] == (
        "启动，AR-3.1（部分）：tests.example",
        "加固识别（未检测）",
        "证据不足的项目：AR-3.1、AR-3.2",
        "检测出错的项目：AR-3.3",
    )


def test_a_limitation_without_coverage_is_told_too() -> None:
    facts = make_fact_set(limitations=[make_a_limitation("tests.other")])
    view = make_view(make_assessment(make_verdict(), fact_set=facts), "zh")
    assert view.not_examined[1:] == ("tests.other",)


def test_what_a_package_does_not_state_says_so() -> None:
    sample = make_sample(
        app_id="", label="", label_zh="", version_name="", version_code=None, min_sdk=None,
        target_sdk=None, abis=(), signer=None,
    )  # fmt: skip
    view = make_view(make_assessment(fact_set=make_fact_set(sample=sample)), "zh")
    values = {entry.label: entry.value for entry in view.identity}
    assert view.app_name == "campus.apk"
    assert values["包名"] == values["版本"] == values["系统版本要求"] == "未注明"
    assert view.signer == ()


def test_a_split_set_tells_its_members() -> None:
    sample = make_sample(members=("aa" * 32, "bb" * 32))
    view = make_view(make_assessment(fact_set=make_fact_set(sample=sample)), "zh")
    assert ("拆分包", "2 个文件") in [(entry.label, entry.value) for entry in view.identity]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(TextError):
        make_view(make_campus(), "fr")


def test_every_coverage_state_has_a_tone() -> None:
    facts = make_fact_set(coverage=[make_coverage(f"c.{state}", state) for state in CoverageState])
    tables = make_view(make_assessment(fact_set=facts), "zh").sections[-1].tables
    assert [row[1].style for row in tables[1].rows] == ["good", "warn", "bad"]


def test_no_hidden_character_passes_the_view() -> None:
    import msgspec

    text = msgspec.json.encode(make_view(make_hostile(), "zh")).decode()
    assert not {"\u202e", "\u200b", "\x1b", "\u2066", "\u2028"} & set(text)
    assert "\\\\u{202E}" in text


def test_examinations_have_names() -> None:
    telling = make_telling(make_fact_set(), "zh")
    names = [
        "android.permissions",
        "runtime.in_use",
        "runtime.start.ar-3.1",
        "new.thing",
        "runtime",
    ]
    assert [telling.coverage(name) for name in names] == [
        "权限声明", "运行：使用中", "启动，AR-3.1", "new.thing", "runtime",
    ]  # fmt: skip
    either = "runtime.start.ar-3.1 | runtime.no_consent_ui.ar-3.1"
    assert telling.coverage(either) == "启动，AR-3.1 或 未见隐私提示，首次点击前，AR-3.1"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_analyzer_has_a_name_for_its_examination(lang: str) -> None:
    words = load_text(lang).words["coverage"]
    assert {analyzer.id for analyzer in ANALYZERS} <= words.keys()


def test_strings_of_any_length_are_cut_in_print_but_keys_are_whole() -> None:
    long = make_a_fact("zip.anomaly", "x" * 50_000, entry="y" * 50_000)
    view = make_view(make_assessment(fact_set=make_fact_set(long)), "zh")
    text = view.sections[0].tables[0].rows[0][0].text
    assert len(text) < 600
    assert text.count("…") == 2
    sample = make_sample(label_zh="长" * 50_000, icon_png="A" * 50_000)
    view = make_view(make_assessment(fact_set=make_fact_set(sample=sample)), "zh")
    assert len(view.app_name) <= 2400
    assert len(view.icon_png) == 50_000
    assert view.signer[-1].value == "00" + "c4" * 256


def test_an_icon_that_is_not_base64_is_left_out() -> None:
    sample = make_sample(icon_png='"><script>')
    assert make_view(make_assessment(fact_set=make_fact_set(sample=sample)), "zh").icon_png == ""


def test_a_reviewers_decision_stands_beside_the_outcome_of_the_program() -> None:
    decision = Override(
        item="ar-3.1", outcome=Outcome.PASS, person="审查员甲", date="2026-11-20", reason="已在真机核对",
        expires="2027-05-20",
    )  # fmt: skip
    verdict = make_verdict("ar-3.1", Outcome.NOT_TESTED, override=decision)
    assessment = make_assessment(verdict)
    view = make_view(assessment, "zh")
    line = view.chapters[0].lines[0]
    assert line.mark.code == "NOT_TESTED"
    assert line.decision is not None
    assert line.decision.mark.word == "符合"
    assert line.decision.sentence == (
        "审查员甲 于 2026-11-20 作出人工结论，有效期至 2027-05-20，理由：已在真机核对"
    )
    assert not [gap for gap in view.not_examined if "AR-3.1" in gap]
    assert line.decision.sentence in render_html(assessment)
    assert render_json(assessment)["verdicts"][0]["standing"] == "PASS"
    result = render_sarif(assessment)["runs"][0]["results"][0]
    assert result["suppressions"] == [{"kind": "external", "justification": "已在真机核对"}]
    assert load_workbook(BytesIO(render_xlsx(assessment)))["准入审查"]["K2"].value == "✓ 符合"
    assert render_pdf(assessment).startswith(b"%PDF")
    words = Document(BytesIO(render_docx(assessment))).tables[1].rows[2].cells[4].text
    assert words.startswith("✓ 符合 审查员甲")


def test_lines_of_a_phase_are_not_told_beside_the_phase() -> None:
    limitation = make_a_limitation()
    names = ["runtime.start", "runtime.start.ar-3.1", "runtime.start.ar-3.2"]
    coverage = [make_coverage(name, "partial", limitation) for name in names]
    coverage.append(make_coverage("runtime.refused.ar-3.1", "partial", limitation))
    facts = make_fact_set(limitations=[limitation], coverage=coverage)
    view = make_view(make_assessment(fact_set=facts), "zh")
    assert view.not_examined[1] == "运行：启动、点击不同意后，AR-3.1（部分）：tests.example"


def test_a_phase_named_by_a_limitation_is_told_as_a_word() -> None:
    limitation = make_limitation("tests.new", analyzer="t", phase="refused")
    facts = make_fact_set(limitations=[limitation])
    assert make_view(make_assessment(fact_set=facts), "zh").not_examined[1] == (
        "tests.new (phase=点击不同意后)"
    )
