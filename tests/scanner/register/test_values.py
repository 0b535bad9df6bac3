"""What people write is read as meant or refused with a reason; shown values are read back equal."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.register.catalogue import Field, load_objects
from scanner.register.values import ValueProblem, mask, read_date, read_value, show_value

FIELDS = [field for what in load_objects().values() for field in what.fields.values()]


def field(kind: str, **more) -> Field:
    return Field(name="x", type=kind, zh="甲", **more)


@pytest.mark.parametrize(
    "text",
    ["2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "20260301", " ２０２６－０３－０１ ",
     "2026-03-01 00:00", "46082", "2026年03月01"],
)  # fmt: skip
def test_a_date_is_read_in_many_shapes(text):
    assert read_date(text) == datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["03/04/2026", "26-3-1", "2026-13-01", "2025-02-29", "昨天", "12345678901", "99999", "1"],
)
def test_what_is_no_date_or_two_dates_is_refused(text):
    with pytest.raises(ValueProblem):
        read_date(text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("int", "１，２００", 1200), ("int", "35.0", 35), ("int", "0", 0), ("money", "12.50万", Decimal("12.5")),
        ("money", "3万元", Decimal(3)), ("bool", "√", True), ("bool", "无", False),
        ("mobile", "138 0000 1234", "13800001234"), ("phone", "0515-88881234", "0515-88881234"),
        ("ip", "2001:DB8::1", "2001:db8::1"), ("host", "WWW.Example.EDU.cn", "www.example.edu.cn"),
        ("time", "17点30分", datetime.time(17, 30)), ("words", "相机、位置;相机", ("相机", "位置")),
        ("text", "课表（新）", "课表（新）"), ("text", "  ", None),
    ],
)  # fmt: skip
def test_values_are_read_as_meant(kind, text, value):
    assert read_value(field(kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [("int", "-1"), ("int", "1.5"), ("money", "abc"), ("money", "5000元"), ("money", "NaN"),
     ("bool", "也许"), ("mobile", "12345678901"), ("ip", "300.1.1.1"), ("host", "a_b.cn"),
     ("email", "a@b"), ("sha256", "abc"), ("time", "25:00"), ("text", "x" * 5000)],
)  # fmt: skip
def test_what_does_not_fit_is_refused(kind, text):
    with pytest.raises(ValueProblem):
        read_value(field(kind), text)


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_any_text_is_read_or_refused_and_reads_back_equal(one, text):
    try:
        value = read_value(one, text)
    except ValueProblem:
        return
    assert read_value(one, show_value(value)) == value


def test_masks_hide_the_middle():
    assert [mask(t) for t in ("13800001234", "wang@a.cn", "张三", "")] == [
        "138****1234", "w***@a.cn", "张*", ""]  # fmt: skip
