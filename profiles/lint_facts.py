"""Do the conditions and sentences of an item fit the fact kinds they speak of?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.kinds import Field, Kind, load_kinds
from profiles.finding import Finding
from profiles.references import walk_rule
from profiles.sentences import PLACE, RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from profiles.rules import CheckItem, Condition, Profile, Rule, Test

COVERAGE_ROOTS = ("android", "ios", "software", "code", "content", "runtime")
_NUMBERS = ("int", "float")


def lint_facts(item: CheckItem, profile: Profile) -> Iterator[Finding]:
    """List unknown kinds, fields, values, coverage names and sentence places."""
    for rule in item.rules:
        for node in walk_rule(rule, profile.conditions):
            if node.fact:
                yield from _lint_selection(item, rule, node)
        yield from _lint_places(item, rule, profile)
        yield from _lint_needs(item, rule)


def _lint_selection(item: CheckItem, rule: Rule, node: Condition) -> Iterator[Finding]:
    kind = load_kinds().get(node.fact)
    if kind is None:
        yield _finding(item, "kind.unknown", rule, node.fact)
        return
    for name in (*node.where, *([node.distinct] if node.distinct else [])):
        if name not in kind.fields:
            yield _finding(item, "field.unknown", rule, f"{kind.name}.{name}")
    for name, test in node.where.items():
        if name in kind.fields:
            yield from _lint_test(item, rule, f"{kind.name}.{name}", kind.fields[name], test)


def _lint_test(
    item: CheckItem, rule: Rule, place: str, field: Field, test: Test
) -> Iterator[Finding]:
    for value in (*(test.among or ()), *(test.differs or ())):
        if field.values and value not in field.values:
            yield _finding(item, "value.unknown", rule, f"{place}: {value}")
        elif not _has_type(value, field.type):
            yield _finding(item, "value.type", rule, f"{place} is {field.type}, not {value!r}")
    plain = field.type.removesuffix("?")
    bounds = (test.lt, test.le, test.gt, test.ge)
    if any(bound is not None for bound in bounds) and plain not in (*_NUMBERS, "str[]", "int[]"):
        yield _finding(item, "value.type", rule, f"{place} is {field.type}, not a number")
    if (test.prefix or test.suffix or test.matches) and plain != "str":
        yield _finding(item, "value.type", rule, f"{place} is {field.type}, not text")


def _has_type(value: object, wanted: str) -> bool:
    if value is None:
        return wanted.endswith("?")
    plain = wanted.removesuffix("?").removesuffix("[]")
    if plain in _NUMBERS:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, {"str": str, "bool": bool}.get(plain, object))


def _lint_places(item: CheckItem, rule: Rule, profile: Profile) -> Iterator[Finding]:
    kinds: dict[str, list[Kind]] = {}
    for node in walk_rule(rule, profile.conditions):
        if node.name and node.fact in load_kinds():
            kinds.setdefault(node.name, []).append(load_kinds()[node.fact])
    for sentence in (rule.reason.zh, rule.reason.en):
        for match in PLACE.finditer(sentence):
            name, part = match[1], match[2] or ""
            if name in RESERVED or part in ("", "count"):
                continue
            if not any(part in kind.fields for kind in kinds.get(name, [])):
                yield _finding(item, "place.unknown", rule, match[0])


def _lint_needs(item: CheckItem, rule: Rule) -> Iterator[Finding]:
    for need in rule.needs:
        for name in need.names:
            if name.split(".")[0] not in COVERAGE_ROOTS or "." not in name:
                yield _finding(item, "coverage.unknown", rule, name)


def _finding(item: CheckItem, code: str, rule: Rule, detail: str) -> Finding:
    return Finding(item=item.id, code=code, detail=f"{rule.code}: {detail}")
