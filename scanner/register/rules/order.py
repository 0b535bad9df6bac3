"""The order rules P-11 (先评后上) and P-12 (先批后建): of two dated steps one comes first."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Standing(StrEnum):
    """How two steps stand."""

    KEPT = "kept"
    REVERSED = "reversed"
    FIRST_MISSING = "first_missing"
    SECOND_MISSING = "second_missing"


class Order(msgspec.Struct, frozen=True):
    """Two steps compared."""

    state: Standing
    first: datetime.date | None
    second: datetime.date | None


def compare_steps(
    firsts: Iterable[datetime.date | None], second: datetime.date | None
) -> Order | None:
    """Compare steps that all come first with the one that follows; the same day is in order.

    None where no step has a date.
    """
    steps = tuple(firsts)
    dates = [day for day in steps if day is not None]
    latest = max(dates, default=None)
    complete = len(dates) == len(steps)
    if second is None:
        return Order(Standing.SECOND_MISSING, latest, None) if complete and dates else None
    if latest is not None and latest > second:
        return Order(Standing.REVERSED, latest, second)
    return Order(Standing.KEPT if complete else Standing.FIRST_MISSING, latest, second)
