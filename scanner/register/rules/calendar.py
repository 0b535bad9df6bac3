"""Calendar arithmetic: half-years, working days with moved ones (调休), moments in the school's zone."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from functools import cache

import msgspec

from scanner.register.values import SCHOOL_ZONE

_SATURDAY = 5
MAX_STEPS = 4000
"""Days looked at for one limit; more means a table that calls every day a holiday."""


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Give the same day of a later month, its last day where it has fewer (31 Aug + 6 = end of Feb)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def start_of(day: datetime.date) -> datetime.datetime:
    """Give 00:00 of a day in the school's zone."""
    return datetime.datetime.combine(day, datetime.time(), SCHOOL_ZONE)


def end_of(day: datetime.date) -> datetime.datetime:
    """Give 24:00 of a day in the school's zone."""
    return start_of(day + datetime.timedelta(days=1))


def day_of(moment: datetime.datetime) -> datetime.date:
    """Give the day of a moment in the school's zone."""
    return moment.astimezone(SCHOOL_ZONE).date()


class WorkingDays(msgspec.Struct, frozen=True):
    """Which days are worked: an imported table first, then the known one, else Monday to Friday."""

    imported: Mapping[datetime.date, bool] = {}

    def is_known(self, year: int) -> bool:
        """Tell whether the year has a table of holidays."""
        return year in _known_years() or any(day.year == year for day in self.imported)

    def is_working(self, day: datetime.date) -> bool:
        """Tell whether a day is worked."""
        if day in self.imported:
            return self.imported[day]
        if day.year in _known_years():
            from chinese_calendar import is_workday

            return bool(is_workday(day))
        return day.weekday() < _SATURDAY

    def after(self, start: datetime.date, count: int) -> tuple[datetime.date, bool]:
        """Give the ``count``-th working day after ``start`` (day 0), and whether it is estimated.

        Raises:
            ValueError: the table leaves too few working days.
        """
        day, left, estimated = start, count, False
        for _ in range(MAX_STEPS):
            if left == 0:
                return day, estimated
            day += datetime.timedelta(days=1)
            estimated = estimated or not self.is_known(day.year)
            left -= self.is_working(day)
        raise ValueError("the table of holidays leaves too few working days")


@cache
def _known_years() -> frozenset[int]:
    from chinese_calendar.constants import holidays

    return frozenset(day.year for day in holidays)
