"""Judge one fact set under one profile: pure, same facts and rules give the same assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from profiles.conclude import conclude, count_outcomes
from profiles.conditions import FactTable, Found, decide
from profiles.derive import derive_facts
from profiles.model import Assessment, Outcome, Text, Verdict
from profiles.sentences import Filler

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from analyzers.model import FactSet
    from profiles.rules import CheckItem, Need, Profile, Rule

SCHEMA = "appadmit.assessment/1"
MAX_CITED = 200
"""Facts a verdict refers to at most; the sentence gives the full number."""

_BROKEN = Text(
    zh="检测规则执行出错（{error}），本项未得出结论，请人工核对。",
    en="The rule could not be executed ({error}); this line has no result, please check by hand.",
)
_UNREAD = Text(
    zh="应用没有读出，本项未检查。",
    en="The app could not be read; this line was not examined.",
)


def evaluate(facts: FactSet, profile: Profile, *, created: datetime) -> Assessment:
    """Judge every item of the profile and propose a conclusion.

    Derived facts are made here, so callers pass what analyzers and inputs gave. An error inside
    one item becomes that item's ERROR and the others are judged (DESIGN §8.9).

    Args:
        facts: Everything found in the sample.
        profile: The rules, with the school's parameters filled in.
        created: Time of the judgement, with its zone.
    """
    derived = derive_facts(facts, profile)
    table = FactTable(derived, profile.parameters)
    hiding = _hiding_limitations(derived)
    unread = tuple(item.id for item in derived.limitations if "*" in item.hides)
    verdicts = tuple(
        _give_up(item, unread) if unread else _judge_safely(item, profile, table, hiding)
        for item in profile.items
    )
    return Assessment(
        schema=SCHEMA,
        profile=profile.name,
        profile_version=profile.version,
        profile_title=profile.title,
        school=profile.school,
        school_title=profile.school_title,
        created=created.isoformat(timespec="seconds"),
        fact_set=derived,
        groups=profile.groups,
        verdicts=verdicts,
        conclusion=conclude(profile.conclusion, verdicts),
        counts=count_outcomes(verdicts),
        versions=msgspec.structs.replace(derived.versions, rules=profile.hash),
        parameters=dict(profile.parameters),
        documents={
            clause.document: profile.documents[clause.document]
            for item in profile.items
            for clause in item.clauses
            if clause.document in profile.documents
        },
    )


def _judge_safely(
    item: CheckItem, profile: Profile, table: FactTable, hiding: dict[str, tuple[str, ...]]
) -> Verdict:
    try:
        return judge_item(item, profile, table, hiding)
    except Exception as error:  # noqa: BLE001  (the one place that catches per item, DESIGN §8.9)
        word = type(error).__name__
        reason = Text(zh=_BROKEN.zh.format(error=word), en=_BROKEN.en.format(error=word))
        return _make_verdict(item, Outcome.ERROR, f"{item.id}.error", reason)


def judge_item(
    item: CheckItem, profile: Profile, table: FactTable, hiding: dict[str, tuple[str, ...]]
) -> Verdict:
    """Judge one item: the first rule that holds and whose coverage was reached decides."""
    missing: list[str] = []
    for rule in item.rules:
        found: Found = {}
        if rule.when is not None and not decide(rule.when, table, profile.conditions, found):
            continue
        gaps = [" | ".join(need.names) for need in rule.needs if not table.has_reached(need)]
        if gaps:
            missing += gaps
            continue
        return _apply(item, rule, profile, table, found, hiding, tuple(dict.fromkeys(missing)))
    raise ValueError(f"{item.id}: no rule decided")


def _apply(
    item: CheckItem,
    rule: Rule,
    profile: Profile,
    table: FactTable,
    found: Found,
    hiding: dict[str, tuple[str, ...]],
    missing: tuple[str, ...],
) -> Verdict:
    for extra in rule.show:
        found.setdefault(extra.name, []).extend(table.select(extra))
    filler = Filler(table, found, missing, profile.labels)
    cited = dict.fromkeys(fact.id for facts in found.values() for fact in facts)
    return msgspec.structs.replace(
        _make_verdict(item, rule.outcome, f"{item.id}.{rule.code}", filler.fill(rule.reason)),
        params=filler.params(rule.reason),
        facts=tuple(cited)[:MAX_CITED],
        limitations=_limitations_of(item, hiding),
        missing_coverage=missing if rule.outcome is Outcome.NOT_TESTED else (),
        advice_reviewer=rule.advice_reviewer or item.advice_reviewer,
        advice_developer=rule.advice_developer or item.advice_developer,
    )


def _give_up(item: CheckItem, limitations: tuple[str, ...]) -> Verdict:
    """Nothing of the app was read: no line may speak of what was or was not found."""
    verdict = _make_verdict(item, Outcome.ERROR, f"{item.id}.unread", _UNREAD)
    return msgspec.structs.replace(verdict, limitations=limitations)


def _make_verdict(item: CheckItem, outcome: Outcome, code: str, reason: Text) -> Verdict:
    return Verdict(
        item=item.id,
        line=item.line,
        group=item.group,
        mode=item.mode,
        severity=item.severity,
        title=item.title,
        question=item.question,
        clauses=item.clauses,
        outcome=outcome,
        code=code,
        reason=reason,
        advice_reviewer=item.advice_reviewer,
        advice_developer=item.advice_developer,
    )


def _hiding_limitations(facts: FactSet) -> dict[str, tuple[str, ...]]:
    """Give the limitations behind every lowered coverage, by coverage name."""
    hiding: dict[str, list[str]] = {}
    for entry in facts.coverage:
        hiding.setdefault(entry.name, []).extend(entry.limitations)
    for limitation in facts.limitations:
        for name in limitation.hides:
            hiding.setdefault(name, []).append(limitation.id)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in hiding.items() if ids}


def _limitations_of(item: CheckItem, hiding: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not hiding:
        return ()
    needs: Iterable[Need] = (need for rule in item.rules for need in rule.needs)
    names = [name for need in needs for name in need.names]
    return tuple(
        dict.fromkeys(
            limitation
            for name in names
            for hidden, limitations in hiding.items()
            if name == hidden or name.startswith(f"{hidden}.")
            for limitation in limitations
        )
    )
