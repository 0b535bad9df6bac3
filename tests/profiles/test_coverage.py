"""All 133 clauses are answered, by the modes of the requirement tables, and each answer can change."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from profiles.coverage import Coverage, find_gaps, list_items, load_coverage
from profiles.errors import ProfileError
from profiles.model import Mode
from profiles.rules import CheckItem, Example
from tests.profiles.made import load_library

TABLE = load_coverage()
PROFILES = {profile.name: profile for profile in load_library()}
ITEMS = {f"{name}/{item.id}": item for name, p in PROFILES.items() for item in p.items}
KNOWN = set(ITEMS)
PERSON_ONLY = {
    "S0-04", "S0-08", "S0-09", "S0-15", "S0-21", "S0-22", "S0-23", "S1-06", "S1-14a", "S1-16",
    "S1-25", "S2-09", "S2-10", "S2-14", "S2-15", "S2-16", "S3-08", "S3-14", "S3-15", "S3-19",
    "S4-19", "S4-22", "S4-27",
}  # fmt: skip


def test_every_clause_is_answered_somewhere() -> None:
    assert find_gaps(TABLE, KNOWN) == []
    assert len(TABLE.rows) == 133


def test_items_are_named_with_their_profile() -> None:
    assert list_items() == KNOWN


def test_person_only_rows_are_exactly_those_of_the_requirements() -> None:
    assert {row.id for row in TABLE.rows if row.mode is Mode.PERSON} == PERSON_ONLY
    assert len(PERSON_ONLY) == 23


def test_all_sixteen_time_rules_are_judged() -> None:
    assert [rule.id for rule in TABLE.time_rules] == [f"P-{n}" for n in range(1, 17)]
    assert all(rule.items for rule in TABLE.time_rules)


def test_national_rule_sets_are_complete() -> None:
    classes = [4, 4, 9, 6, 3, 5]
    expected = [f"n-{c}.{n}" for c, size in enumerate(classes, 1) for n in range(1, size + 1)]
    assert [i.id for i in PROFILES["cac-191"].items] == expected
    problems = [f"m-{c}.{n}" for c, size in enumerate([4, 2, 2, 2], 1) for n in range(1, size + 1)]
    assert [i.id for i in PROFILES["miit-164"].items] == problems
    assert len(PROFILES["necessary-39"].items) == 39
    assert len(expected) == 31
    assert len(problems) == 10


def inputs_of(example: Example) -> set[str]:
    """Each fact, each coverage name and each parameter is one input."""
    facts = {repr(sorted(row.items(), key=str)) for row in example.facts}
    coverage = {f"coverage {name}={state}" for name, state in example.coverage.items()}
    return facts | coverage | {f"parameter {n}={v}" for n, v in example.parameters.items()}


def smallest_flip(item: CheckItem) -> int:
    """Number of inputs that differ between the two nearest examples with different outcomes."""
    outcomes = {rule.code: rule.outcome for rule in item.rules}
    return min(
        max(
            len(inputs_of(one) - inputs_of(other)),
            len(inputs_of(other) - inputs_of(one)),
        )
        for one, other in combinations(item.examples, 2)
        if outcomes[one.expect] is not outcomes[other.expect]
    )


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.id)
def test_changing_one_input_changes_the_answer(row) -> None:
    for name in row.items:
        assert smallest_flip(ITEMS[name]) == 1, name


def test_gaps_are_found() -> None:
    first = TABLE.rows[0]
    holes = msgspec.structs.replace(
        TABLE,
        rows=(
            msgspec.structs.replace(first, items=()),
            msgspec.structs.replace(first, items=("nowhere/x",)),
            *TABLE.rows[2:],
        ),
    )
    gaps = find_gaps(holes, KNOWN)
    assert f"{first.id}: answered nowhere" in gaps
    assert f"{first.id}: no item nowhere/x" in gaps
    assert f"{first.id}: stands there 2 times" in gaps
    assert any("半自动: 53 rows" in gap for gap in gaps)
    short = Coverage(rows=TABLE.rows[1:], time_rules=())
    assert "S0: 27 rows, not 28" in find_gaps(short, KNOWN)


def test_missing_or_misshaped_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"coverage\.yaml"):
        load_coverage(tmp_path)
    (tmp_path / "coverage.yaml").write_text("rows: 1\n", "utf-8")
    with pytest.raises(ProfileError, match=r"coverage\.yaml"):
        load_coverage(tmp_path)
