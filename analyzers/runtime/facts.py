"""Turns a recorded run into facts, limitations and coverage; nothing is run for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Coverage, Evidence, Fact, Limitation, Location, make_fact, shorten
from analyzers.runtime.coverage import (
    ANALYZER,
    find_phases,
    find_run_limits,
    make_coverage,
    shown_phase,
)
from analyzers.runtime.events import app_frames, read_access, requested_permissions
from analyzers.runtime.grouping import Group, group_accesses
from analyzers.runtime.network.flows import extract_flows
from analyzers.runtime.reading import read_lines
from analyzers.runtime.record import read_record
from analyzers.runtime.requests import extract_requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from analyzers.knowledge.owners import Owners
    from analyzers.runtime.reading import Lines
    from analyzers.runtime.record import RunRecord

PRE_CONSENT = frozenset({"start", "consent_shown", "no_consent_ui"})
SHOWN_FRAMES = 12


def extract_run(record_dir: Path, owners: Owners) -> Iterable[Fact | Limitation | Coverage]:
    """Give everything a recorded run states.

    Args:
        record_dir: directory of the run (``run.json`` and the files it names).
        owners: finds who owns a stack.

    Raises:
        OSError: when there is no record.
        msgspec.DecodeError: when the record is damaged.
    """
    record = read_record(record_dir)
    lines = read_lines(record)
    findings = list(find_phases(record, lines))
    yield _run_fact(record, lines)
    yield from _consent_fact(record)
    yield from _event_facts(record, lines, owners)
    yield from extract_requests(record, lines, owners)
    yield from _crash_facts(record, lines)
    yield from extract_flows(record, lines, owners)
    limits = {item.id: item for item in find_run_limits(record, lines)}
    for finding in findings:
        limits.update((item.id, item) for item in finding.limitations)
        for items in finding.lines.values():
            limits.update((item.id, item) for item in items)
    yield from limits.values()
    for finding in findings:
        yield from make_coverage(finding)


def _evidence(file: str, place: str, excerpt: str = "") -> Evidence:
    return Evidence(location=Location(file=file, place=place), excerpt=shorten(excerpt))


def _run_fact(record: RunRecord, lines: Sequence[Lines]) -> Fact:
    broken = sum(line.broken for line in lines)
    sung = any(line.of_kind("canary") for line in lines if any(line.of_kind("canary")))
    phases = list(
        dict.fromkeys(shown_phase(item.phase, record.consent_ui) for item in record.phases)
    )
    return make_fact(
        "runtime.run",
        record.id,
        analyzer=ANALYZER,
        evidence=[_evidence("run.json", record.id)],
        runtime=record.runtime,
        platform=record.platform,
        witnesses=["weave"] if sung else [],
        integrity=sung and broken == 0 and all(item.ended != "memory" for item in record.starts),
        phases=list(phases),
        consent_ui=record.consent_ui,
        seconds=record.seconds,
    )


def _consent_fact(record: RunRecord) -> Iterator[Fact]:
    consent = record.consent
    if consent is not None:
        yield make_fact(
            "runtime.consent",
            consent.screen,
            analyzer=ANALYZER,
            evidence=[_evidence(consent.screen, "", consent.text)],
            text=shorten(consent.text, 2000),
            agree=consent.agree,
            refuse=consent.refuse,
            prechecked=consent.prechecked,
            policy_links=list(consent.policy_links[:20]),
            exit_on_refusal=consent.exit_on_refusal,
        )


def _event_facts(record: RunRecord, lines: Sequence[Lines], owners: Owners) -> Iterator[Fact]:
    accesses = [
        access
        for line in lines
        for message in line.of_kind("event")
        if not requested_permissions(message)
        and (access := read_access(message, package=record.app_id, start=line.start.number,
                                   pregranted=line.start.pregranted)) is not None
    ]  # fmt: skip
    origin = {line.start.number: line.first_line_time for line in lines}
    for group in group_accesses(accesses, record.consent_ui, owners):
        yield _event_fact(record, group, origin)


def _event_fact(record: RunRecord, group: Group, origin: dict[int, int]) -> Fact:
    first = group.first
    row = first.row
    file = record.starts[first.start].lines
    frame = next(app_frames(first.stack), first.stack[0] if first.stack else "")
    return make_fact(
        "runtime.event",
        row.id,
        analyzer=ANALYZER,
        evidence=[_evidence(file, f"n={first.number}", " ← ".join(first.stack[:4]))],
        api=f"{row.cls}#{row.member}",
        type=row.type,
        group=row.group,
        line=row.line,
        weight=group.weight,
        phase=group.phase,
        pre_consent=group.phase in PRE_CONSENT,
        result=first.result,
        owner=group.owner.id,
        owner_name=group.owner.name,
        frame=frame,
        stack=list(first.stack[:SHOWN_FRAMES]),
        thread=first.thread[:80],
        first_ms=max(0, first.time - origin.get(first.start, 0)),
        count=group.count,
        argument=shorten(first.argument, 120),
        pregranted=first.pregranted,
    )


def _crash_facts(record: RunRecord, lines: Sequence[Lines]) -> Iterator[Fact]:
    seen: set[tuple[str, str, str]] = set()
    for line in lines:
        for message in line.of_kind("crash"):
            phase = shown_phase(message.phase, record.consent_ui)
            kind = str(message.fields.get("type", ""))[:200]
            frame = str(message.fields.get("frame", ""))[:300]
            if (phase, kind, frame) in seen or len(seen) > 50:
                continue
            seen.add((phase, kind, frame))
            yield make_fact(
                "runtime.crash",
                kind,
                analyzer=ANALYZER,
                evidence=[_evidence(line.start.lines, f"n={message.number}")],
                phase=phase,
                frame=frame,
                message=shorten(str(message.fields.get("message", "")), 200),
            )
