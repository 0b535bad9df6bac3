"""The few values a terminal shows at the end of a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.model import Outcome, Severity
from reports.checklist import make_counts
from reports.gaps import make_not_examined
from reports.identity import app_name, make_identity
from reports.model import ConclusionLine, Count, Entry, Mark, Plain
from reports.telling import make_telling
from reports.view import make_conclusion
from reports.visible import show

if TYPE_CHECKING:
    from profiles.model import Assessment, Verdict

PROBLEMS_SHOWN = 10
_ORDER = (Outcome.FAIL, Outcome.ERROR, Outcome.REVIEW)
_WEIGHT = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


class Problem(Plain, frozen=True):
    """A line that stands in the way."""

    line: str
    title: str
    mark: Mark
    reason: str


class Summary(Plain, frozen=True):
    """What a terminal shows; every string is one visible line."""

    app_name: str
    identity: tuple[Entry, ...]
    """Name, package, version and what else fits a small table."""
    conclusion: ConclusionLine
    counts: tuple[Count, ...]
    not_examined: tuple[str, ...]
    problems: tuple[Problem, ...]
    """The weightiest first, at most ``PROBLEMS_SHOWN``."""
    problems_total: int


def summarise(assessment: Assessment, lang: str = "zh") -> Summary:
    """Give the terminal summary of an assessment.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    telling = make_telling(assessment.fact_set, lang)
    sample = assessment.fact_set.sample
    problems = sorted((one for one in assessment.verdicts if one.standing in _ORDER), key=_rank)
    summary = Summary(
        app_name=app_name(sample, lang),
        identity=make_identity(sample, telling),
        conclusion=make_conclusion(assessment, telling),
        counts=make_counts(assessment, telling),
        not_examined=make_not_examined(assessment, telling),
        problems=tuple(
            Problem(
                line=one.line,
                title=telling.pick(one.title),
                mark=telling.mark(one.standing),
                reason=telling.pick(one.reason),
            )
            for one in problems[:PROBLEMS_SHOWN]
        ),
        problems_total=len(problems),
    )
    return show(summary)


def _rank(verdict: Verdict) -> tuple[int, int]:
    return _ORDER.index(verdict.standing), _WEIGHT[verdict.severity]
