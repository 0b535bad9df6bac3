"""The time rules of groups and public accounts: P-4 to P-7, P-13, P-15."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from scanner.register.findings import from_clock
from scanner.register.rules import limits
from scanner.register.rules.calendar import day_of
from scanner.register.snapshot import is_active

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.register.findings import Finding
    from scanner.register.parameters import Parameters
    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot


def find_group_limits(
    snapshot: Snapshot, now: datetime.datetime, parameters: Parameters
) -> Iterator[Finding]:
    """Work out the limits of temporary groups, and the reviews and refiling of all."""
    today = day_of(now)
    for group in snapshot.entries("group"):
        department = snapshot.department(group)
        if group.values.get("term") == "临时":
            for rule, clock in _temporary(group, now, today):
                yield from_clock(rule, group, department, clock, basis="register")
        if not is_active(group):
            continue
        review = limits.reminder(group.day("member_review"), parameters.member_review_days, today)
        yield from_clock("member_review", group, department, review, basis="register")
        created = group.day("created_on")
        if created is not None:
            for rule, clock in _old(snapshot, group, created, parameters):
                yield from_clock(rule, group, department, clock, basis="register")


def _temporary(
    group: Record, now: datetime.datetime, today: datetime.date
) -> Iterator[tuple[str, limits.Clock]]:
    ended, gone = group.day("work_end"), group.day("dissolved_on")
    if ended is None or ended > today:
        return
    yield "temporary_group", limits.temporary_group(ended, gone, today)
    dissolved = (gone, _time(group, "dissolved_time")) if gone is not None else None
    cancelled = group.day("filing_cancelled_on") is not None
    yield (
        "stage_group",
        limits.stage_group(
            (ended, _time(group, "work_end_time")), dissolved, now, cancelled=cancelled
        ),
    )
    task = limits.task_group(ended, gone, today)
    if task is not None:
        yield "task_group", task


def _time(group: Record, field: str) -> datetime.time | None:
    value = group.values.get(field)
    return value if isinstance(value, datetime.time) else None


def _old(
    snapshot: Snapshot, group: Record, created: datetime.date, parameters: Parameters
) -> Iterator[tuple[str, limits.Clock]]:
    """P-15: groups that stood before the rule are filed anew (S2) or recognised (S3)."""
    if created < parameters.refiling_before:
        rows = snapshot.of(group, "filing", kind="重新备案")
        filed = any(row.values["status"] == "有效" for row in rows)
        yield "refiling", limits.Clock(_state(done=filed), created)
    if created < parameters.recognition_before:
        known = group.day("recognition") is not None
        yield "recognition", limits.Clock(_state(done=known), created)


def _state(*, done: bool) -> limits.State:
    return limits.State.IN_TIME if done else limits.State.DUE


def find_account_limits(snapshot: Snapshot, today: datetime.date) -> Iterator[Finding]:
    """P-4: public accounts in use that rest."""
    for account in snapshot.entries("account"):
        clock = limits.account_posts(account.day("last_post"), account.day("opened_on"), today)
        if clock is not None and is_active(account):
            basis = "content" if account.day("last_post") else "register"
            department = snapshot.department(account)
            yield from_clock("account_posts", account, department, clock, basis=basis)
