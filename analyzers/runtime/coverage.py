"""Says how far a run reached: what may hide behind silence, phase by phase and line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.apis import apis_for_member, load_apis
from analyzers.model import Coverage, CoverageState, Limitation, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analyzers.runtime.reading import Lines
    from analyzers.runtime.record import PhaseRecord, RunRecord

ANALYZER = "runtime"
CANARIES_PER_PHASE = 5
HIDING_KINDS = {
    "native_call": "runtime.native_called",
    "native_load": "runtime.native_loaded",
    "weave_failed": "runtime.hook_not_placed",
    "service_foreign": "runtime.foreign_service",
    "start_foreign": "runtime.foreign_activity",
    "phone_failed": "runtime.phone_part_failed",
    "state_too_large": "runtime.state_lost",
}
"""Lines that lower the coverage of their phase, and the limitation that says so."""
LOWERING = frozenset({"native_call", "native_load", "weave_failed", "phone_failed"})
CODE_GROUPS = frozenset({"N"})


class PhaseFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What lowers the coverage of one phase."""

    phase: str
    limitations: tuple[Limitation, ...]
    """Those that hide the whole phase."""
    lines: dict[str, tuple[Limitation, ...]]
    """Checklist line -> those that hide that line only."""
    reached: bool


def checklist_lines() -> tuple[str, ...]:
    """Give the checklist lines that runs can speak about."""
    return tuple(sorted({row.line for row in load_apis() if row.line.startswith("ar-3.")}))


def find_phases(record: RunRecord, lines: Sequence[Lines]) -> Iterator[PhaseFinding]:
    """Give what each phase of the run covers."""
    everywhere = tuple(find_run_limits(record, lines))
    by_number = {line.start.number: line for line in lines}
    for phase in _merged(record.phases, record.consent_ui):
        start = by_number.get(phase.start)
        if start is not None:
            yield _find_phase(record, phase, start, everywhere)


def _merged(phases: Iterable[PhaseRecord], consent_ui: bool | None) -> Iterator[PhaseRecord]:
    """Leave repeated starts out; where no prompt was found, ``start`` counts as no_consent_ui."""
    seen: set[str] = set()
    for phase in phases:
        name = shown_phase(phase.phase, consent_ui)
        if name not in seen or phase.phase == "start":
            if phase.phase in seen:
                continue
            seen.update((name, phase.phase))
            yield msgspec.structs.replace(phase, phase=name)


def shown_phase(phase: str, consent_ui: bool | None) -> str:
    """Give the phase under which an access is told."""
    return "no_consent_ui" if phase == "start" and consent_ui is False else phase


def find_run_limits(record: RunRecord, lines: Sequence[Lines]) -> Iterator[Limitation]:
    """Say what limits the whole run, whatever phase was reached."""
    if record.packed:
        yield make_limitation("runtime.packed", analyzer=ANALYZER, hides=("runtime",))
    if record.conversion_failed:
        yield make_limitation(
            "runtime.methods_not_converted",
            analyzer=ANALYZER,
            hides=("runtime",),
            count=len(record.conversion_failed),
            first=record.conversion_failed[0][:200],
        )
    broken = sum(line.broken for line in lines)
    if broken:
        yield make_limitation(
            "runtime.chain_broken", analyzer=ANALYZER, hides=("runtime",), count=broken
        )
    if record.sandbox == "none":
        yield make_limitation("runtime.no_sandbox", analyzer=ANALYZER)
    for code, detail in record.problems:
        yield make_limitation(code, analyzer=ANALYZER, detail=detail[:200])
    others = sorted({
        str(message.fields.get("component"))
        for line in lines
        for message in line.of_kind("skipped")
        if message.fields.get("why") == "process"
    })  # fmt: skip
    if others:
        yield make_limitation(
            "runtime.other_process",
            analyzer=ANALYZER,
            hides=("runtime",),
            components=", ".join(others)[:300],
        )


def _find_phase(
    record: RunRecord, phase: PhaseRecord, lines: Lines, everywhere: tuple[Limitation, ...]
) -> PhaseFinding:
    raw = "start" if phase.phase == "no_consent_ui" and phase.kind != "" else phase.phase
    name = f"runtime.{phase.phase}"
    found = [item for item in everywhere if item.hides]
    if not phase.complete:
        found.append(make_limitation("runtime.phase_broke_off", analyzer=ANALYZER, hides=(name,),
                                     phase=phase.phase))  # fmt: skip
    names = {raw, phase.phase}
    canaries = sum(1 for message in lines.of_kind("canary") if message.phase in names)
    if canaries < CANARIES_PER_PHASE:
        found.append(make_limitation("runtime.canary_silent", analyzer=ANALYZER, hides=(name,),
                                     phase=phase.phase))  # fmt: skip
    if phase.web:
        found.append(make_limitation("runtime.web_page", analyzer=ANALYZER, hides=(name,),
                                     phase=phase.phase))  # fmt: skip
    if phase.phase == "in_use":
        found.append(
            make_limitation("runtime.use_not_exhaustive", analyzer=ANALYZER, hides=(name,))
        )
    if phase.phase in ("start", "no_consent_ui", "relaunched_after_refusal"):
        found += _start_limits(phase, lines, name)
    found += _hidden(lines, names, phase.phase)
    del record
    return PhaseFinding(
        phase=phase.phase,
        limitations=tuple({item.id: item for item in found}.values()),
        lines=_by_line(lines, names, phase.phase),
        reached=any(lines.of_kind("gate")),
    )


def _start_limits(phase: PhaseRecord, lines: Lines, name: str) -> Iterator[Limitation]:
    if not any(lines.of_kind("resumed")) or phase.kind == "none":
        yield make_limitation(
            "runtime.no_screen", analyzer=ANALYZER, hides=(name,), phase=phase.phase
        )
    elif phase.kind == "splash":
        yield make_limitation(
            "runtime.start_unsettled", analyzer=ANALYZER, hides=(name,), phase=phase.phase
        )


def _hidden(lines: Lines, names: set[str], phase: str) -> Iterator[Limitation]:
    """What hides behind native code, crashes and missing parts up to and in this phase."""
    last = _last_number(lines, names)
    for kind in sorted(LOWERING):
        messages = [message for message in lines.of_kind(kind) if message.number <= last]
        if messages:
            fields = messages[0].fields
            what = fields.get("what") or fields.get("class") or fields.get("part") or ""
            yield make_limitation(
                HIDING_KINDS[kind],
                analyzer=ANALYZER,
                hides=(f"runtime.{phase}",),
                phase=phase,
                count=len(messages),
                first=str(what)[:200],
            )
    crashes = [message for message in lines.of_kind("crash") if message.number <= last]
    if crashes:
        yield make_limitation(
            "runtime.crashed",
            analyzer=ANALYZER,
            hides=(f"runtime.{phase}",),
            phase=phase,
            where=str(crashes[0].fields.get("where", ""))[:200],
            type=str(crashes[0].fields.get("type", ""))[:200],
        )
    loaded = [message for message in lines.of_kind("event") if message.phase in names and _loads(
        message.fields)]  # fmt: skip
    if loaded:
        yield make_limitation(
            "runtime.code_loaded", analyzer=ANALYZER, hides=(f"runtime.{phase}",), phase=phase
        )


def _last_number(lines: Lines, names: set[str]) -> int:
    """What went wrong earlier in the same start still counts: a phone would be elsewhere by now."""
    return max((item.number for item in lines.messages if item.phase in names), default=-1)


def _loads(fields: dict[str, object]) -> bool:
    rows = apis_for_member(str(fields.get("owner")), str(fields.get("member")))
    return any(row.group in CODE_GROUPS for row in rows)


def _by_line(lines: Lines, names: set[str], phase: str) -> dict[str, tuple[Limitation, ...]]:
    """Foreign services (Play, OAID providers) answer device identifiers: only that line hides."""
    messages = [message for message in lines.of_kind("service_foreign") if message.phase in names]
    if not messages:
        return {}
    limit = make_limitation(
        "runtime.foreign_service",
        analyzer=ANALYZER,
        hides=(f"runtime.{phase}.ar-3.5",),
        phase=phase,
        count=len(messages),
        first=str(messages[0].fields.get("intent", ""))[:200],
    )
    return {"ar-3.5": (limit,)}


def make_coverage(finding: PhaseFinding) -> Iterator[Coverage]:
    """Give the coverage of a phase and of its checklist lines."""
    yield _state(f"runtime.{finding.phase}", finding, finding.limitations)
    for line in checklist_lines():
        limits = finding.limitations + finding.lines.get(line, ())
        yield _state(f"runtime.{finding.phase}.{line}", finding, limits)


def _state(name: str, finding: PhaseFinding, limits: tuple[Limitation, ...]) -> Coverage:
    if not finding.reached:
        state = CoverageState.NONE
    else:
        state = CoverageState.PARTIAL if limits else CoverageState.FULL
    return Coverage(name=name, state=state, limitations=tuple(item.id for item in limits))
