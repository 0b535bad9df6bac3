"""Names of groups and of their members."""

from __future__ import annotations

import pytest

from scanner.register.rules.names import display_name_fits, group_name_fits


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("教务处迎新工作群", True), ("教务迎新群", True), ("迎新工作群", False), ("教务处", False),
        ("教务处🐷群聊", False), ("教务处" + "长" * 40, False), ("", False),
    ],
)  # fmt: skip
def test_a_group_name_gives_unit_and_purpose(name, fits):
    assert group_name_fits(name, "教务处") is fits


@pytest.mark.parametrize(
    ("name", "fits"),
    [("教务处-张三", True), ("教务张三", True), ("教务处 欧阳娜娜", True), ("张三", False),
     ("教务处", False), ("教务处-zhang", False), ("快乐小猪", False)],
)  # fmt: skip
def test_a_members_name_gives_unit_and_person(name, fits):
    assert display_name_fits(name, "教务处") is fits
