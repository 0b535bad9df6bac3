"""The tables of the run chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Phase
from reports.chapters.tables import make_table
from reports.model import Cell, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

REFUSED = ("refused", "relaunched_after_refusal")
"""Phases in which the user said no; what is read then was never agreed to."""
_PHASES = [str(phase) for phase in Phase]
_RESULT_TONES = {"returned": "bad", "empty": "warn", "denied": "warn", "unknown": "warn"}


def _rank(phase: object) -> int:
    return _PHASES.index(str(phase)) if phase in _PHASES else len(_PHASES)


def _moment(fact: Fact, telling: Telling) -> Cell:
    """Give phase and whether it lies before consent."""
    phase = fact.fields["phase"]
    moment = "run.before" if fact.fields["pre_consent"] else "run.after"
    if phase in REFUSED:
        moment = "run.never"
    return Cell(text=telling.word("phase", phase), sub=telling.label(moment))


def make_events(name: str, events: list[Fact], telling: Telling) -> Table:
    """Give accesses in the order of phases and time, with their stacks."""
    ordered = sorted(events, key=lambda one: (_rank(one.fields["phase"]), one.fields["first_ms"]))
    heads = (("time", 10), ("phase", 16), ("type", 18), ("api", 40), ("result", 12), ("owner", 36))
    return make_table(
        telling, f"run.{name}", heads, [_event(one, telling) for one in ordered], limit=100
    )


def _event(fact: Fact, telling: Telling) -> tuple[Cell, ...]:
    fields = fact.fields
    decisive = fields["weight"] == "decisive"
    remarks = [] if decisive else [telling.label("run.supporting")]
    if fields["pregranted"]:
        remarks.append(telling.label("run.pregranted"))
    judged = decisive and (fields["pre_consent"] or fields["phase"] in REFUSED)
    stack = fields["stack"] if isinstance(fields["stack"], list) else []
    argument = telling.label("run.argument", value=fields["argument"]) if fields["argument"] else ""
    thread = telling.label("run.thread", name=fields["thread"])
    return (
        Cell(
            text=f"{int(str(fields['first_ms'])) / 1000:.3f}",
            sub=f"×{fields['count']}",
            style="number",
        ),
        _moment(fact, telling),
        Cell(
            text=telling.types(fields["type"]) or telling.label("run.no_type"),
            sub=telling.listed(remarks),
        ),
        Cell(text=str(fields["api"]), sub=argument, style="mono"),
        Cell(
            text=telling.word("result", fields["result"]),
            style=_RESULT_TONES.get(str(fields["result"]), "") if judged else "",
        ),
        Cell(
            text=telling.owner_of(fact),
            sub=str(fields["frame"]),
            more=(thread, *(str(frame) for frame in stack)),
        ),
    )


def make_owners(events: list[Fact], telling: Telling) -> Table:
    """Count accesses by type and owner, before consent and later."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in events:
        kind = telling.types(one.fields["type"]) or telling.label("run.no_type")
        pair = sums.setdefault((kind, telling.owner_of(one)), [0, 0])
        pair[0 if one.fields["pre_consent"] else 1] += int(str(one.fields["count"]))
    ordered = sorted(sums.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    rows = [
        (
            Cell(text=kind),
            Cell(text=owner),
            Cell(text=str(before), style="number"),
            Cell(text=str(after), style="number"),
        )
        for (kind, owner), (before, after) in ordered
    ]
    heads = (("type", 24), ("owner", 30), ("before", 10), ("after", 10))
    return make_table(telling, "run.by_owner", heads, rows)


def make_requests(telling: Telling) -> Table:
    """Give the permission dialogs the app asked for."""
    rows = [
        (
            Cell(text=one.subject, style="mono"),
            _moment(one, telling),
            Cell(text=telling.owner(one.fields["owner"])),
            Cell(
                text=str(one.fields["count"]),
                sub=telling.label("run.together_value", count=one.fields["together"]),
                style="number",
            ),
        )
        for one in telling.facts.of_kind("runtime.permission_request")
    ]
    heads = (("permission", 44), ("phase", 20), ("owner", 24), ("count", 14))
    return make_table(telling, "run.requests", heads, rows)


def make_consents(telling: Telling) -> Table:
    """Give the privacy prompts with their controls."""
    rows = [
        (
            Cell(text=str(one.fields["text"]), sub=one.subject),
            Cell(text=str(one.fields["agree"])),
            Cell(
                text=str(one.fields["refuse"]) or telling.label("value.none"),
                style="" if one.fields["refuse"] else "warn",
            ),
            Cell(
                text=telling.yes_no(one.fields["prechecked"]),
                style="warn" if one.fields["prechecked"] else "",
            ),
            Cell(text=telling.yes_no(one.fields["exit_on_refusal"])),
        )
        for one in telling.facts.of_kind("runtime.consent")
    ]
    heads = (
        ("text", 60),
        ("agree", 12),
        ("refuse", 12),
        ("prechecked", 10),
        ("exit_on_refusal", 12),
    )
    return make_table(telling, "run.consents", heads, rows, limit=10)


def make_flows(telling: Telling) -> Table:
    """Give the hosts reached, those before consent first."""
    ordered = sorted(
        telling.facts.of_kind("runtime.flow"),
        key=lambda one: (not one.fields["pre_consent"], _rank(one.fields["phase"]), one.subject),
    )
    rows = [
        (
            Cell(text=one.subject, style="mono"),
            Cell(
                text=str(one.fields["scheme"]),
                sub=telling.label("run.cleartext") if one.fields["cleartext"] else "",
                style="warn" if one.fields["cleartext"] else "",
            ),
            _moment(one, telling),
            Cell(text=telling.owner(one.fields["owner"])),
            Cell(
                text=telling.types(one.fields["types"]),
                sub=_encodings(one.fields["encodings"], telling),
            ),
            Cell(text=str(one.fields["count"]), style="number"),
        )
        for one in ordered
    ]
    heads = (
        ("host", 36),
        ("scheme", 10),
        ("phase", 20),
        ("owner", 24),
        ("types", 24),
        ("count", 8),
    )
    return make_table(telling, "run.flows", heads, rows)


def _encodings(value: object, telling: Telling) -> str:
    """Give the layers in which information was recognised, the outermost first."""
    paths = value if isinstance(value, list) else []
    return telling.listed(
        " + ".join(telling.word("encoding", layer) for layer in str(path).split("+"))
        for path in paths
    )


def make_crashes(telling: Telling) -> Table:
    """Give the crashes."""
    rows = [
        (
            Cell(text=one.subject, sub=str(one.fields["message"]), style="mono"),
            Cell(text=telling.word("phase", one.fields["phase"])),
            Cell(text=str(one.fields["frame"]), style="mono"),
        )
        for one in telling.facts.of_kind("runtime.crash")
    ]
    return make_table(
        telling, "run.crashes", (("exception", 50), ("phase", 20), ("frame", 50)), rows
    )
