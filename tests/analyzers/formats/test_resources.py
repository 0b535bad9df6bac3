"""Resources are looked up one by one, for a plain device."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.errors import FormatError
from analyzers.formats.resources import ResourceTable
from tests.analyzers.formats.arsc_builder import make_arsc

NAME, FLAG, LOOP, ALIAS, LABEL_TW = 0x7F010000, 0x7F020000, 0x7F010001, 0x7F010002, 0x7F010003
TYPES = {
    "string": {
        "name": {"": "Campus", "zh": "校园", "zh-CN": "校园通", "en": "Campus!"},
        "loop": {"": ("ref", LOOP)},
        "alias": {"": ("ref", NAME)},
        "other": {"": "Other", "zh-TW": "校園"},
    },
    "bool": {"flag": {"": 0, "v21": 1, "v99": 0, "night": 0}},
}
LAYOUTS = [{}, {"sparse": True}, {"short": True}, {"compact": True}]


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_values_are_found_in_every_layout(layout: dict[str, bool]) -> None:
    table = ResourceTable(make_arsc(TYPES, **layout))
    assert table.resolve(NAME).text == "Campus"
    assert table.resolve(NAME, chinese=True).text == "校园通"
    assert table.name(FLAG) == "bool/flag"


def test_references_are_followed() -> None:
    table = ResourceTable(make_arsc(TYPES))
    assert table.resolve(ALIAS).text == "Campus"
    assert table.resolve(ALIAS, chinese=True).text == "校园通"


def test_a_circle_of_references_ends() -> None:
    assert ResourceTable(make_arsc(TYPES)).resolve(LOOP) is None


def test_no_chinese_value_is_no_value() -> None:
    table = ResourceTable(make_arsc(TYPES))
    assert table.resolve(LABEL_TW, chinese=True) is None
    assert table.resolve(LABEL_TW).text == "Other"


def test_the_newest_version_the_device_knows_wins() -> None:
    assert ResourceTable(make_arsc(TYPES)).resolve(FLAG).number == 1


def test_unknown_ids_give_nothing() -> None:
    table = ResourceTable(make_arsc(TYPES))
    for resource in (0, 0x01010003, 0x7F090000, 0x7F01FFFF):
        assert table.resolve(resource) is None
        assert table.name(resource) == ""


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_ids_of_a_type_are_listed(layout: dict[str, bool]) -> None:
    table = ResourceTable(make_arsc(TYPES, **layout))
    assert list(table.ids("string")) == [NAME, LOOP, ALIAS, LABEL_TW]
    assert list(table.ids("layout")) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "arsc.truncated"),
        (bytes(40), "arsc.header"),
        (b"\x02\0\x0c\0\x0c\0\0\0\0\0\0\0", "arsc.no-strings"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        ResourceTable(content)
    assert caught.value.code == code


ORDINARY = make_arsc(TYPES)


@given(st.integers(0, 2**32), st.integers(1, 8))
@settings(max_examples=400, deadline=None)
def test_changed_bytes_raise_only_format_errors(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    data = bytearray(ORDINARY)
    for _ in range(changes):
        data[draw.randrange(len(data))] = draw.choice([0, 1, 0x7F, 0xFF, draw.randrange(256)])
    try:
        table = ResourceTable(bytes(data))
        for resource in (NAME, FLAG, LOOP, ALIAS):
            for chinese in (False, True):
                value = table.resolve(resource, chinese=chinese)
                assert value is None or isinstance(value.as_text(), str)
            assert isinstance(table.name(resource), str)
    except FormatError as error:
        assert error.code.startswith(("arsc.", "pool."))
