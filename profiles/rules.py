"""What a rule file says, in the canonical shape the engine works on."""

from __future__ import annotations

from typing import Literal

import msgspec

from analyzers.model import Confidence, Model, Scalar
from profiles.model import Clause, Group, Mode, Outcome, Severity, Text

ParameterValue = Scalar | list[Scalar]


class Test(Model, frozen=True):
    """What one value must be; every part that is given must hold."""

    __test__ = False

    among: tuple[Scalar, ...] | None = None
    """Equal to one of these (``field: value`` and ``field: [a, b]``)."""
    among_parameter: str = ""
    """Equal to (one of) the value of this parameter (``field: $name``)."""
    prefix: str = ""
    suffix: str = ""
    contains: tuple[Scalar, ...] = ()
    """A text that holds one of these, or a list that has one of these as an element."""
    matches: str = ""
    """A pattern the whole text must match; limited so that matching stays linear."""
    lt: float | None = None
    le: float | None = None
    gt: float | None = None
    ge: float | None = None
    empty: bool | None = None
    """Empty text, empty list or null."""
    differs: tuple[Scalar, ...] | None = None
    """Equal to none of these."""
    plain: bool = False
    """Only ``among`` is given: the usual case, decided first."""


class Count(Model, frozen=True):
    """How many facts (or different values) a selection must give; both ends included."""

    ge: int = 1
    le: int | None = None


class Condition(Model, frozen=True):
    """A node of the and/or/not/count tree; exactly one form is set."""

    fact: str = ""
    """Fact kind to select from; with subject, where, confidence, count, distinct and name."""
    subject: Test | None = None
    where: dict[str, Test] = msgspec.field(default_factory=dict)
    confidence: tuple[Confidence, ...] = ()
    count: Count = Count()
    distinct: str = ""
    """Count the different values of this field instead of the facts."""
    name: str = ""
    """Name under which the selected facts can be used in sentences (``as`` in the file)."""
    any: tuple[Condition, ...] | None = None
    all: tuple[Condition, ...] | None = None
    none: Condition | None = None
    """Holds when the inner condition does not (``not`` in the file)."""
    reached: tuple[Need, ...] | None = None
    """Holds when each of these examinations was reached."""
    parameter: str = ""
    """Holds when the value of this parameter passes ``value``."""
    value: Test | None = None
    platform: str = ""
    use: str = ""
    """Name of a condition that the profile shares among its items."""


class Need(Model, frozen=True):
    """Coverage that gives silence a meaning; one of the names is enough."""

    names: tuple[str, ...]
    state: Literal["full", "partial"] = "full"


class Rule(Model, frozen=True):
    """One way an item can end; the first rule that holds decides."""

    code: str
    """Last part of the verdict's code (``never-declared`` of ``ar-3.1.never-declared``)."""
    outcome: Outcome
    reason: Text
    """Sentence with ``{name}``, ``{name.count}``, ``{name.field}``, ``{parameter.x}`` places."""
    when: Condition | None = None
    """None only in an item's last rule."""
    needs: tuple[Need, ...] = ()
    """Without this coverage the rule does not decide and the gap is reported."""
    show: tuple[Condition, ...] = ()
    """Further facts for the reader; they do not decide."""
    advice_reviewer: Text | None = None
    """Replaces the item's advice where given."""
    advice_developer: Text | None = None


class Example(Model, frozen=True):
    """A few facts and what the item must say about them."""

    expect: str
    """Code of the rule that must decide."""
    facts: tuple[dict[str, object], ...] = ()
    """Kind, subject and the fields that matter; the rest is filled with neutral values."""
    coverage: dict[str, Literal["full", "partial", "none"]] = msgspec.field(default_factory=dict)
    parameters: dict[str, ParameterValue] = msgspec.field(default_factory=dict)
    platform: str = "android"


class CheckItem(Model, frozen=True):
    """One clause turned into one question."""

    id: str
    line: str
    group: str
    mode: Mode
    severity: Severity
    title: Text
    question: Text
    clauses: tuple[Clause, ...]
    rules: tuple[Rule, ...]
    advice_reviewer: Text
    advice_developer: Text
    examples: tuple[Example, ...] = ()
    source: str = ""
    """File the item was read from, relative to the library."""


class Parameter(Model, frozen=True):
    """A value in which schools may differ."""

    default: ParameterValue
    doc: Text
    values: tuple[Scalar, ...] = ()
    """Closed list of allowed values; empty for open ones."""


class ConclusionRule(Model, frozen=True):
    """What the overall proposal depends on (DESIGN §2)."""

    must_hold: tuple[str, ...] = ()
    """Items without whose PASS or NOT_APPLICABLE nothing is recommended, even when absent."""
    reject_on: tuple[str, ...] = ()
    """Items (or full verdict codes) whose FAIL gives 不通过 instead of 整改后复审."""


class Profile(Model, frozen=True):
    """A chosen rule set with the school's values filled in."""

    name: str
    version: str
    title: Text
    school: str
    school_title: Text
    draft: bool
    groups: tuple[Group, ...]
    parameters: dict[str, ParameterValue]
    parameter_docs: dict[str, Parameter]
    conditions: dict[str, Condition]
    items: tuple[CheckItem, ...]
    labels: dict[str, Text]
    """Words for codes that appear in sentences (phases, owners, information types)."""
    documents: dict[str, Text]
    """Printed title and number of every document that clauses may refer to."""
    conclusion: ConclusionRule
    hash: str
    """Hash over the rule files the profile was made of."""
