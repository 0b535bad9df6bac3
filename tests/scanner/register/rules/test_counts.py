"""One of a kind, in principle."""

from __future__ import annotations

import pytest

from scanner.register.rules.counts import find_duplicates, one_app_keys


@pytest.mark.parametrize(
    ("audience", "services", "keys"),
    [
        (["学生"], ["办事服务"], ("学生",)),
        (["学生"], ["学习"], ()),
        (["教师"], ["管理服务"], ("教职工",)),
        (["教职工"], ["办事服务"], ()),
        (["公众"], [], ("公众",)),
        (["学生", "教职工"], ["办事服务", "管理服务"], ("学生", "教职工")),
        (["家长"], ["办事服务"], ()),
    ],
)
def test_an_app_may_be_the_one_app_of_an_audience(audience, services, keys):
    assert one_app_keys(audience, services) == keys


def test_duplicates_share_a_whole_key():
    rows = [
        ("教务处", "迎新"),
        ("教务处", " 迎新 "),
        ("学工处", "迎新"),
        ("教务处", ""),
        ("教务处", ""),
    ]
    found = find_duplicates(rows, lambda row: [row])
    assert found == {("教务处", "迎新"): (rows[0], rows[1])}
