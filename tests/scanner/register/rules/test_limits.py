"""The boundary days of every time rule; each expected day was counted on a calendar by hand."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.register.rules.calendar import WorkingDays, add_months, day_of
from scanner.register.rules.limits import (
    State,
    account_posts,
    deadline,
    expiry,
    filing_change,
    filing_update,
    half_year,
    reminder,
    stage_group,
    task_group,
    temporary_group,
)

KNOWN = WorkingDays()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("updated", "last_day"),
    [
        ("2025-08-31", "2026-02-28"),  # end of February
        ("2025-08-29", "2026-02-28"),
        ("2025-08-28", "2026-02-28"),
        ("2023-08-31", "2024-02-29"),  # leap day
        ("2023-08-29", "2024-02-29"),
        ("2024-02-29", "2024-08-29"),
        ("2026-01-15", "2026-07-15"),  # 180 days would end a day earlier
        ("2025-12-31", "2026-06-30"),
        ("2025-06-30", "2025-12-30"),
        ("2025-07-01", "2026-01-01"),  # over the year's end
    ],
)
def test_half_a_year_is_six_calendar_months(updated, last_day):
    clock = half_year(day(updated), day(last_day))
    assert (clock.state, clock.limit) == (State.IN_TIME, day(last_day))
    assert half_year(day(updated), day(last_day) + datetime.timedelta(1)).state is State.OVERDUE


@pytest.mark.parametrize(
    ("changed", "last_day", "why"),
    [
        ("2026-03-02", "2026-03-09", "one weekend"),
        ("2026-03-07", "2026-03-13", "a change on a Saturday"),
        ("2026-02-13", "2026-02-27", "14 Feb is worked, 15 to 23 Feb are the Spring Festival"),
        ("2026-02-24", "2026-03-02", "28 Feb is a worked Saturday"),
        ("2026-09-29", "2026-10-12", "1 to 7 Oct free, Saturday 10 Oct worked"),
        ("2024-12-27", "2025-01-06", "New Year's Day over the year's end"),
        ("2025-12-30", "2026-01-07", "1 to 3 Jan free, Sunday 4 Jan worked"),
        ("2024-02-23", "2024-03-01", "over the leap day"),
    ],
)
def test_five_working_days(changed, last_day, why):
    limit = day(last_day)
    assert filing_change(day(changed), None, limit, KNOWN).limit == limit, why
    assert not filing_change(day(changed), None, limit, KNOWN).estimated
    after = limit + datetime.timedelta(1)
    states = [
        filing_change(day(changed), None, limit, KNOWN).state,
        filing_change(day(changed), None, after, KNOWN).state,
        filing_change(day(changed), limit, after, KNOWN).state,
        filing_change(day(changed), after, after, KNOWN).state,
    ]
    assert states == [State.DUE, State.OVERDUE, State.IN_TIME, State.OVERDUE]


def test_a_year_without_table_is_estimated_and_an_imported_one_is_not():
    guessed = filing_change(day("2026-12-28"), None, day("2026-12-28"), KNOWN)
    assert (guessed.limit, guessed.estimated) == (day("2027-01-04"), True)
    table = WorkingDays({day("2027-01-01"): False})
    known = filing_change(day("2026-12-28"), None, day("2026-12-28"), table)
    assert (known.limit, known.estimated) == (day("2027-01-05"), False)


def test_an_imported_day_counts_before_the_known_table():
    table = WorkingDays({day("2026-03-04"): False, day("2026-03-07"): True})
    assert table.after(day("2026-03-02"), 5) == (day("2026-03-09"), False)
    assert WorkingDays({day("2026-03-04"): False}).after(day("2026-03-02"), 5)[0] == day(
        "2026-03-10"
    )


def test_a_table_of_holidays_only_is_an_error():
    free = {day("2030-01-01") + datetime.timedelta(n): False for n in range(4100)}
    with pytest.raises(ValueError, match="too few"):
        WorkingDays(free).after(day("2030-01-01"), 5)


def test_after_the_report_the_filing_is_updated_and_confirmed():
    one = day("2026-03-02")
    assert filing_update(None, None, None) is None
    assert filing_update(one, None, None).state is State.DUE
    assert filing_update(one, one, None).state is State.DUE
    assert filing_update(one, one, one).state is State.IN_TIME


def test_an_account_rests_for_fourteen_days_at_most():
    last = day("2026-02-14")
    assert account_posts(last, None, day("2026-02-28")).state is State.IN_TIME
    assert account_posts(last, None, day("2026-03-01")).state is State.OVERDUE
    leap = account_posts(day("2024-02-15"), None, day("2024-02-29"))
    assert (leap.state, leap.limit) == (State.IN_TIME, day("2024-02-29"))
    assert account_posts(day("2024-02-15"), None, day("2024-03-01")).state is State.OVERDUE
    never = account_posts(None, day("2026-01-01"), day("2026-01-16"))
    assert (never.state, never.start) == (State.OVERDUE, day("2026-01-01"))
    assert account_posts(None, None, day("2026-01-16")) is None


def test_a_temporary_group_has_seven_calendar_days():
    ended = day("2025-12-27")
    assert temporary_group(ended, None, day("2026-01-03")).state is State.DUE
    assert temporary_group(ended, None, day("2026-01-04")).state is State.OVERDUE
    assert temporary_group(ended, day("2026-01-03"), day("2026-02-01")).state is State.IN_TIME
    assert temporary_group(ended, day("2026-01-04"), day("2026-02-01")).state is State.OVERDUE


@pytest.mark.parametrize(
    ("gone", "cancelled", "now", "state"),
    [
        (None, False, "2026-02-28T17:30+08:00", State.DUE),
        (None, False, "2026-02-28T17:31+08:00", State.OVERDUE),
        (None, False, "2026-02-28T09:30+00:00", State.DUE),  # the same last moment, told in UTC
        (None, False, "2026-02-28T09:31+00:00", State.OVERDUE),
        ("17:30", True, "2026-03-09T00:00+08:00", State.IN_TIME),
        ("17:31", True, "2026-03-09T00:00+08:00", State.OVERDUE),
        ("17:30", False, "2026-02-28T17:30+08:00", State.DUE),
        ("17:30", False, "2026-03-09T00:00+08:00", State.OVERDUE),
    ],
)
def test_a_stage_group_has_24_hours_and_its_filing_is_cancelled(gone, cancelled, now, state):
    ended = (day("2026-02-27"), datetime.time(17, 30))
    dissolved = (day("2026-02-28"), datetime.time.fromisoformat(gone)) if gone else None
    clock = stage_group(ended, dissolved, moment(now), cancelled=cancelled)
    assert (clock.state, clock.estimated) == (state, False)
    assert clock.limit == moment("2026-02-28T17:30+08:00")


def test_without_a_time_the_24_hours_start_at_midnight_and_are_estimated():
    ended = (day("2024-02-28"), None)
    clock = stage_group(ended, None, moment("2024-03-01T00:00+08:00"), cancelled=False)
    assert clock.limit == moment("2024-03-01T00:00+08:00")
    assert (clock.state, clock.estimated) == (State.DUE, True)
    later = stage_group(ended, None, moment("2024-03-01T00:01+08:00"), cancelled=False)
    assert later.state is State.OVERDUE
    gone = stage_group(
        ended, (day("2024-02-29"), None), moment("2024-04-01T00:00+08:00"), cancelled=True
    )
    assert (gone.state, gone.estimated) == (State.IN_TIME, True)
    late = stage_group(
        ended, (day("2024-03-02"), None), moment("2024-04-01T00:00+08:00"), cancelled=True
    )
    assert late.state is State.OVERDUE


def test_a_task_group_is_listed_from_the_day_its_task_ended():
    ended = day("2026-03-01")
    assert task_group(ended, None, day("2026-02-28")) is None
    assert task_group(ended, None, day("2026-03-01")).state is State.DUE
    assert task_group(ended, ended, day("2026-03-01")).state is State.IN_TIME
    assert task_group(None, None, ended) is None


def test_a_reminder_without_number_is_due_only_without_any_entry():
    assert reminder(None, 30, day("2026-03-01")).state is State.DUE
    assert reminder(day("2020-01-01"), None, day("2026-03-01")).state is State.IN_TIME
    assert reminder(day("2026-01-30"), 30, day("2026-03-01")).state is State.IN_TIME
    assert reminder(day("2026-01-29"), 30, day("2026-03-01")).state is State.DUE


def test_a_dated_duty_is_kept_until_the_end_of_its_day():
    limit = day("2026-06-30")
    assert deadline(None, limit, limit).state is State.DUE
    assert deadline(None, limit, day("2026-07-01")).state is State.OVERDUE
    assert deadline(limit, limit, day("2026-09-01")).state is State.IN_TIME
    assert deadline(day("2026-07-01"), limit, day("2026-09-01")).state is State.OVERDUE


def test_a_certificate_is_announced_before_it_ends():
    until = day("2026-03-31")
    states = [
        expiry(until, day(now), 30).state for now in ("2026-03-01", "2026-03-02", "2026-04-01")
    ]
    assert states == [State.IN_TIME, State.DUE, State.OVERDUE]


def test_the_day_is_the_schools_not_the_machines():
    assert day_of(moment("2026-02-28T16:00+00:00")) == day("2026-03-01")
    assert day_of(moment("2026-02-28T15:59+00:00")) == day("2026-02-28")


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(0, 30))
def test_months_never_leave_the_month(start, months):
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day <= start.day
    assert later.day == start.day or (later + datetime.timedelta(1)).day == 1


@given(st.dates(datetime.date(2005, 1, 1), datetime.date(2025, 12, 1)), st.integers(1, 8))
def test_the_limit_is_a_working_day_with_the_count_between(start, count):
    limit, estimated = KNOWN.after(start, count)
    between = [start + datetime.timedelta(n) for n in range(1, (limit - start).days + 1)]
    assert sum(KNOWN.is_working(one) for one in between) == count
    assert KNOWN.is_working(limit)
    assert not estimated
