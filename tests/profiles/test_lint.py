"""The linter: each remark is made for a planted fault, and the library is without remarks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from profiles.lint import lint
from profiles.rules import Profile
from tests.profiles.made import load_library, make_item, make_profile

TEXT = {"zh": "一句话。", "en": "A sentence."}


def rule(when: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"code": "r", "outcome": "FAIL", "when": when, "reason": TEXT} | parts


def auto(**parts: Any) -> dict[str, Any]:
    return {"fact": "android.autostart", **parts}


def with_rule(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
    examples = [{"expect": "open"}]
    return make_item(rules=list(rules), examples=examples, **changes)


def codes(root: Path, item: dict[str, Any], **head: Any) -> dict[str, str]:
    return {f.code: f.detail for f in lint(make_profile(root, item, **head))}


@pytest.mark.parametrize("profile", load_library(), ids=lambda p: p.name)
def test_library_is_without_remarks(profile: Profile) -> None:
    assert [(f.item, f.code, f.detail) for f in lint(profile)] == []


def test_sound_item_is_without_remarks(tmp_path: Path) -> None:
    assert codes(tmp_path, make_item()) == {}


COMPONENT = "android.component"


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ({"fact": "android.nothing"}, "kind.unknown"),
        (auto(where={"nothing": 1}), "field.unknown"),
        (auto(distinct="nothing"), "field.unknown"),
        ({"fact": COMPONENT, "where": {"type": "window"}}, "value.unknown"),
        ({"fact": COMPONENT, "where": {"type": {"not": "window"}}}, "value.unknown"),
        ({"fact": COMPONENT, "where": {"exported": "yes"}}, "value.type"),
        ({"fact": COMPONENT, "where": {"init_order": "first"}}, "value.type"),
        ({"fact": COMPONENT, "where": {"process": {"gt": 1}}}, "value.type"),
        ({"fact": COMPONENT, "where": {"exported": {"prefix": "y"}}}, "value.type"),
    ],
)
def test_condition_that_does_not_fit_the_kinds(tmp_path: Path, when: Any, code: str) -> None:
    assert code in codes(tmp_path, with_rule(rule(when)))


def test_null_is_a_value_of_nullable_fields_only(tmp_path: Path) -> None:
    nullable = {"fact": COMPONENT, "where": {"init_order": None}}
    assert "value.type" not in codes(tmp_path, with_rule(rule(nullable)))
    plain = {"fact": COMPONENT, "where": {"process": None}}
    assert "value.type" in codes(tmp_path, with_rule(rule(plain)))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"needs": ["codeapis"]}, "coverage.unknown"),
        ({"needs": ["magic.apis"]}, "coverage.unknown"),
        ({"reason": {"zh": "有 {s.nothing}。", "en": "{s.nothing}."}}, "place.unknown"),
        ({"reason": {"zh": "有 {s}。", "en": "There is one."}}, "text.places"),
        ({"reason": {"zh": "没有句号", "en": "No stop."}}, "text.zh"),
        ({"reason": {"zh": "English.", "en": "English."}}, "text.zh"),
        ({"reason": {"zh": "中文。", "en": " "}}, "text.en"),
        ({"reason": {"zh": "中文。", "en": "中文."}}, "text.en"),
        ({"reason": {"zh": "有[[一 {s}。", "en": "One {s}."}}, "text.parts"),
        ({"reason": {"zh": "有{ s }。", "en": "One."}}, "text.parts"),
    ],
)
def test_rule_text_or_coverage_that_does_not_fit(tmp_path: Path, parts: Any, code: str) -> None:
    assert code in codes(tmp_path, with_rule(rule(auto(**{"as": "s"}), **parts)))


@pytest.mark.parametrize(
    ("when", "parts", "uncovered"),
    [
        ({"platform": "android"}, {"outcome": "PASS"}, True),
        ({"platform": "android"}, {"outcome": "PASS", "needs": ["code.apis"]}, False),
        ({"not": auto()}, {"outcome": "FAIL"}, True),
        ({"not": auto()}, {"outcome": "REVIEW"}, False),
        (auto(), {"outcome": "PASS"}, False),
        ({"any": [auto(), {"platform": "ios"}]}, {"outcome": "PASS"}, True),
        ({"all": [auto(), {"not": {"fact": COMPONENT}}]}, {"outcome": "PASS"}, True),
        ({"all": [auto(), {"not": {"fact": "document.attached"}}]}, {"outcome": "PASS"}, False),
        ({"all": [{"reached": ["code.apis"]}, {"not": auto()}]}, {"outcome": "PASS"}, False),
        (auto(count={"ge": 0}), {"outcome": "NOT_APPLICABLE"}, True),
    ],
)
def test_outcome_by_silence_needs_coverage(
    tmp_path: Path, when: Any, parts: dict[str, Any], uncovered: bool
) -> None:
    found = codes(tmp_path, with_rule(rule(when, **parts)))
    assert ("silence.uncovered" in found) is uncovered


def test_otherwise_may_not_settle_the_line(tmp_path: Path) -> None:
    item = make_item(otherwise={"code": "open", "outcome": "PASS", "reason": TEXT})
    found = codes(tmp_path, item)
    assert "silence.uncovered" in found
    assert "outcome.no-doubt" in found


def test_rule_behind_an_equal_one_is_unreachable(tmp_path: Path) -> None:
    first = rule({"any": [auto(), {"platform": "ios"}]}, code="a", outcome="REVIEW")
    second = rule(auto(), code="b")
    assert codes(tmp_path, with_rule(first, second))["rule.unreachable"] == "b after a"
    with_needs = first | {"needs": ["code.apis"]}
    assert "rule.unreachable" not in codes(tmp_path, with_rule(with_needs, second))


@pytest.mark.parametrize(
    ("examples", "code"),
    [
        ([{"expect": "open"}], "example.missing"),
        ([{"expect": "found"}], "example.differs"),
        ([{"expect": "found", "facts": [{"kind": "android.nothing"}]}], "example.facts"),
    ],
)
def test_examples_are_run(tmp_path: Path, examples: Any, code: str) -> None:
    assert code in codes(tmp_path, make_item(examples=examples))


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ([], "clause.none"),
        ([{"document": "X9", "article": "1", "seen": "原文"}], "clause.document"),
        ([{"document": "S1", "article": "1", "seen": "听说"}], "clause.seen"),
        ([{"document": "S1", "article": "1", "seen": "译述", "quote": "原话"}], "clause.quote"),
        ([{"document": "S1", "article": "1", "seen": "部分原文", "quote": "原话"}], "clause.quote"),
        ([{"document": "S1", "article": "1", "seen": "译述"}], "fail.unseen-clause"),
        ([{"document": "S1", "article": "1", "seen": "记忆"}], "fail.unseen-clause"),
        ([{"document": "S1", "article": "1", "seen": "记忆"}], "clause.memory"),
    ],
)
def test_clauses_are_cited_as_they_were_seen(tmp_path: Path, clauses: Any, code: str) -> None:
    assert code in codes(tmp_path, make_item(clauses=clauses))


def test_line_from_memory_says_so(tmp_path: Path) -> None:
    clauses = [{"document": "S1", "article": "1", "seen": "记忆"}]
    item = make_item(clauses=clauses, title={"zh": "题目（待核对）", "en": "Title"})
    assert "clause.memory" not in codes(tmp_path, item)


def test_unused_condition_and_repeated_line(tmp_path: Path) -> None:
    profile = make_profile(
        tmp_path, make_item(), make_item(id="t-2"), conditions={"idle": {"platform": "ios"}}
    )
    found = {f.code: f.detail for f in lint(profile)}
    assert found["condition.unused"] == "idle"
    assert "T-1" in found["line.repeated"]
