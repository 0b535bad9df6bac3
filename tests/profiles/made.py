"""Small rule libraries on disk and small fact sets for the tests of the rule engine."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from analyzers.model import Coverage, CoverageState, Fact, FactSet
from profiles.conditions import FactTable
from profiles.loader import list_profiles, load_profile
from profiles.rules import Condition, Profile
from profiles.shape import make_condition as shape_condition
from tests.builders import make_a_fact, make_fact_set


@cache
def load_library() -> tuple[Profile, ...]:
    """Load every profile of the built-in library once for all tests."""
    return tuple(load_profile(name, "whut", allow_draft=True) for name in list_profiles())


@cache
def load_admission() -> Profile:
    """Load the admission profile once for all tests."""
    return next(profile for profile in load_library() if profile.name == "admission")


def make_item(**changes: Any) -> dict[str, Any]:
    """A complete item as it stands in a file; give parts to replace (None removes one)."""
    item: dict[str, Any] = {
        "id": "t-1",
        "line": "T-1",
        "group": "g",
        "mode": "自动",
        "severity": "high",
        "title": {"zh": "题目", "en": "Title"},
        "question": {"zh": "是否？", "en": "Is it?"},
        "clauses": [{"document": "S1", "article": "第一条", "seen": "原文", "quote": "原话"}],
        "rules": [
            {
                "code": "found",
                "outcome": "FAIL",
                "when": {"fact": "android.autostart", "as": "starters"},
                "reason": {"zh": "发现 {starters}。", "en": "Found {starters}."},
            }
        ],
        "otherwise": {
            "code": "open",
            "outcome": "NOT_TESTED",
            "reason": {"zh": "没有检查。", "en": "Not examined."},
        },
        "advice_reviewer": {"zh": "请看。", "en": "Look."},
        "advice_developer": {"zh": "请改。", "en": "Change."},
        "examples": [
            {"expect": "found", "facts": [{"kind": "android.autostart", "subject": "a.B"}]},
            {"expect": "open"},
        ],
    }
    return {key: value for key, value in (item | changes).items() if value is not None}


def write_library(root: Path, *items: dict[str, Any], **head: Any) -> Path:
    """Write a library with one profile ``p`` and one school ``s``; give its folder."""
    profile = {
        "name": "p",
        "version": "1",
        "title": {"zh": "规范", "en": "Profile"},
        "groups": [{"id": "g", "title": {"zh": "组", "en": "Group"}}],
    } | head
    files: dict[str, Any] = {
        "parameters.yaml": {
            "limit": {"default": "a", "values": ["a", "b"], "doc": {"zh": "限", "en": "Limit"}}
        },
        "labels.yaml": {"start": {"zh": "启动阶段", "en": "start"}},
        "documents.yaml": {"S1": {"zh": "办法", "en": "Measures"}},
        "schools/s.yaml": {"title": {"zh": "学校", "en": "School"}, "parameters": {"limit": "b"}},
        "p/profile.yaml": profile,
    }
    for number, item in enumerate(items):
        files[f"p/items/{number}.yaml"] = item
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return root


def make_profile(root: Path, *items: dict[str, Any], **head: Any) -> Profile:
    """Write and load such a library."""
    return load_profile("p", "s", library=write_library(root, *items, **head))


def make_condition(raw: dict[str, Any]) -> Condition:
    """Give the condition a file would say."""
    return msgspec.convert(shape_condition(raw), Condition)


def make_table(*facts: Fact, coverage: tuple[str, ...] = (), **parameters: Any) -> FactTable:
    """Make a table over facts and fully reached coverage."""
    return FactTable(make_facts(*facts, coverage=coverage), parameters)


def make_facts(*facts: Fact, coverage: tuple[str, ...] = ()) -> FactSet:
    """Make a fact set whose named coverage was fully reached."""
    reached = [Coverage(name=name, state=CoverageState.FULL) for name in coverage]
    return make_fact_set(*facts, coverage=reached)


def make_event(**fields: Any) -> Fact:
    """Make a decisive access that returned a value, in the start phase."""
    values: dict[str, Any] = {
        "line": "ar-3.1",
        "type": "location.precise",
        "weight": "decisive",
        "phase": "start",
        "result": "returned",
        "owner": "app",
        "owner_name": "应用自身",
    }
    return make_a_fact("runtime.event", "location.last_known", **(values | fields))
