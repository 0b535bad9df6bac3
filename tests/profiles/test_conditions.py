"""Selections, counts, trees, coverage and parameters."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from analyzers.model import Confidence, Coverage, CoverageState
from profiles.conditions import FactTable, Found, decide
from tests.builders import make_a_fact, make_fact_set
from tests.profiles.made import make_condition, make_table


def permission(name: str, **fields: Any) -> Any:
    return make_a_fact("android.permission.declared", name, **fields)


TABLE = make_table(
    permission("a.CAMERA", level="dangerous", group="CAMERA", types=["camera"]),
    permission("a.INTERNET", level="normal"),
    permission("b.AUDIO", level="dangerous", group="MICROPHONE", max_sdk=28),
    make_a_fact("android.package", "cn.example", target_sdk=21),
    coverage=("android.permissions",),
    wanted=["CAMERA", "SMS"],
    strict=True,
)


def holds(raw: dict[str, Any], table: FactTable = TABLE, shared: Any = None) -> bool:
    return decide(make_condition(raw), table, shared or {}, {})


def pick(**parts: Any) -> dict[str, Any]:
    return {"fact": "android.permission.declared", **parts}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (pick(), True),
        ({"fact": "android.autostart"}, False),
        (pick(subject="a.CAMERA"), True),
        (pick(subject=["a.SMS", "a.CAMERA"]), True),
        (pick(subject={"prefix": "c."}), False),
        (pick(subject={"suffix": "AUDIO", "prefix": "b"}), True),
        (pick(where={"level": "dangerous"}), True),
        (pick(where={"level": "special"}), False),
        (pick(where={"level": ["special", "normal"]}), True),
        (pick(where={"level": {"not": ["dangerous", "normal"]}}), False),
        (pick(where={"group": "$wanted"}), True),
        (pick(where={"max_sdk": {"lt": 29}}), True),
        (pick(where={"max_sdk": {"gt": 28}}), False),
        (pick(where={"max_sdk": {"ge": 28, "le": 28}}), True),
        (pick(where={"types": {"contains": "camera"}}), True),
        (pick(where={"types": "camera"}), True),
        (pick(where={"types": {"ge": 2}}), False),
        (pick(where={"types": {"empty": False}}), True),
        (pick(where={"group": {"empty": True}}), True),
        (pick(subject={"matches": "[a-z]\\.CAM.*"}), True),
        (pick(subject={"matches": "CAM.*"}), False),
        (pick(where={"level": "dangerous"}, count=2), True),
        (pick(where={"level": "dangerous"}, count=3), False),
        (pick(count={"ge": 0, "le": 2}), False),
        (pick(distinct="level", count=2), True),
        (pick(distinct="level", count=3), False),
        (pick(confidence="certain"), True),
        (pick(confidence="possible"), False),
        ({"not": pick()}, False),
        ({"any": [pick(subject="x"), pick()]}, True),
        ({"all": [pick(subject="x"), pick()]}, False),
        ({"reached": ["android.permissions"]}, True),
        ({"reached": ["android.components"]}, False),
        ({"reached": ["android.components | android.permissions"]}, True),
        ({"parameter": "strict", "is": True}, True),
        ({"parameter": "strict", "is": False}, False),
        ({"platform": "android"}, True),
        ({"platform": "ios"}, False),
    ],
)
def test_condition(raw: dict[str, Any], expected: bool) -> None:
    assert holds(raw) is expected


def test_number_one_is_not_true() -> None:
    flag = make_a_fact("android.application.flag", "debuggable", value=True)
    where = {"value": 1}
    assert not holds({"fact": "android.application.flag", "where": where}, make_table(flag))


def test_shared_condition_is_used() -> None:
    shared = {"camera": make_condition(pick(subject="a.CAMERA"))}
    assert holds({"use": "camera"}, shared=shared)


def test_partial_coverage_counts_only_where_partial_is_enough() -> None:
    facts = make_fact_set(coverage=[Coverage(name="code.apis", state=CoverageState.PARTIAL)])
    table = FactTable(facts, {})
    assert not holds({"reached": ["code.apis"]}, table)
    assert holds({"reached": [{"code.apis": "partial"}]}, table)


def test_found_facts_are_named_and_a_failed_branch_leaves_none() -> None:
    found: Found = {}
    raw = {
        "any": [
            {"all": [pick(subject="a.CAMERA", **{"as": "one"}), pick(subject="x")]},
            pick(subject="b.AUDIO", **{"as": "two"}),
        ]
    }
    assert decide(make_condition(raw), TABLE, {}, found)
    assert [fact.subject for fact in found["two"]] == ["b.AUDIO"]
    assert "one" not in found


def test_index_and_scan_pick_the_same_facts() -> None:
    many = [permission(f"p.{n}", level="normal" if n % 3 else "dangerous") for n in range(90)]
    condition = make_condition(pick(where={"level": "dangerous"}))
    indexed = make_table(*many).select(condition)
    assert [fact.subject for fact in indexed] == [f"p.{n}" for n in range(0, 90, 3)]


def test_confidence_is_compared() -> None:
    sure = permission("a.B")
    doubtful = msgspec.structs.replace(sure, confidence=Confidence.POSSIBLE)
    assert holds(pick(confidence=["possible", "likely"]), make_table(doubtful))
    assert not holds(pick(confidence=["certain"]), make_table(doubtful))
