"""Sentences: places, optional parts, bounded lists, and values that are only data."""

from __future__ import annotations

import pytest

from profiles.model import Text
from profiles.sentences import MAX_LISTED, MAX_VALUE, Filler
from tests.builders import make_a_fact
from tests.profiles.made import make_event, make_table

LABELS = {"start": Text(zh="启动阶段", en="start")}


def fill(zh: str, facts: dict[str, list], en: str = "x") -> Text:
    filler = Filler(make_table(limit=["a", "b"]), facts, ["code.apis"], LABELS)
    return filler.fill(Text(zh=zh, en=en))


def permissions(*names: str) -> list:
    return [make_a_fact("android.permission.declared", name) for name in names]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{p}。", "CAMERA、SMS。"),
        ("{p.count} 项", "2 项"),
        ("{e.phase}", "启动阶段"),
        ("{absent}", "无"),
        ("{parameter.limit}", "a、b"),
        ("{missing}", "code.apis"),
        ("{sample.version_name}", "3.2.1"),
        ("有：[[权限 {p}]][[事件 {absent}]]。", "有：权限 CAMERA、SMS。"),
        ("有：[[权限 {p}]][[阶段 {e.phase}]]。", "有：权限 CAMERA、SMS；阶段 启动阶段。"),
        ("有：[[事件 {absent}]][[{absent.count} 个]]。", "有：无。"),
        ("没有[[（另有 {absent}）]]。", "没有。"),
    ],
)
def test_fill(sentence: str, expected: str) -> None:
    facts = {
        "p": permissions("android.permission.CAMERA", "android.permission.SMS"),
        "e": [make_event(phase="start")],
    }
    assert fill(sentence, facts).zh == expected


def test_long_lists_are_cut_and_counted() -> None:
    facts = {"p": permissions(*(f"p.{n}" for n in range(9)))}
    text = fill("{p}", facts, en="{p}")
    assert text.zh.count("、") == MAX_LISTED - 1
    assert text.zh.endswith("等 9 项")
    assert text.en.endswith("and 4 more")


def test_values_are_never_read_as_templates() -> None:
    facts = {"p": permissions("{missing}", "[[x]]{p}")}
    assert fill("{p}", facts).zh == "{missing}、[[x]]{p}"
    assert fill("[[权限 {p}]]", facts).zh == "权限 {missing}、[[x]]{p}"


def test_equal_values_are_told_once_and_long_ones_shortened() -> None:
    facts = {"p": permissions("x" * 500, "x" * 500)}
    assert len(fill("{p}", facts).zh) <= MAX_VALUE


def test_params_give_what_was_filled_in() -> None:
    filler = Filler(make_table(), {"p": permissions("a.B")}, [], LABELS)
    assert filler.params(Text(zh="{p} {p.count}", en="")) == {"p": "a.B", "p.count": 1}
