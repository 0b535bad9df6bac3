"""The permission table is whole."""

from __future__ import annotations

import pytest

from analyzers.knowledge.permissions.level import level_name
from analyzers.knowledge.permissions.table import load_permissions

LEVELS = {"normal", "dangerous", "signature", "special"}


def test_every_row_is_plausible() -> None:
    table = load_permissions()
    assert len(table) > 1000
    for name, row in table.items():
        assert name == row.permission
        assert row.level in LEVELS, name
        assert row.source, name
        if row.level == "dangerous":
            assert row.group, name
            assert row.name_zh, name
            assert row.purpose_zh, name


@pytest.mark.parametrize(
    ("name", "since"), [("CAMERA", "4"), ("QUERY_ALL_PACKAGES", "30"), ("POST_NOTIFICATIONS", "33")]
)
def test_the_level_a_permission_came_with(name: str, since: str) -> None:
    assert load_permissions()[f"android.permission.{name}"].since == since


@pytest.mark.parametrize(
    ("bits", "name"),
    [(0, "normal"), (1, "dangerous"), (0x1001, "dangerous"), (2, "signature"), (3, "signature"), (0x12, "signature"),
     (0x42, "special"), (4, "signature"), (0x44, "special"), (9, "unknown")],
)  # fmt: skip
def test_levels_in_words(bits: int, name: str) -> None:
    assert level_name(bits) == name
