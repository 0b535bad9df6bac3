"""Accesses before and after the user's decision (DESIGN §2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analyzers.model import Phase
from profiles.derive import derive_facts
from profiles.derive.consent import AFTER_REFUSAL, BEFORE
from profiles.evaluate import evaluate
from profiles.model import Outcome
from tests.builders import make_a_fact
from tests.profiles.made import load_admission, make_event, make_facts

ADMISSION = load_admission()
WHEN = datetime(2026, 11, 22, tzinfo=UTC)
LINES = ("ar-3.1", "ar-3.2", "ar-3.3", "ar-3.4", "ar-3.5")


def outcome_of(line: str, *facts: object, coverage: tuple[str, ...] = ()) -> Outcome:
    verdicts = evaluate(make_facts(*facts, coverage=coverage), ADMISSION, created=WHEN).verdicts
    return next(v.outcome for v in verdicts if v.item == line)


def covered(line: str) -> tuple[str, ...]:
    return f"runtime.start.{line}", f"runtime.consent_shown.{line}"


@pytest.mark.parametrize("phase", list(Phase))
def test_phase_decides_what_counts_as_before_consent(phase: Phase) -> None:
    kinds = {
        f.kind for f in derive_facts(make_facts(make_event(phase=phase.value)), ADMISSION).facts
    }
    assert ("derived.pre_consent_access" in kinds) == (phase in BEFORE)
    assert ("derived.after_refusal_access" in kinds) == (phase in AFTER_REFUSAL)


def test_phases_before_consent_are_those_of_the_contract() -> None:
    assert {p.value for p in BEFORE} == {"start", "consent_shown", "no_consent_ui"}


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Outcome.FAIL),
        ({"phase": "no_consent_ui"}, Outcome.FAIL),
        ({"result": "denied"}, Outcome.REVIEW),
        ({"result": "empty"}, Outcome.REVIEW),
        ({"result": "unknown"}, Outcome.REVIEW),
        ({"pregranted": True}, Outcome.REVIEW),
        ({"pregranted": True, "result": "denied"}, Outcome.REVIEW),
        ({"weight": "supporting"}, Outcome.PASS),
        ({"phase": "consented"}, Outcome.PASS),
        ({"phase": "in_use"}, Outcome.PASS),
        ({"phase": "refused"}, Outcome.FAIL),
    ],
)
def test_access_decides_the_line(line: str, changes: dict, expected: Outcome) -> None:
    run = make_a_fact("runtime.run", "r", integrity=True)
    event = make_event(line=line, **changes)
    assert outcome_of(line, run, event, coverage=covered(line)) is expected


@pytest.mark.parametrize("line", LINES)
def test_silence_needs_an_unbroken_covered_run(line: str) -> None:
    whole = make_a_fact("runtime.run", "r", integrity=True)
    broken = make_a_fact("runtime.run", "r", integrity=False)
    assert outcome_of(line, whole, coverage=covered(line)) is Outcome.PASS
    assert outcome_of(line, whole, coverage=(f"runtime.no_consent_ui.{line}",)) is Outcome.PASS
    assert outcome_of(line, whole, coverage=covered(line)[:1]) is Outcome.NOT_TESTED
    assert outcome_of(line, broken, coverage=covered(line)) is Outcome.NOT_TESTED
    assert outcome_of(line, coverage=covered(line)) is Outcome.NOT_TESTED


@pytest.mark.parametrize("line", LINES)
def test_request_before_consent_fails_its_line(line: str) -> None:
    asked = make_a_fact(
        "runtime.permission_request", "android.permission.X", line=line, phase="start"
    )
    assert outcome_of(line, asked) is Outcome.FAIL


def test_event_of_another_line_changes_nothing() -> None:
    run = make_a_fact("runtime.run", "r", integrity=True)
    event = make_event(line="ar-3.2")
    assert outcome_of("ar-3.1", run, event, coverage=covered("ar-3.1")) is Outcome.PASS


def test_derived_fact_carries_evidence_and_the_event_behind() -> None:
    event = make_event()
    derived = next(
        f
        for f in derive_facts(make_facts(event), ADMISSION).facts
        if f.kind == "derived.pre_consent_access"
    )
    assert derived.fields["basis"] == [event.id]
    assert derived.evidence == event.evidence
