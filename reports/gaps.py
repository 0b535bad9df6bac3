"""Lays out what was not examined, and the limitations behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.model import Outcome
from reports.model import Cell, Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.model import Coverage, FactSet, Limitation
    from profiles.model import Assessment
    from reports.telling import Telling


def make_not_examined(assessment: Assessment, telling: Telling) -> tuple[str, ...]:
    """List what silence must not be read into: gaps with their reasons, then the open lines."""
    facts = assessment.fact_set
    by_id = {one.id: one for one in facts.limitations}
    gaps = [one for one in facts.coverage if one.state != "full"]
    told = {one for gap in gaps for one in gap.limitations}
    rows = [] if _has_run(facts) else [telling.label("not_examined.no_run")]
    rows += _tell_gaps(gaps, by_id, telling)
    rows += [telling.limitation(one) for one in facts.limitations if one.id not in told]
    for key, outcome in (("lines", Outcome.NOT_TESTED), ("error", Outcome.ERROR)):
        lines = [one.line for one in assessment.verdicts if one.standing == outcome]
        if lines:
            rows.append(telling.label(f"not_examined.{key}", lines=telling.listed(lines)))
    return tuple(dict.fromkeys(rows))


def _has_run(facts: FactSet) -> bool:
    return next(facts.of_kind("runtime.run"), None) is not None


def _tell_gaps(
    gaps: Iterable[Coverage], by_id: dict[str, Limitation], telling: Telling
) -> list[str]:
    """Tell gaps that share state and reasons in one sentence."""
    names: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for gap in gaps:
        reasons = (telling.limitation(by_id[one]) for one in gap.limitations if one in by_id)
        state = telling.word("coverage_state", gap.state)
        key = (state, tuple(dict.fromkeys(reasons)))
        names.setdefault(key, []).append(telling.coverage(gap.name))
    return [
        telling.label(
            "not_examined.gap" if reasons else "not_examined.gap_unexplained",
            names=telling.listed(covered),
            state=state,
            reasons=telling.label("not_examined.separator").join(reasons),
        )
        for (state, reasons), covered in names.items()
    ]


def make_limitations(assessment: Assessment, telling: Telling) -> Section:
    """Give all limitations, and how far every named examination reached."""
    label, facts = telling.label, assessment.fact_set
    limitations = Table(
        id="limitations",
        title=label("limitations.title"),
        columns=(
            Column(title=label("limitations.sentence"), width=60),
            Column(title=label("limitations.hides"), width=24),
            Column(title=label("limitations.analyzer"), width=20),
        ),
        rows=tuple(
            (
                Cell(text=telling.limitation(one), sub=one.code),
                Cell(text=telling.listed(telling.coverage(name) for name in one.hides)),
                Cell(text=one.analyzer, style="mono"),
            )
            for one in facts.limitations
        ),
        limit=200,
        note="" if facts.limitations else label("limitations.none"),
    )
    coverage = Table(
        id="coverage",
        title=label("coverage.title"),
        columns=(
            Column(title=label("coverage.name"), width=40),
            Column(title=label("coverage.state"), width=12),
        ),
        rows=tuple(
            (
                Cell(text=telling.coverage(one.name), sub=one.name),
                Cell(text=telling.word("coverage_state", one.state), style=_TONES[one.state]),
            )
            for one in facts.coverage
        ),
        limit=200,
    )
    return Section(
        id="limitations", title=label("limitations.title"), tables=(limitations, coverage)
    )


_TONES = {"full": "good", "partial": "warn", "none": "bad"}
