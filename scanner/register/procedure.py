"""The admission procedure (S1 第六条) as an explicit state machine over what is registered.

The state is never stored: it follows from the dated rows, so that it cannot disagree with them.
"""

from __future__ import annotations

import datetime
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot


class StepState(StrEnum):
    """How a step stands."""

    DONE = "done"
    OPEN = "open"  # may be taken now
    WAITING = "waiting"  # an earlier step is not done
    RUNNING = "running"  # applied for, not decided
    REFUSED = "refused"


class StepRule(msgspec.Struct, frozen=True):
    """One step of the procedure, from procedure.toml."""

    id: str
    zh: str
    paths: tuple[str, ...]
    clause: str
    approvals: tuple[str, ...] = ()
    filings: tuple[str, ...] = ()
    field: str = ""
    consultation: bool = False
    document: bool = False
    """A document has to be attached."""
    only: str = ""
    after: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One step as it stands for one app."""

    rule: StepRule
    state: StepState
    date: datetime.date | None = None
    problems: tuple[str, ...] = ()
    """``before:<step>`` (dated before a step it follows), ``undated``, ``document``."""


class Procedure(msgspec.Struct, frozen=True):
    """The procedure of one app."""

    path: str
    """full, short, superior or exit; empty where the source is not registered."""
    exempt: str
    """The exemption that shortens the path, empty for none."""
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """The state of the app: ``refused``, ``complete``, or the first step that is not done."""
        if any(step.state is StepState.REFUSED for step in self.steps):
            return "refused"
        waiting = [step.rule.id for step in self.steps if step.state is not StepState.DONE]
        return waiting[0] if waiting else "complete"

    @property
    def next(self) -> tuple[str, ...]:
        """The steps that may be taken now; none after a refusal."""
        if self.state == "refused":
            return ()
        return tuple(step.rule.id for step in self.steps if step.state is StepState.OPEN)


@cache
def load_steps() -> dict[str, StepRule]:
    """Read the steps, in order."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: msgspec.convert({"id": name, **row}, StepRule) for name, row in rows.items()}


def choose_path(app: Record) -> tuple[str, str]:
    """Give the path an app takes and the exemption in force.

    An exemption counts only with its written reason.
    """
    values = app.values
    if values.get("withdrawn_on") is not None:
        return "exit", ""
    source = values.get("source")
    if source == "上级要求":
        return "superior", ""
    if source not in {"自主开发", "自主选用"}:
        return "", ""
    wide = values.get("use") == "要求使用" or values.get("mass_collection") is True
    exempt = app.text("exemption") if app.text("exemption_reason").strip() else ""
    return ("full" if wide and not exempt else "short"), exempt if wide else ""


def work_out(snapshot: Snapshot, app: Record) -> Procedure:
    """Work out how every step of an app's path stands."""
    path, exempt = choose_path(app)
    wanted = [rule for rule in load_steps().values() if path in rule.paths and _asked(rule, app)]
    steps: dict[str, Step] = {}
    for rule in wanted:
        earlier = [steps[name] for name in rule.after if name in steps]
        steps[rule.id] = _stand(snapshot, app, rule, earlier)
    return Procedure(path, exempt, tuple(steps.values()))


def _asked(rule: StepRule, app: Record) -> bool:
    conditions = {
        "": True,
        "biometrics": app.values.get("biometrics") == "是",
        "selected": app.values.get("source") == "自主选用",
        "developed": app.values.get("source") == "自主开发",
    }
    return conditions[rule.only]


def _stand(snapshot: Snapshot, app: Record, rule: StepRule, earlier: list[Step]) -> Step:
    rows = _rows(snapshot, app, rule)
    word = _decide(rule, app, rows)
    date = app.day(rule.field) if rule.field else _first_day(rows)
    if word == StepState.DONE:
        problems = [
            f"before:{step.rule.id}"
            for step in earlier
            if step.state is not StepState.DONE or (date and step.date and step.date > date)
        ]
        if date is None:
            problems.append("undated")
        if rule.document and not any(row.values.get("document") for row in rows):
            problems.append("document")
        return Step(rule, StepState.DONE, date, tuple(problems))
    if word == StepState.OPEN and any(step.state is not StepState.DONE for step in earlier):
        return Step(rule, StepState.WAITING)
    return Step(rule, StepState(word), date)


def _rows(snapshot: Snapshot, app: Record, rule: StepRule) -> list[Record]:
    rows = [row for step in rule.approvals for row in snapshot.of(app, "approval", step=step)]
    rows += [row for kind in rule.filings for row in snapshot.of(app, "filing", kind=kind)]
    return rows + (snapshot.of(app, "consultation") if rule.consultation else [])


def _decide(rule: StepRule, app: Record, rows: list[Record]) -> str:
    if rule.field:
        return StepState.DONE if app.day(rule.field) is not None else StepState.OPEN
    words = {"同意": StepState.DONE, "有效": StepState.DONE, "不同意": StepState.REFUSED}
    found = [
        (
            row.day("date") or datetime.date.min,
            row.id,
            str(row.values.get("result") or row.values.get("status")),
        )
        for row in rows
    ]
    if not found:
        return StepState.OPEN
    return words.get(max(found)[2], StepState.RUNNING)


def _first_day(rows: list[Record]) -> datetime.date | None:
    agreed = [
        row
        for row in rows
        if row.values.get("result", row.values.get("status")) in {"同意", "有效"}
    ]
    return min((day for row in agreed if (day := row.day("date"))), default=None)
