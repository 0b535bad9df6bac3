"""The chapter that sets side by side: declared, found in code, seen, sent, named in the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.chapters.tables import make_table
from reports.model import Cell, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

FINDINGS = (
    "derived.identity_mismatch",
    "derived.disclosure_gap",
    "derived.necessity_excess",
    "derived.without_purpose",
    "derived.declared_absent",
    "derived.biometric",
    "derived.ad_active",
)
"""Differences, told one by one, in this order."""
KINDS = (
    *FINDINGS,
    "derived.identity_match",
    "derived.type_matrix",
    "derived.sensitive_type",
    "derived.permission_fit",
    "derived.permission_unused",
    # Restated by the run chapter and as evidence of the checklist lines they decide.
    "derived.pre_consent_access",
    "derived.after_refusal_access",
    "derived.pre_consent_request",
    "derived.after_refusal_request",
    "derived.impossible_access",
)
SOURCES = ("declared", "found", "seen", "sent", "policy")
_SYMBOLS = {"yes": "●", "no": "○", "denied": "×", "unknown": "–"}
_TONES = {"yes": "", "no": "quiet", "denied": "bad", "unknown": "quiet"}


def make_comparison(telling: Telling) -> Section | None:
    """Give the chapter; none where nothing was compared."""
    tables = [_matrix(telling), _findings(telling), _permissions(telling), _identity(telling)]
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        return None
    label = telling.label
    remarks = (label("comparison.legend"),) if tables[0].rows else ()
    return Section(id="comparison", title=label("comparison.title"), remarks=remarks, tables=filled)


def _matrix(telling: Telling) -> Table:
    sensitive = {fact.subject for fact in telling.facts.of_kind("derived.sensitive_type")}
    facts = sorted(
        telling.facts.of_kind("derived.type_matrix"),
        key=lambda fact: ([fact.fields[one] != "yes" for one in SOURCES[1:4]], fact.subject),
    )
    rows = [
        (
            Cell(
                text=telling.types(fact.subject),
                sub=telling.label("comparison.sensitive") if fact.subject in sensitive else "",
            ),
            *(_presence(fact, source, telling) for source in SOURCES),
        )
        for fact in facts
    ]
    heads = (("type", 30), *((source, 14) for source in SOURCES))
    return make_table(telling, "comparison.matrix", heads, rows)


def _presence(fact: Fact, source: str, telling: Telling) -> Cell:
    """Give a presence as symbol and word, so that it reads in grey."""
    value = str(fact.fields[source])
    word = telling.word("matrix", value)
    return Cell(text=f"{_SYMBOLS.get(value, '')} {word}".strip(), style=_TONES.get(value, ""))


def _findings(telling: Telling) -> Table:
    rows = [
        (Cell(text=telling.fact_title(kind)), Cell(text=telling.sentence(fact)))
        for kind in FINDINGS
        for fact in telling.facts.of_kind(kind)
    ]
    return make_table(telling, "comparison.findings", (("finding", 16), ("statement", 80)), rows)


def _permissions(telling: Telling) -> Table:
    """Give how permissions fit the declared functions; the undecidable and unused ones counted."""
    fits = [
        fact
        for fact in telling.facts.of_kind("derived.permission_fit")
        if fact.fields["fit"] != "unknown"
    ]
    unused = list(telling.facts.of_kind("derived.permission_unused"))
    rows = [
        (Cell(text=telling.fact_title(fact.kind)), Cell(text=telling.sentence(fact)))
        for fact in (*fits, *unused)
    ]
    return make_table(telling, "comparison.permissions", (("finding", 16), ("statement", 80)), rows)


def _identity(telling: Telling) -> Table:
    rows = [
        (Cell(text=telling.fact_title(fact.kind)), Cell(text=telling.sentence(fact)))
        for fact in telling.facts.of_kind("derived.identity_match")
    ]
    return make_table(telling, "comparison.identity", (("finding", 16), ("statement", 80)), rows)
