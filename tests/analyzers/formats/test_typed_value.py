"""Values are written as they would stand in source."""

from __future__ import annotations

import pytest

from analyzers.formats.typed_value import TypedValue


@pytest.mark.parametrize(
    ("kind", "data", "text", "written"),
    [
        (0x03, 5, "hello", "hello"),
        (0x01, 0x7F010000, "", "@0x7f010000"),
        (0x01, 0, "", "@null"),
        (0x02, 0x01010030, "", "?0x01010030"),
        (0x12, 0xFFFFFFFF, "", "true"),
        (0x12, 0, "", "false"),
        (0x10, 0xFFFFFFFE, "", "-2"),
        (0x11, 0x1F, "", "0x1f"),
        (0x04, 0x3FC00000, "", "1.5"),
        (0x05, 16 << 8 | 1, "", "16dp"),
        (0x06, 0x32 << 24 >> 0 & 0xFFFFFF00 | 0x30, "", "39.0625%"),
        (0x1C, 0xFF00FF00, "", "#ff00ff00"),
        (0x00, 0, "", ""),
    ],
)
def test_a_value_is_written(kind: int, data: int, text: str, written: str) -> None:
    assert TypedValue(kind, data, text).as_text() == written


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        (TypedValue(0x12, 1), False, True),
        (TypedValue(0x10, 0), True, False),
        (TypedValue(0x03, 0, "true"), False, True),
        (TypedValue(0x03, 0, "yes"), True, False),
        (TypedValue(0x01, 0x7F010000), True, True),
    ],
)
def test_a_boolean_is_read_as_the_platform_reads_it(
    value: TypedValue, default: bool, expected: bool
) -> None:
    assert value.as_bool(default) is expected
