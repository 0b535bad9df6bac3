"""Loading: all errors at once with file and item, parameters of schools, drafts, the cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from profiles.errors import ProfileError
from profiles.loader import (
    list_profiles,
    list_schools,
    load_profile,
    load_profile_cached,
    rules_hash,
)
from tests.profiles.made import make_item, make_profile, write_library


def problems_of(root: Path, *items: dict[str, Any], **head: Any) -> list[str]:
    with pytest.raises(ProfileError) as caught:
        make_profile(root, *items, **head)
    return caught.value.problems


def test_profile_carries_the_schools_values(tmp_path: Path) -> None:
    profile = make_profile(tmp_path, make_item())
    assert profile.parameters == {"limit": "b"}
    assert profile.school_title.zh == "学校"
    assert [rule.code for rule in profile.items[0].rules] == ["found", "open"]
    assert profile.items[0].source == "p/items/0.yaml"


def test_all_errors_are_collected_with_file_and_item(tmp_path: Path) -> None:
    wrong = make_item(
        id="t-2",
        rules=[
            {
                "code": "a",
                "outcome": "MAYBE",
                "when": {"fact": "x"},
                "reason": {"zh": "一", "en": "o"},
            },
            {
                "code": "b",
                "outcome": "FAIL",
                "when": {"fakt": "x"},
                "reason": {"zh": "一", "en": "o"},
            },
        ],
        examples=[{"expect": "open", "factz": []}],
    )
    problems = problems_of(tmp_path, make_item(severity="awful"), wrong, make_item(otherwise=None))
    assert len(problems) == 5
    assert any(p.startswith("p/items/0.yaml: t-1:") and "awful" in p for p in problems)
    assert any(p.startswith("p/items/1.yaml: t-2: rule a:") and "MAYBE" in p for p in problems)
    assert any(p.startswith("p/items/1.yaml: t-2: rule b:") for p in problems)
    assert any(p.startswith("p/items/1.yaml: t-2: example open:") for p in problems)
    assert any(p.startswith("p/items/2.yaml: t-1: otherwise is missing") for p in problems)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"use": "nothing"}, "unknown shared condition nothing"),
        ({"parameter": "nothing"}, "unknown parameter nothing"),
        ({"fact": "x", "where": {"a": "$nothing"}}, "unknown parameter nothing"),
        ({"fact": "x", "where": {"a": {"matches": "(a+)+"}}}, "pattern"),
        ({"fact": "x", "where": {"a": {"similar": 1}}}, "unknown similar"),
        ({"fact": "x", "where": {"a": {}}}, "empty test"),
        ({"fact": "x", "when": 1}, "unknown when"),
        ({"any": {"fact": "x"}}, "must be a list"),
        ({"fact": "x", "where": [1]}, "where must be a mapping"),
        (["x"], "must be a mapping"),
        ({"any": [], "all": []}, "exactly one"),
        ({"fact": "x", "count": {"more": 1}}, "more"),
    ],
)
def test_wrong_condition_is_told(tmp_path: Path, when: Any, words: str) -> None:
    rule = {"code": "a", "outcome": "FAIL", "when": when, "reason": {"zh": "一。", "en": "o."}}
    problems = problems_of(tmp_path, make_item(rules=[rule], examples=[]))
    assert any(words in problem for problem in problems)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"group": "other"}, "unknown group other"),
        ({"examples": [{"expect": "never"}]}, "unknown code never"),
        ({"examples": [{"expect": "open", "parameters": {"x": 1}}]}, "unknown parameter x"),
        ({"surprise": 1}, "surprise"),
        ({"rules": "none"}, "rules must be a list"),
    ],
)
def test_wrong_item_is_told(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    found = problems_of(tmp_path, make_item(**changes))
    assert any(words in problem for problem in found)


def test_rule_without_when_and_outcome_error_are_refused(tmp_path: Path) -> None:
    rules = [{"code": "a", "outcome": "ERROR", "reason": {"zh": "一。", "en": "o."}}]
    found = problems_of(tmp_path, make_item(rules=rules, examples=[]))
    assert any("has no when" in p for p in found)
    assert any("ERROR is never" in p for p in found)


def test_item_defined_twice_and_unknown_place_are_told(tmp_path: Path) -> None:
    rules = make_item()["rules"]
    rules[0]["reason"] = {"zh": "{starters} {ghost}。", "en": "{starters}."}
    found = problems_of(tmp_path, make_item(rules=rules), make_item())
    assert any("defined 2 times" in p for p in found)
    assert any("unknown place {ghost}" in p for p in found)


def test_school_with_unknown_or_wrong_values_is_told(tmp_path: Path) -> None:
    root = write_library(tmp_path, make_item())
    (root / "schools/s.yaml").write_text(
        "title: {zh: 学校, en: School}\nparameters: {limit: z, more: 1}\n", "utf-8"
    )
    with pytest.raises(ProfileError) as caught:
        load_profile("p", "s", library=root)
    assert any("unknown parameter more" in p for p in caught.value.problems)
    assert any("limit must be among a, b" in p for p in caught.value.problems)


def test_broken_yaml_is_told_beside_the_other_errors(tmp_path: Path) -> None:
    root = write_library(tmp_path, make_item(severity="awful"))
    (root / "p/items/9.yaml").write_text("a: [", "utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile("p", "s", library=root)
    assert [p.split(":")[0] for p in caught.value.problems] == ["p/items/9.yaml", "p/items/0.yaml"]


@pytest.mark.parametrize("name", ["", "nothing", "../p", "P", "p/items"])
def test_unknown_profile_or_school_names_the_known_ones(tmp_path: Path, name: str) -> None:
    root = write_library(tmp_path, make_item())
    with pytest.raises(ProfileError, match="not one of p"):
        load_profile(name, "s", library=root)
    with pytest.raises(ProfileError, match="not one of s"):
        load_profile("p", name, library=root)


def test_draft_is_listed_but_loaded_only_on_request(tmp_path: Path) -> None:
    root = write_library(tmp_path / "library", make_item(), draft=True)
    assert list_profiles(root) == ["p"]
    with pytest.raises(ProfileError, match="draft"):
        load_profile("p", "s", library=root)
    assert load_profile("p", "s", library=root, allow_draft=True).draft
    load_profile_cached("p", "s", library=root, allow_draft=True, cache_dir=tmp_path / "c")
    with pytest.raises(ProfileError, match="draft"):
        load_profile_cached("p", "s", library=root, cache_dir=tmp_path / "c")


def test_templates_are_no_schools(tmp_path: Path) -> None:
    root = write_library(tmp_path, make_item())
    (root / "schools/_template.yaml").write_text("title: {zh: 某, en: Some}\n", "utf-8")
    assert list_schools(root) == ["s"]


def test_cached_profile_equals_the_read_one_but_for_examples(tmp_path: Path) -> None:
    root = write_library(tmp_path / "library", make_item())
    cache = tmp_path / "cache"
    first = load_profile_cached("p", "s", library=root, cache_dir=cache)
    again = load_profile_cached("p", "s", library=root, cache_dir=cache)
    assert first == again
    assert len(list(cache.iterdir())) == 1
    plain = load_profile("p", "s", library=root)
    assert rules_hash(plain) == rules_hash(again)
    assert again.items[0].rules == plain.items[0].rules
    assert again.items[0].examples == ()


def test_changed_rule_or_damaged_cache_is_read_anew(tmp_path: Path) -> None:
    root, cache = write_library(tmp_path / "library", make_item()), tmp_path / "cache"
    before = load_profile_cached("p", "s", library=root, cache_dir=cache)
    for path in cache.iterdir():
        path.write_text("{", "utf-8")
    assert load_profile_cached("p", "s", library=root, cache_dir=cache) == before
    write_library(root, make_item(line="T-9"))
    after = load_profile_cached("p", "s", library=root, cache_dir=cache)
    assert after.items[0].line == "T-9"
    assert rules_hash(after) != rules_hash(before)


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    root = write_library(tmp_path / "library", make_item())
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    profile = load_profile_cached("p", "s", library=root, cache_dir=blocked / "cache")
    assert profile.items[0].id == "t-1"
