"""A finding: one rule worked out for one row, with its clause."""

from __future__ import annotations

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from scanner.register.rules.limits import Clock, State
from scanner.register.rules.order import Order, Standing

if TYPE_CHECKING:
    from scanner.register.records import Record


class Rule(msgspec.Struct, frozen=True):
    """One periodic rule and its clause."""

    id: str
    p: str
    """Number of the rule (P-1 ... P-16), empty for our own."""
    document: str
    article: str
    fact: str
    """Subject of the fact it becomes."""
    zh: str
    """What is to be done."""
    en: str


class Finding(msgspec.Struct, frozen=True):
    """How one rule stands for one row."""

    rule: str
    ref: str
    name: str
    department: str
    state: str
    """in_time, due, overdue, or breach (steps in the wrong order)."""
    start: str = ""
    """ISO 8601 day or moment on which the clock started."""
    limit: str = ""
    """Last day or moment, ISO 8601; empty where the clause has no number."""
    estimated: bool = False
    basis: str = ""
    """Which date was used: release, store, register, content, package."""
    detail: str = ""
    """The other rows, the key of a duplicate, or what is missing."""
    exception: str = ""
    """Recorded reason why several stand side by side."""

    @property
    def open(self) -> bool:
        """Whether something is to be done."""
        return self.state != State.IN_TIME and not self.exception


@cache
def load_rules() -> dict[str, Rule]:
    """Read all rules, by id."""
    path = Path(__file__).parent / "rules" / "rules.toml"
    rows = tomllib.loads(path.read_text("utf-8"))
    return {name: msgspec.convert({"id": name, **row}, Rule) for name, row in rows.items()}


def from_clock(
    rule: str, entry: Record, department: str, clock: Clock, *, basis: str = "", detail: str = ""
) -> Finding:
    """Make a finding of a time rule."""
    return Finding(
        rule=rule, ref=entry.ref, name=entry.label, department=department, state=clock.state.value,
        start=show_day(clock.start), limit=show_day(clock.limit), estimated=clock.estimated,
        basis=basis, detail=detail,
    )  # fmt: skip


def from_order(rule: str, entry: Record, department: str, order: Order) -> Finding:
    """Make a finding of an order rule; ``detail`` holds how the steps stand."""
    wrong = order.state in {Standing.REVERSED, Standing.FIRST_MISSING}
    state = "breach" if wrong else State.IN_TIME.value
    return Finding(
        rule=rule, ref=entry.ref, name=entry.label, department=department, state=state,
        start=show_day(order.first), limit=show_day(order.second), detail=order.state.value,
    )  # fmt: skip


def show_day(day: datetime.date | datetime.datetime | None) -> str:
    """Give a day or moment as ISO 8601, empty for none."""
    if isinstance(day, datetime.datetime):
        return day.isoformat(timespec="minutes")
    return day.isoformat() if day is not None else ""
