from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.sentences import fill, fill_plain, names_of


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": "A", "zone": "", "open": True}, "A，对外"),
        ({"name": "A", "zone": "Z", "open": False}, "A，区 Z，不对外"),
        ({"name": "A", "zone": None, "open": None}, "A，不对外"),
        ({"name": "A", "zone": 0, "open": 1}, "A，区 0，对外"),
    ],
)
def test_pieces_depend_on_their_values(values: dict[str, object], told: str) -> None:
    assert fill("{name}[，区 {zone}][open?，对外][!open?，不对外]", values) == told


def test_a_name_without_value_stays_as_it_stands() -> None:
    assert fill_plain("{there} {missing}", {"there": 1}) == "1 {missing}"


def test_names_of_a_template() -> None:
    assert names_of("{a}[b?x {c}][!d?y]") == {"a", "b", "c", "d"}


@given(st.text())
def test_values_are_never_read_as_templates(value: str) -> None:
    assert fill("<{value}>", {"value": value, "x": "filled"}) == f"<{value}>"
    assert fill("[{value}]", {"value": f"[x?{value}] {{x}}", "x": 1}) == f"[x?{value}] {{x}}"
