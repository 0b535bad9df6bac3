"""The time rules P-1 to P-7, P-13, P-14 and P-16: when a clock starts, when it ends, how it stands.

A limit that is a day is kept until the end of that day in the school's zone. ``due`` means that
something still has to be done, ``overdue`` that the limit has passed (or was missed).
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from scanner.register.rules.calendar import add_months, end_of, start_of
from scanner.register.values import SCHOOL_ZONE

if TYPE_CHECKING:
    from scanner.register.rules.calendar import WorkingDays

HALF_YEAR_MONTHS = 6
REPORT_WORKING_DAYS = 5
POST_DAYS = 14
TEMPORARY_DAYS = 7
STAGE = datetime.timedelta(hours=24)


class State(StrEnum):
    """How a rule stands."""

    IN_TIME = "in_time"
    DUE = "due"
    OVERDUE = "overdue"


class Clock(msgspec.Struct, frozen=True):
    """One rule worked out for one row."""

    state: State
    start: datetime.date | datetime.datetime | None
    """When the clock started; None where it never did."""
    limit: datetime.date | datetime.datetime | None = None
    """Last day or moment; None where the clause has no number."""
    estimated: bool = False
    """Worked out without the year's table of holidays or without the time of day."""


def half_year(updated: datetime.date, today: datetime.date) -> Clock:
    """P-1, P-2 (S1 第十条, S4 三（五）): not updated for more than a calendar half-year."""
    limit = add_months(updated, HALF_YEAR_MONTHS)
    state = State.OVERDUE if limit < today else State.IN_TIME
    return Clock(state, updated, limit)


def filing_change(
    changed: datetime.date,
    reported: datetime.date | None,
    today: datetime.date,
    working: WorkingDays,
) -> Clock:
    """P-3 (S1 第九条): a change is reported by the end of the fifth working day after it."""
    limit, estimated = working.after(changed, REPORT_WORKING_DAYS)
    return Clock(_stands(reported, limit, today), changed, limit, estimated)


def filing_update(
    reported: datetime.date | None,
    updated: datetime.date | None,
    confirmed: datetime.date | None,
) -> Clock | None:
    """P-3, second half: after the report the filing is updated and confirmed anew; no number."""
    if reported is None:
        return None
    done = updated is not None and confirmed is not None
    return Clock(State.IN_TIME if done else State.DUE, reported)


def account_posts(
    last: datetime.date | None, opened: datetime.date | None, today: datetime.date
) -> Clock | None:
    """P-4 (S2 第十条): no post for more than 14 days; without any post from the opening day."""
    start = last or opened
    if start is None:
        return None
    limit = start + datetime.timedelta(days=POST_DAYS)
    return Clock(State.OVERDUE if today > limit else State.IN_TIME, start, limit)


def temporary_group(
    ended: datetime.date, dissolved: datetime.date | None, today: datetime.date
) -> Clock:
    """P-5 (S2 第六条): dissolved within seven calendar days after the work's end."""
    limit = ended + datetime.timedelta(days=TEMPORARY_DAYS)
    return Clock(_stands(dissolved, limit, today), ended, limit)


def stage_group(
    ended: tuple[datetime.date, datetime.time | None],
    dissolved: tuple[datetime.date, datetime.time | None] | None,
    now: datetime.datetime,
    *,
    cancelled: bool,
) -> Clock:
    """P-6 (S3 二（五）): dissolved within 24 hours after completion, and the filing cancelled.

    Where only a day is known the clock starts at 24:00 of that day; the result is an estimate.
    """
    day, at = ended
    start = datetime.datetime.combine(day, at, SCHOOL_ZONE) if at is not None else end_of(day)
    limit = start + STAGE
    estimated = at is None
    late = now > limit
    if dissolved is not None:
        gone, gone_at = dissolved
        # Without a time of day the benefit of the doubt is the day's first moment.
        moment = (
            start_of(gone)
            if gone_at is None
            else datetime.datetime.combine(gone, gone_at, SCHOOL_ZONE)
        )
        estimated = estimated or gone_at is None
        if moment > limit:
            return Clock(State.OVERDUE, start, limit, estimated)
        if cancelled:
            return Clock(State.IN_TIME, start, limit, estimated)
    return Clock(State.OVERDUE if late else State.DUE, start, limit, estimated)


def task_group(
    ended: datetime.date | None, dissolved: datetime.date | None, today: datetime.date
) -> Clock | None:
    """P-7 (S0 第七条): dissolved without delay after the task; no number, so only listed as open."""
    if ended is None or ended > today:
        return None
    return Clock(State.IN_TIME if dissolved is not None else State.DUE, ended)


def reminder(last: datetime.date | None, interval: int | None, today: datetime.date) -> Clock:
    """P-13, P-14 (“定期”): due without any entry, or after the school's interval in days."""
    if last is None:
        return Clock(State.DUE, None)
    if interval is None:
        return Clock(State.IN_TIME, last)
    limit = last + datetime.timedelta(days=interval)
    return Clock(State.DUE if today > limit else State.IN_TIME, last, limit)


def deadline(
    done: datetime.date | None,
    limit: datetime.date,
    today: datetime.date,
    start: datetime.date | None = None,
) -> Clock:
    """P-16 and dated duties: done by a day that a person set."""
    return Clock(_stands(done, limit, today), start, limit)


def expiry(until: datetime.date, today: datetime.date, ahead: int) -> Clock:
    """Ours: a filing or certificate ends; due from ``ahead`` days before its last day."""
    if today > until:
        return Clock(State.OVERDUE, until, until)
    near = today > until - datetime.timedelta(days=ahead)
    return Clock(State.DUE if near else State.IN_TIME, until, until)


def _stands(done: datetime.date | None, limit: datetime.date, today: datetime.date) -> State:
    if done is not None:
        return State.IN_TIME if done <= limit else State.OVERDUE
    return State.DUE if today <= limit else State.OVERDUE
