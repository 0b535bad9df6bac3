"""The chapter on the observed run: phases, accesses before and after consent, flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.chapters.run_tables import (
    REFUSED,
    make_consents,
    make_crashes,
    make_events,
    make_flows,
    make_owners,
    make_requests,
)
from reports.gaps import whole_phases
from reports.model import Cell, Column, Entry, Section, Step, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

KINDS = (
    "runtime.run",
    "runtime.event",
    "runtime.permission_request",
    "runtime.consent",
    "runtime.flow",
    "runtime.crash",
)
_COVERAGE_TONES = {"full": "good", "partial": "warn", "none": "bad"}


def make_run(telling: Telling) -> Section | None:
    """Give the chapter; none where no run took place."""
    runs = list(telling.facts.of_kind("runtime.run"))
    if not runs:
        return None
    events = list(telling.facts.of_kind("runtime.event"))
    parts: dict[str, list[Fact]] = {"pre": [], "refused": [], "post": []}
    for event in events:
        fields = event.fields
        part = "refused" if fields["phase"] in REFUSED else "post"
        parts["pre" if fields["pre_consent"] else part].append(event)
    tables = (
        make_events("events_pre", parts["pre"], telling),
        make_requests(telling),
        make_owners(events, telling),
        make_events("events_refused", parts["refused"], telling),
        make_events("events_post", parts["post"], telling),
        make_consents(telling),
        make_flows(telling),
        make_crashes(telling),
        _coverage(telling),
    )
    remarks = () if parts["pre"] else (telling.label("run.none_pre"),)
    return Section(
        id="run",
        title=telling.label("run.title"),
        entries=tuple(entry for run in runs for entry in _entries(run, telling)),
        steps=_steps(runs, events, telling),
        remarks=remarks,
        tables=tuple(table for table in tables if table.rows),
    )


def _entries(run: Fact, telling: Telling) -> tuple[Entry, ...]:
    fields, label = run.fields, telling.label
    consent = {True: "found", False: "missing"}.get(fields["consent_ui"] is True, "missing")
    if fields["consent_ui"] is None:
        consent = "unknown"
    integrity = "ok" if fields["integrity"] else "broken"
    seconds = f"{float(str(fields['seconds'])):.1f}"
    return (
        Entry(
            label=label("run.runtime"),
            value=f"{telling.word('runtime', fields['runtime'])} · {fields['platform']}",
            note=run.subject,
        ),
        Entry(label=label("run.witnesses"), value=telling.told("witness", fields["witnesses"])),
        Entry(label=label("run.integrity"), value=label(f"run.integrity_{integrity}")),
        Entry(label=label("run.consent_ui"), value=label(f"run.consent_{consent}")),
        Entry(label=label("run.seconds"), value=label("run.seconds_value", value=seconds)),
    )


def _steps(runs: list[Fact], events: list[Fact], telling: Telling) -> tuple[Step, ...]:
    reached = [phase for run in runs for phase in _list(run.fields["phases"])]
    seen = [str(one.fields["phase"]) for one in events]
    before = {str(one.fields["phase"]) for one in events if one.fields["pre_consent"]}
    before |= {"start", "consent_shown", "no_consent_ui"}
    return tuple(
        Step(word=telling.word("phase", one), count=seen.count(one), pre_consent=one in before)
        for one in dict.fromkeys(reached)
    )


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _coverage(telling: Telling) -> Table:
    whole = set(whole_phases(telling.facts.coverage))
    return Table(
        id="run-coverage",
        title=telling.label("run.coverage"),
        columns=(
            Column(title=telling.label("run.name"), width=40),
            Column(title=telling.label("run.state"), width=12),
        ),
        rows=tuple(
            (
                Cell(text=telling.coverage(one.name), sub=one.name),
                Cell(
                    text=telling.word("coverage_state", one.state),
                    style=_COVERAGE_TONES[one.state],
                ),
            )
            for one in telling.facts.coverage
            if one.name.startswith("runtime.") and one.name in whole
        ),
    )
