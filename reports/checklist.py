"""Lays out the verdicts of an assessment as the lines of the printed checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.model import Outcome
from reports.gaps import tell_limitations
from reports.model import Chapter, CheckLine, ClauseLine, Count, Decision

if TYPE_CHECKING:
    from analyzers.model import Fact, Limitation
    from profiles.model import Assessment, Clause, Verdict
    from reports.telling import Telling

FACTS_SHOWN = 20
VERBATIM = "原文"
MEMORY = "记忆"
_INNER = str.maketrans("“”", "‘’")
"""Quotation marks inside a quotation (GB/T 15834)."""


def make_chapters(assessment: Assessment, telling: Telling) -> tuple[Chapter, ...]:
    """Give the checklist in the order of the profile; groups are printed as AR-1, AR-2 ..."""
    facts = {fact.id: fact for fact in assessment.fact_set.facts}
    limitations = {one.id: one for one in assessment.fact_set.limitations}
    titles = {group.id.upper(): telling.pick(group.title) for group in assessment.groups}
    order = dict.fromkeys([*titles, *(verdict.group.upper() for verdict in assessment.verdicts)])
    chapters = (
        Chapter(
            id=group,
            title=titles.get(group, ""),
            lines=tuple(
                make_line(verdict, telling, facts, limitations)
                for verdict in assessment.verdicts
                if verdict.group.upper() == group
            ),
        )
        for group in order
    )
    return tuple(chapter for chapter in chapters if chapter.lines)


def make_line(
    verdict: Verdict,
    telling: Telling,
    facts: dict[str, Fact],
    limitations: dict[str, Limitation],
) -> CheckLine:
    """Lay out one verdict with its first facts, its limitations and its clauses."""
    known = [facts[one] for one in verdict.facts if one in facts]
    met = list(dict.fromkeys(verdict.limitations))
    return CheckLine(
        item=verdict.item,
        line=verdict.line,
        title=telling.pick(verdict.title),
        question=telling.pick(verdict.question),
        mode=telling.word("mode", verdict.mode),
        severity=telling.word("severity", verdict.severity),
        mark=telling.mark(verdict.outcome),
        reason=telling.pick(verdict.reason),
        code=verdict.code,
        decision=make_decision(verdict, telling),
        advice_reviewer=telling.pick(verdict.advice_reviewer),
        advice_developer=telling.pick(verdict.advice_developer),
        clauses=tuple(make_clause(clause, telling) for clause in verdict.clauses),
        facts=tuple(telling.fact_line(fact) for fact in known[:FACTS_SHOWN]),
        facts_total=len(known),
        limitations=(
            *tell_limitations((limitations[one] for one in met if one in limitations), telling),
            *(one for one in met if one not in limitations),
        ),
        missing_coverage=tuple(telling.coverage(one) for one in verdict.missing_coverage),
    )


def make_decision(verdict: Verdict, telling: Telling) -> Decision | None:
    """Lay out the reviewer's decision on a line; none where none is in force."""
    override = verdict.override
    if override is None:
        return None
    sentence = telling.label(
        "checklist.decision_until" if override.expires else "checklist.decision",
        person=override.person,
        date=override.date,
        reason=override.reason,
        expires=override.expires,
    )
    return Decision(mark=telling.mark(override.outcome), sentence=sentence)


def make_clause(clause: Clause, telling: Telling) -> ClauseLine:
    """Lay out a clause; a wording not seen in the original never stands in quotation marks."""
    verbatim = clause.seen == VERBATIM
    document = telling.word("document", clause.document)
    article = "" if clause.article in document else clause.article
    return ClauseLine(
        reference=f"{document} {article}".strip(),
        seen="" if verbatim else telling.word("seen", clause.seen),
        quote=clause.quote.translate(_INNER) if verbatim else "",
        unverified=clause.seen == MEMORY,
    )


def make_counts(assessment: Assessment, telling: Telling) -> tuple[Count, ...]:
    """Count the lines per outcome, in the order of the outcomes; none is left out."""
    outcomes = [verdict.outcome for verdict in assessment.verdicts]
    return tuple(Count(mark=telling.mark(one), count=outcomes.count(one)) for one in Outcome)
