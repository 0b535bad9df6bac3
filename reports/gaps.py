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
    rows += tell_limitations((one for one in facts.limitations if one.id not in told), telling)
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
    groups: dict[tuple[str, tuple[str, ...]], list[Coverage]] = {}
    for gap in gaps:
        senses = dict.fromkeys(_sense(by_id[one]) for one in gap.limitations if one in by_id)
        groups.setdefault((gap.state, tuple(senses)), []).append(gap)
    told = []
    for (state, _), covered in groups.items():
        ids = dict.fromkeys(one for gap in covered for one in gap.limitations if one in by_id)
        reasons = tell_limitations((by_id[one] for one in ids), telling)
        told.append(
            telling.label(
                "not_examined.gap" if reasons else "not_examined.gap_unexplained",
                names=telling.listed(telling.coverage(one) for one in whole_phases(covered)),
                state=telling.word("coverage_state", state),
                reasons=telling.label("not_examined.separator").join(reasons),
            )
        )
    return told


def _sense(limitation: Limitation) -> str:
    """Give what a limitation says apart from the phase it says it of."""
    params = {key: value for key, value in limitation.params.items() if key != "phase"}
    return f"{limitation.code} {sorted(params.items())}"


def tell_limitations(limitations: Iterable[Limitation], telling: Telling) -> list[str]:
    """Tell limitations; those that differ only in their phase in one sentence."""
    merged: dict[str, tuple[Limitation, dict[object, None]]] = {}
    for limitation in limitations:
        _, phases = merged.setdefault(_sense(limitation), (limitation, {}))
        if phase := limitation.params.get("phase"):
            phases[phase] = None
    sentences = (
        telling.text.limitation(one.code, {**one.params, **({"phase": list(p)} if p else {})})
        for one, p in merged.values()
    )
    return list(dict.fromkeys(sentences))


def whole_phases(coverage: Iterable[Coverage]) -> list[str]:
    """List names; a line of a phase is left out where the phase itself stands with its state."""
    states = {one.name: one.state for one in coverage}
    return [
        name
        for name, state in states.items()
        if not (_is_line(name) and states.get(_phase_of(name)) == state)
    ]


def _is_line(name: str) -> bool:
    return name.startswith("runtime.") and name != _phase_of(name)


def _phase_of(name: str) -> str:
    return ".".join(name.split(".")[:2])


def make_limitations(assessment: Assessment, telling: Telling) -> Section:
    """Give all limitations, and how far every named examination reached."""
    label, facts = telling.label, assessment.fact_set
    whole = set(whole_phases(facts.coverage))
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
                Cell(text=telling.listed(telling.coverage(name) for name in _hidden(one))),
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
            if one.name in whole
        ),
        limit=200,
    )
    return Section(
        id="limitations", title=label("limitations.title"), tables=(limitations, coverage)
    )


def _hidden(limitation: Limitation) -> list[str]:
    """List what a limitation hides, without the lines of phases it hides whole."""
    return [
        name
        for name in limitation.hides
        if not (_is_line(name) and _phase_of(name) in limitation.hides)
    ]


_TONES = {"full": "good", "partial": "warn", "none": "bad"}
