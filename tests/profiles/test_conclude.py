"""The conclusion: exactly the lines behind it, and never a recommendation with an open line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.conclude import conclude, count_outcomes
from profiles.model import ConclusionKind, Outcome
from profiles.rules import ConclusionRule
from tests.builders import make_verdict

ITEMS = ("ar-1.5", "ar-2.1", "ar-3.1", "ar-3.2", "ar-3.3", "ar-3.4", "ar-3.5")
RULE = ConclusionRule(
    must_hold=("ar-3.1", "ar-3.2", "ar-3.3", "ar-3.4", "ar-3.5"), reject_on=("ar-1.5.another-app",)
)
GOOD = {Outcome.PASS, Outcome.NOT_APPLICABLE}


def verdicts_of(outcomes: dict[str, Outcome]) -> list:
    return [make_verdict(item, outcome) for item, outcome in outcomes.items()]


@pytest.mark.parametrize(
    ("changed", "kind", "because"),
    [
        ({}, ConclusionKind.RECOMMEND, ()),
        ({"ar-2.1": Outcome.NOT_APPLICABLE}, ConclusionKind.RECOMMEND, ()),
        ({"ar-2.1": Outcome.FAIL}, ConclusionKind.REWORK, ("ar-2.1",)),
        ({"ar-2.1": Outcome.NEEDS_DOCUMENT}, ConclusionKind.UNDECIDED, ("ar-2.1",)),
        ({"ar-2.1": Outcome.NOT_TESTED}, ConclusionKind.UNDECIDED, ("ar-2.1",)),
        ({"ar-2.1": Outcome.REVIEW}, ConclusionKind.UNDECIDED, ("ar-2.1",)),
        ({"ar-3.4": Outcome.ERROR}, ConclusionKind.UNDECIDED, ("ar-3.4",)),
        (
            {"ar-3.1": Outcome.FAIL, "ar-2.1": Outcome.NEEDS_DOCUMENT},
            ConclusionKind.REWORK,
            ("ar-3.1",),
        ),
    ],
)
def test_conclusion_and_the_lines_behind_it(
    changed: dict[str, Outcome], kind: ConclusionKind, because: tuple[str, ...]
) -> None:
    conclusion = conclude(RULE, verdicts_of(dict.fromkeys(ITEMS, Outcome.PASS) | changed))
    assert (conclusion.kind, conclusion.because) == (kind, because)


def test_rejection_only_for_the_named_code() -> None:
    others = verdicts_of(dict.fromkeys(ITEMS[1:], Outcome.PASS))
    rejected = make_verdict("ar-1.5", Outcome.FAIL, code="ar-1.5.another-app")
    mended = make_verdict("ar-1.5", Outcome.FAIL, code="ar-1.5.other")
    assert conclude(RULE, [rejected, *others]).kind is ConclusionKind.REJECT
    assert conclude(RULE, [mended, *others]).kind is ConclusionKind.REWORK


def test_absent_lines_forbid_a_recommendation() -> None:
    conclusion = conclude(RULE, verdicts_of({"ar-2.1": Outcome.PASS, "ar-3.1": Outcome.PASS}))
    assert conclusion.kind is ConclusionKind.UNDECIDED
    assert conclusion.because == ("ar-3.2", "ar-3.3", "ar-3.4", "ar-3.5")
    assert conclude(RULE, []).kind is ConclusionKind.UNDECIDED


@given(st.fixed_dictionaries({item: st.sampled_from(Outcome) for item in ITEMS}))
def test_recommendation_means_that_every_line_holds(outcomes: dict[str, Outcome]) -> None:
    conclusion = conclude(RULE, verdicts_of(outcomes))
    recommended = conclusion.kind is ConclusionKind.RECOMMEND
    assert recommended == (set(outcomes.values()) <= GOOD)
    failed = {item for item, outcome in outcomes.items() if outcome is Outcome.FAIL}
    assert (conclusion.kind in (ConclusionKind.REWORK, ConclusionKind.REJECT)) == bool(failed)
    if not recommended:
        assert conclusion.because
        assert all(outcomes[item] not in GOOD for item in conclusion.because)


@given(st.lists(st.sampled_from(Outcome)))
def test_every_outcome_is_counted(outcomes: list[Outcome]) -> None:
    counts = count_outcomes(make_verdict("x", outcome) for outcome in outcomes)
    assert set(counts) == {outcome.value for outcome in Outcome}
    assert sum(counts.values()) == len(outcomes)
