"""Which of two steps came first."""

from __future__ import annotations

import datetime

import pytest

from scanner.register.rules.order import Standing, compare_steps

ONE, TWO = datetime.date(2026, 2, 28), datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("firsts", "second", "state"),
    [
        ([ONE], TWO, Standing.KEPT),
        ([ONE], ONE, Standing.KEPT),  # the same day is allowed
        ([TWO], ONE, Standing.REVERSED),
        ([None], ONE, Standing.FIRST_MISSING),
        ([ONE], None, Standing.SECOND_MISSING),
        ([ONE, TWO], ONE, Standing.REVERSED),
        ([ONE, None], TWO, Standing.FIRST_MISSING),
        ([TWO, None], ONE, Standing.REVERSED),
        ([ONE, ONE], ONE, Standing.KEPT),
    ],
)
def test_steps_are_compared_by_day(firsts, second, state):
    assert compare_steps(firsts, second).state is state


def test_without_dates_there_is_nothing_to_compare():
    assert compare_steps([None], None) is None
    assert compare_steps([ONE, None], None) is None
