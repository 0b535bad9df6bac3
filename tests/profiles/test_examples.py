"""Every rule of the library is shown by an example, and every example ends as it says."""

from __future__ import annotations

import pytest

from profiles.examples import ExampleError, judge_example, make_example_facts
from profiles.rules import CheckItem, Example, Profile
from tests.profiles.made import load_library

ITEMS = [(profile, item) for profile in load_library() for item in profile.items]


@pytest.mark.parametrize(("profile", "item"), ITEMS, ids=[f"{p.name}-{i.id}" for p, i in ITEMS])
def test_examples_of_the_item(profile: Profile, item: CheckItem) -> None:
    for example in item.examples:
        verdict = judge_example(example, item, profile)
        assert verdict.code == f"{item.id}.{example.expect}", verdict.reason.zh
        assert "{" not in verdict.reason.zh + verdict.reason.en
        assert "[[" not in verdict.reason.zh + verdict.reason.en
    shown = {example.expect for example in item.examples}
    assert shown == {rule.code for rule in item.rules}


def test_library_holds_hundreds_of_examples() -> None:
    assert sum(len(item.examples) for _, item in ITEMS) >= 1400


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"kind": "android.nothing"}, "unknown kind"),
        ({"kind": "android.autostart", "more": 1}, "unknown field more"),
        ({"kind": "android.autostart", "triggers": "boot"}, "is not str"),
    ],
)
def test_fact_that_does_not_fit_its_kind_is_told(row: dict, words: str) -> None:
    with pytest.raises(ExampleError, match=words):
        make_example_facts(Example(expect="x", facts=(row,)))


def test_fields_that_are_left_out_are_neutral() -> None:
    example = Example(
        expect="x",
        facts=({"kind": "android.component", "subject": "a.B"},),
        coverage={"code.apis": "partial"},
    )
    facts = make_example_facts(example)
    assert facts.facts[0].fields["exported"] is False
    assert facts.facts[0].fields["init_order"] is None
    assert facts.coverage[0].state.value == "partial"
