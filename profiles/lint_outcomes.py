"""Can every rule of an item decide, is it shown by an example, and does it keep the law of outcomes?

No facts, no PASS: a rule that passes (or fails) on silence must name the coverage that gives the
silence a meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.examples import ExampleError, judge_example
from profiles.finding import Finding
from profiles.model import Outcome
from profiles.references import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from profiles.rules import CheckItem, Condition, Profile, Rule

UNDECIDED = (Outcome.NOT_TESTED, Outcome.NEEDS_DOCUMENT)
SETTLING = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE)
GIVEN = ("declaration.", "register.", "document.", "answer.", "store.")
"""Kinds that people supply: their absence is known without any examination."""
SEEN_ENOUGH = ("原文", "部分原文")


def lint_outcomes(item: CheckItem, profile: Profile) -> Iterator[Finding]:
    """List missing or failing examples, unreachable rules, and outcomes without a ground."""
    yield from _lint_examples(item, profile)
    for number, rule in enumerate(item.rules):
        for earlier in item.rules[:number]:
            if _covers(earlier, rule):
                yield _finding(item, "rule.unreachable", f"{rule.code} after {earlier.code}")
        if rule.outcome in SETTLING and _rests_on_silence(rule, profile) and not rule.needs:
            yield _finding(item, "silence.uncovered", rule.code)
        if rule.outcome is Outcome.FAIL and not any(c.seen in SEEN_ENOUGH for c in item.clauses):
            yield _finding(item, "fail.unseen-clause", rule.code)
    if not any(rule.outcome in (Outcome.REVIEW, *UNDECIDED) for rule in item.rules):
        yield _finding(item, "outcome.no-doubt", "no rule leaves the line open")


def _lint_examples(item: CheckItem, profile: Profile) -> Iterator[Finding]:
    shown = set()
    for example in item.examples:
        shown.add(example.expect)
        try:
            verdict = judge_example(example, item, profile)
        except ExampleError as error:
            yield _finding(item, "example.facts", f"{example.expect}: {error}")
            continue
        if verdict.code != f"{item.id}.{example.expect}":
            yield _finding(item, "example.differs", f"{example.expect}: gave {verdict.code}")
    for rule in item.rules:
        if rule.code not in shown:
            yield _finding(item, "example.missing", rule.code)


def _covers(earlier: Rule, later: Rule) -> bool:
    """Tell whether the earlier rule decides whenever the later one would."""
    if earlier.when is None or later.when is None:
        return False
    if not set(earlier.needs) <= set(later.needs):
        return False
    branches = (earlier.when, *(earlier.when.any or ()))
    return later.when in branches


def _rests_on_silence(rule: Rule, profile: Profile) -> bool:
    if rule.when is None:
        return True
    nodes = list(walk(rule.when))
    nodes += [inner for node in nodes if node.use for inner in walk(profile.conditions[node.use])]
    if any(node.reached is not None for node in nodes):
        return False
    if not _is_positive(rule.when, profile):
        return True
    negated = [inner for node in nodes if node.none is not None for inner in walk(node.none)]
    return any(
        node.fact and not node.fact.startswith(GIVEN) and rule.outcome is not Outcome.FAIL
        for node in negated
    )


def _is_positive(condition: Condition, profile: Profile) -> bool:
    """Tell whether the condition can hold only when some fact is there."""
    if condition.fact:
        return condition.count.ge > 0
    if condition.any is not None:
        return all(_is_positive(child, profile) for child in condition.any)
    if condition.all is not None:
        return any(_is_positive(child, profile) for child in condition.all)
    if condition.use:
        return _is_positive(profile.conditions[condition.use], profile)
    return False


def _finding(item: CheckItem, code: str, detail: str) -> Finding:
    return Finding(item=item.id, code=code, detail=detail)
