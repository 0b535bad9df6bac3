"""Check that the names a profile uses exist: groups, parameters, shared conditions, places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from profiles.sentences import PLACE, RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from profiles.rules import CheckItem, Condition, ParameterValue, Profile, Rule


def walk(condition: Condition | None) -> Iterator[Condition]:
    """Give a condition and everything inside it."""
    if condition is None:
        return
    yield condition
    for child in (*(condition.any or ()), *(condition.all or ()), condition.none):
        yield from walk(child)


def walk_rule(rule: Rule, shared: dict[str, Condition]) -> Iterator[Condition]:
    """Give every condition a rule depends on, the shared ones included."""
    for condition in (rule.when, *rule.show):
        for node in walk(condition):
            yield node
            if node.use in shared:
                yield from walk(shared[node.use])


def check_references(
    profile: Profile, given: dict[str, ParameterValue], school_file: str
) -> list[str]:
    """List names that are used but not defined, and ids that are used twice."""
    problems = [
        f"{school_file}: unknown parameter {name}"
        for name in given.keys() - profile.parameter_docs.keys()
    ]
    problems += _check_values(profile, given, school_file)
    problems += [
        f"{profile.name}: item {item} is defined {number} times"
        for item, number in Counter(item.id for item in profile.items).items()
        if number > 1
    ]
    problems += _check_shared(profile)
    known = {item.id for item in profile.items}
    for item in (*profile.conclusion.must_hold, *profile.conclusion.reject_on):
        if item not in known and item.rpartition(".")[0] not in known:
            problems.append(f"{profile.name}/profile.yaml: conclusion names unknown {item}")
    for entry in profile.items:
        problems += [f"{entry.source}: {entry.id}: {text}" for text in _check_item(entry, profile)]
    return problems


def _check_values(
    profile: Profile, given: dict[str, ParameterValue], school_file: str
) -> Iterator[str]:
    for name, value in given.items():
        entry = profile.parameter_docs.get(name)
        if entry is None:
            continue
        default = entry.default
        if default is not None and value is not None and type(value) is not type(default):
            yield f"{school_file}: {name} must be {type(default).__name__}"
        values = value if isinstance(value, list) else [value]
        if entry.values and not set(values) <= set(entry.values):
            yield f"{school_file}: {name} must be among {', '.join(map(str, entry.values))}"


def _check_shared(profile: Profile) -> Iterator[str]:
    place = f"{profile.name}/profile.yaml"
    for name, condition in profile.conditions.items():
        for node in walk(condition):
            if node.use:
                yield f"{place}: condition {name}: shared conditions do not use each other"
            yield from (f"{place}: condition {name}: {x}" for x in _check_parameters(node, profile))


def _check_item(item: CheckItem, profile: Profile) -> Iterator[str]:
    if item.group not in {group.id for group in profile.groups}:
        yield f"unknown group {item.group}"
    codes = Counter(rule.code for rule in item.rules)
    yield from (f"code {code} is used {n} times" for code, n in codes.items() if n > 1)
    for example in item.examples:
        if example.expect not in codes:
            yield f"example expects unknown code {example.expect}"
        for name in example.parameters.keys() - profile.parameters.keys():
            yield f"example {example.expect}: unknown parameter {name}"
    for rule in item.rules:
        names = {node.name for node in walk_rule(rule, profile.conditions) if node.fact}
        for node in walk_rule(rule, profile.conditions):
            if node.use and node.use not in profile.conditions:
                yield f"rule {rule.code}: unknown shared condition {node.use}"
            yield from (f"rule {rule.code}: {x}" for x in _check_parameters(node, profile))
        yield from (f"rule {rule.code}: {x}" for x in _check_places(rule, names, profile))


def _check_parameters(node: Condition, profile: Profile) -> Iterator[str]:
    tests = [node.subject, node.value, *node.where.values()]
    used = [test.among_parameter for test in tests if test is not None and test.among_parameter]
    for name in (*used, node.parameter):
        if name and name not in profile.parameters:
            yield f"unknown parameter {name}"


def _check_places(rule: Rule, names: set[str], profile: Profile) -> Iterator[str]:
    for sentence in (rule.reason.zh, rule.reason.en):
        for match in PLACE.finditer(sentence):
            name, part = match[1], match[2] or ""
            if name == "parameter" and part in profile.parameters:
                continue
            if name not in RESERVED and name in names:
                continue
            if name in ("sample", "missing"):
                continue
            yield f"unknown place {match[0]}"
