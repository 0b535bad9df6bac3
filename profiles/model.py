"""What a judgement is made of: profile, check item, verdict, assessment."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from analyzers.model import FactSet, Model, Scalar, Versions


class Outcome(StrEnum):
    """What a check item ends in (DESIGN §2)."""

    PASS = "PASS"
    FAIL = "FAIL"
    REVIEW = "REVIEW"
    NEEDS_DOCUMENT = "NEEDS_DOCUMENT"
    NOT_TESTED = "NOT_TESTED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    ERROR = "ERROR"


class Mode(StrEnum):
    """Who decides (01 §0)."""

    AUTOMATIC = "自动"
    ASSISTED = "半自动"
    PERSON = "人工"


class Severity(StrEnum):
    """Weight of a breach in the report's order; never hides a line."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ConclusionKind(StrEnum):
    """The proposal of the program; a person signs."""

    RECOMMEND = "recommend"  # 建议通过
    REWORK = "rework"  # 整改后复审
    REJECT = "reject"  # 不通过
    UNDECIDED = "undecided"  # 暂不能提出


class Clause(Model, frozen=True):
    """Where in a regulation a question comes from."""

    document: str
    """Short key: S0, S1, S4, N, M, PIPL ..."""
    article: str
    """第六条（一）3, N-3.1 ..."""
    seen: str
    """How the wording was seen: 原文, 部分原文, 译述, 记忆. Only 原文 may carry a quotation."""
    quote: str = ""
    """Verbatim Chinese wording; never translated; empty unless seen is 原文."""


class Text(Model, frozen=True):
    """One sentence in both languages."""

    zh: str
    en: str


class Override(Model, frozen=True):
    """A person's word on one line, beside the program's outcome."""

    item: str
    outcome: Outcome
    person: str
    date: str
    """ISO 8601 date on which it was given."""
    reason: str
    expires: str = ""
    """Last day it counts (a waiver), ISO 8601; empty for a decision without end."""


class Verdict(Model, frozen=True):
    """Outcome of one check item, with everything a reviewer needs to follow it."""

    item: str
    line: str
    """Printed line such as AR-3.1."""
    group: str
    """Printed group such as AR-3."""
    mode: Mode
    severity: Severity
    title: Text
    question: Text
    clauses: tuple[Clause, ...]
    outcome: Outcome
    code: str
    """Which rule of the item decided, for example ``ar-3.1.never-declared``."""
    reason: Text
    params: dict[str, Scalar] = msgspec.field(default_factory=dict)
    facts: tuple[str, ...] = ()
    """Ids of the facts the outcome rests on, or that a reviewer needs to answer."""
    limitations: tuple[str, ...] = ()
    missing_coverage: tuple[str, ...] = ()
    """Coverage names the item needs and did not get."""
    advice_reviewer: Text | None = None
    advice_developer: Text | None = None
    override: Override | None = None
    """A reviewer's decision in force; the program's outcome stays beside it."""

    @property
    def standing(self) -> Outcome:
        """The outcome that counts: the reviewer's where there is one, else the program's."""
        return self.override.outcome if self.override else self.outcome


class Group(Model, frozen=True):
    """A chapter of the checklist."""

    id: str
    title: Text


class Conclusion(Model, frozen=True):
    """The proposal, and the exact lines behind it."""

    kind: ConclusionKind
    code: str
    reason: Text
    because: tuple[str, ...] = ()
    """Check items that decided."""


class Assessment(Model, frozen=True):
    """The one result document."""

    schema: str
    profile: str
    profile_version: str
    profile_title: Text
    school: str
    school_title: Text
    created: str
    """ISO 8601 with offset."""
    fact_set: FactSet
    groups: tuple[Group, ...]
    verdicts: tuple[Verdict, ...]
    conclusion: Conclusion
    counts: dict[str, int]
    """Number of verdicts per outcome; every outcome has an entry."""
    versions: Versions
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    """School parameters in force."""
    documents: dict[str, Text] = msgspec.field(default_factory=dict)
    """Printed title and number of the documents the clauses refer to, by their short key."""
