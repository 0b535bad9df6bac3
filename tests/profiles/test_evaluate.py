"""Judging: first rule that holds, coverage, limitations, errors kept to their item."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzers.kinds import Field, load_kinds
from analyzers.model import Coverage, CoverageState, make_limitation
from profiles.evaluate import MAX_CITED, evaluate
from profiles.model import ConclusionKind, Outcome
from profiles.rules import Condition
from tests.builders import make_a_fact, make_fact_set
from tests.profiles.made import load_admission, load_library, make_facts, make_item, make_profile

CREATED = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
ADMISSION = load_admission()
PASSING = {
    "code": "silent",
    "outcome": "PASS",
    "when": {"platform": "android"},
    "needs": ["android.components", "code.apis | runtime.start"],
    "reason": {"zh": "没有发现。", "en": "Nothing found."},
}


def item_with_pass() -> dict:
    item = make_item()
    return item | {"rules": [*item["rules"], PASSING]}


def test_first_rule_that_holds_decides_and_cites_its_facts(tmp_path: Path) -> None:
    starter = make_a_fact("android.autostart", "a.Boot")
    assessment = evaluate(make_facts(starter), make_profile(tmp_path, make_item()), created=CREATED)
    (verdict,) = assessment.verdicts
    assert (verdict.outcome, verdict.code) == (Outcome.FAIL, "t-1.found")
    assert verdict.facts == (starter.id,)
    assert verdict.reason.zh == "发现 a.Boot。"
    assert verdict.params == {"starters": "a.Boot"}
    assert assessment.created == "2026-11-22T08:30:00+00:00"
    assert assessment.counts["FAIL"] == 1
    assert assessment.documents["S1"].zh == "办法"
    assert assessment.versions.rules


@pytest.mark.parametrize(
    ("coverage", "outcome", "missing"),
    [
        (("android.components", "code.apis"), Outcome.PASS, ()),
        (("android.components", "runtime.start"), Outcome.PASS, ()),
        (("code.apis",), Outcome.NOT_TESTED, ("android.components",)),
        ((), Outcome.NOT_TESTED, ("android.components", "code.apis | runtime.start")),
    ],
)
def test_silence_passes_only_with_its_coverage(
    tmp_path: Path, coverage: tuple[str, ...], outcome: Outcome, missing: tuple[str, ...]
) -> None:
    profile = make_profile(tmp_path, item_with_pass())
    (verdict,) = evaluate(make_facts(coverage=coverage), profile, created=CREATED).verdicts
    assert (verdict.outcome, verdict.missing_coverage) == (outcome, missing)


def test_limitation_behind_lowered_coverage_is_named(tmp_path: Path) -> None:
    limitation = make_limitation("x.partly", analyzer="a", hides=["android"])
    other = make_limitation("y.partly", analyzer="b", hides=["software.sdks"])
    facts = make_fact_set(
        limitations=[limitation, other],
        coverage=[Coverage(name="android.components", state=CoverageState.FULL)],
    )
    profile = make_profile(tmp_path, item_with_pass())
    (verdict,) = evaluate(facts, profile, created=CREATED).verdicts
    assert verdict.outcome is Outcome.NOT_TESTED
    assert verdict.limitations == (limitation.id,)


def test_packed_code_voids_a_pass_by_silence(tmp_path: Path) -> None:
    profile = make_profile(tmp_path, item_with_pass())
    packer = make_a_fact("software.packer", "p", hides_code=True)
    facts = make_facts(packer, coverage=("android.components", "code.apis"))
    (verdict,) = evaluate(facts, profile, created=CREATED).verdicts
    assert verdict.outcome is Outcome.NOT_TESTED


def test_error_in_one_item_stays_there(tmp_path: Path) -> None:
    profile = make_profile(tmp_path, make_item(), make_item(id="t-2", line="T-2"))
    broken = msgspec.structs.replace(profile.items[0].rules[0], when=Condition(use="not there"))
    items = (
        msgspec.structs.replace(profile.items[0], rules=(broken, *profile.items[0].rules[1:])),
        profile.items[1],
    )
    profile = msgspec.structs.replace(profile, items=items)
    first, second = evaluate(make_facts(), profile, created=CREATED).verdicts
    assert (first.outcome, first.code) == (Outcome.ERROR, "t-1.error")
    assert "KeyError" in first.reason.zh
    assert second.outcome is Outcome.NOT_TESTED


def test_cited_facts_are_bounded(tmp_path: Path) -> None:
    many = [make_a_fact("android.autostart", f"a.B{n}") for n in range(MAX_CITED + 50)]
    profile = make_profile(tmp_path, make_item())
    (verdict,) = evaluate(make_facts(*many), profile, created=CREATED).verdicts
    assert len(verdict.facts) == MAX_CITED


def test_same_facts_give_the_same_assessment_and_it_survives_json() -> None:
    facts = make_facts(make_a_fact("android.package", "cn.example"))
    first = evaluate(facts, ADMISSION, created=CREATED)
    again = evaluate(first.fact_set, ADMISSION, created=CREATED)
    assert first == again
    assert msgspec.json.decode(msgspec.json.encode(first), type=type(first)) == first


def field_values(field: Field) -> st.SearchStrategy:
    """Values a field of a kind may hold, hostile texts among them."""
    if field.type.endswith("?"):
        return st.none() | field_values(Field(field.type[:-1], field.doc, field.values))
    if field.type.endswith("[]"):
        return st.lists(field_values(Field(field.type[:-2], field.doc, field.values)), max_size=3)
    if field.values:
        return st.sampled_from(field.values)
    texts = st.sampled_from(
        ["", "ar-3.1", "app", "start", "camera", "{missing}", "[[x]]", "\u202e"]
    )
    return {
        "str": texts | st.text(max_size=8),
        "int": st.integers(-1, 2**40),
        "float": st.floats(0, 9, allow_nan=False),
        "bool": st.booleans(),
        "map": st.just({}),
    }[field.type]


@st.composite
def any_facts(draw: st.DrawFn) -> list:
    kinds = load_kinds()
    names = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=12))
    return [
        make_a_fact(
            name,
            draw(st.sampled_from(["", "x", "android.permission.CAMERA", "interfaces", "icp"])),
            **{key: draw(field_values(field)) for key, field in kinds[name].fields.items()},
        )
        for name in names
        if "kind" not in kinds[name].fields
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts())
def test_whatever_the_facts_say_no_rule_breaks(facts: list) -> None:
    for profile in load_library():
        assessment = evaluate(make_facts(*facts), profile, created=CREATED)
        assert [v.item for v in assessment.verdicts if v.outcome is Outcome.ERROR] == []
        if assessment.conclusion.kind is ConclusionKind.RECOMMEND:
            assert {v.outcome for v in assessment.verdicts} <= {
                Outcome.PASS,
                Outcome.NOT_APPLICABLE,
            }


def test_no_facts_no_pass() -> None:
    verdicts = evaluate(make_facts(), ADMISSION, created=CREATED).verdicts
    assert len(verdicts) == 33
    assert {v.outcome for v in verdicts} <= {
        Outcome.NOT_TESTED,
        Outcome.NEEDS_DOCUMENT,
        Outcome.REVIEW,
    }


@given(
    st.sets(st.sampled_from(["android.permissions", "code.apis", "software.sdks", "code.install"]))
)
def test_before_consent_lines_never_pass_without_a_run_or_an_impossibility(names: set[str]) -> None:
    permission = make_a_fact(
        "android.permission.declared",
        "android.permission.CAMERA",
        level="dangerous",
        types=["camera"],
    )
    package = make_a_fact("android.package", "cn.example", shared_user_id="cn.shared")
    facts = make_facts(permission, package, coverage=tuple(names))
    verdicts = evaluate(facts, ADMISSION, created=CREATED).verdicts
    before_consent = [v for v in verdicts if v.item in ADMISSION.conclusion.must_hold]
    assert {v.outcome for v in before_consent} == {Outcome.NOT_TESTED}
