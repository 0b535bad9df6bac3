"""The list for the developer: clause, fact, place in the code, owner, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.model import Outcome
from reports.chapters.tables import make_table
from reports.checklist import make_clause
from reports.model import Cell, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact
    from profiles.model import Assessment, Verdict
    from reports.telling import Telling

FACTS_SHOWN = 12
"""Facts of a line that are listed; the line itself tells how many there are."""


def make_remediation(assessment: Assessment, telling: Telling) -> Section | None:
    """Give one row per breach and place; none where no line fails."""
    facts = {fact.id: fact for fact in assessment.fact_set.facts}
    failed = [one for one in assessment.verdicts if one.standing == Outcome.FAIL]
    if not failed:
        return None
    rows = [row for verdict in failed for row in _rows(verdict, facts, telling)]
    heads = (("line", 28), ("breach", 38), ("place", 34), ("owner", 16), ("advice", 40))
    table = make_table(telling, "remediation.list", heads, rows, limit=80)
    return Section(
        id="remediation",
        title=telling.label("remediation.title"),
        remarks=(telling.label("remediation.remark"),),
        tables=(table,),
    )


def _rows(verdict: Verdict, facts: dict[str, Fact], telling: Telling) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of a failed line; clause and advice stand in its first row."""
    clause = make_clause(verdict.clauses[0], telling).reference if verdict.clauses else ""
    known = [facts[one] for one in verdict.facts if one in facts][:FACTS_SHOWN]
    line = Cell(text=f"{verdict.line} {telling.pick(verdict.title)}", sub=clause)
    advice = Cell(text=telling.pick(verdict.advice_developer))
    if not known:
        yield line, Cell(text=telling.pick(verdict.reason)), Cell(text=""), Cell(text=""), advice
    for number, fact in enumerate(known):
        yield (
            line if number == 0 else Cell(text=verdict.line, style="quiet"),
            Cell(text=telling.sentence(fact)),
            Cell(text=_place(fact), style="mono"),
            Cell(text=telling.owner_of(fact) if fact.fields.get("owner") else ""),
            advice if number == 0 else Cell(text=""),
        )


def _place(fact: Fact) -> str:
    """Give where to look: the caller in the code, else the first evidence."""
    named = fact.fields.get("frame") or fact.fields.get("site")
    if named:
        return str(named)
    location = fact.evidence[0].location if fact.evidence else None
    return f"{location.file} {location.place}".strip() if location else ""
