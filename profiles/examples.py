"""Turn an item's example into a fact set, and run the examples of a profile."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.kinds import Field, check_fact, load_kinds
from analyzers.model import (
    Confidence,
    Coverage,
    CoverageState,
    Evidence,
    Fact,
    FactSet,
    Location,
    Sample,
    Versions,
)
from profiles.evaluate import evaluate

if TYPE_CHECKING:
    from profiles.model import Verdict
    from profiles.rules import CheckItem, Example, Profile

_NEUTRAL: dict[str, Any] = {"str": "", "int": 0, "float": 0.0, "bool": False, "map": {}}
_WHEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class ExampleError(ValueError):
    """An example states a fact that does not fit its kind."""


def make_example_facts(example: Example) -> FactSet:
    """Give the example's fact set; fields it leaves out get neutral values of their type.

    Raises:
        ExampleError: unknown kind, unknown field, or a value of the wrong type.
    """
    return FactSet(
        sample=Sample(sha256="0" * 64, md5="0" * 32, size=1, name="a", platform=example.platform),
        facts=tuple(_make_fact(n, row) for n, row in enumerate(example.facts)),
        limitations=(),
        coverage=tuple(
            Coverage(name=name, state=CoverageState(state))
            for name, state in example.coverage.items()
        ),
        versions=Versions(tool="0", knowledge="0"),
    )


def _make_fact(number: int, row: dict[str, object]) -> Fact:
    given = dict(row)
    kind = load_kinds().get(str(given.pop("kind", "")))
    subject = str(given.pop("subject", "x"))
    if kind is None:
        raise ExampleError(f"unknown kind {row.get('kind')}")
    fields: dict[str, Any] = {name: _neutral(field) for name, field in kind.fields.items()} | given
    confidence = Confidence(str(fields.pop("confidence", "certain")))
    fact = Fact(
        id=f"example-{number}",
        kind=kind.name,
        subject=subject,
        fields=fields,
        evidence=(Evidence(location=Location(file="example")),),
        analyzer="example",
        confidence=confidence,
    )
    problems = check_fact(fact)
    if problems:
        raise ExampleError("; ".join(problems))
    return fact


def _neutral(field: Field) -> object:
    if field.type.endswith("?"):
        return None
    if field.type.endswith("[]"):
        return []
    return field.values[0] if field.values else _NEUTRAL[field.type]


def judge_example(example: Example, item: CheckItem, profile: Profile) -> Verdict:
    """Judge one item on its example's facts, under the default parameters and the example's own."""
    defaults = {name: entry.default for name, entry in profile.parameter_docs.items()}
    alone = msgspec.structs.replace(
        profile, items=(item,), parameters={**defaults, **example.parameters}
    )
    return evaluate(make_example_facts(example), alone, created=_WHEN).verdicts[0]
