"""Decide conditions over one fact set: selection, count, any, all, not, coverage, parameters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from analyzers.model import CoverageState, Fact
from profiles.patterns import matches_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analyzers.model import FactSet
    from profiles.rules import Condition, Need, ParameterValue, Test

Found = dict[str, list[Fact]]
"""Facts that made a condition hold, by the name of their selection (empty for unnamed)."""

_STATE_ORDER = {"none": 0, "partial": 1, "full": 2}


class FactTable:
    """A fact set with the look-ups that conditions need; built once for all items."""

    def __init__(self, facts: FactSet, parameters: Mapping[str, ParameterValue]) -> None:
        self.sample = facts.sample
        self.parameters = parameters
        self.coverage = {entry.name: entry.state for entry in facts.coverage}
        self._kinds: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts.facts:
            self._kinds[fact.kind].append(fact)
        self._columns: dict[tuple[str, str], dict[object, list[Fact]]] = {}

    def select(self, condition: Condition) -> list[Fact]:
        """Give the facts a selection picks, in stored order."""
        picked = self._narrow(condition)
        if condition.subject is not None:
            picked = [f for f in picked if self.holds(condition.subject, f.subject)]
        for field, test in condition.where.items():
            picked = [f for f in picked if self.holds(test, f.fields.get(field))]
        if condition.confidence:
            picked = [f for f in picked if f.confidence in condition.confidence]
        return picked

    def _narrow(self, condition: Condition) -> list[Fact]:
        """Use an index on the first field that must equal one given value."""
        facts = self._kinds.get(condition.fact, [])
        if len(facts) < 32:
            return facts
        for field, test in condition.where.items():
            if test.among is not None and len(test.among) == 1:
                return self._column(condition.fact, field).get(test.among[0], [])
        return facts

    def _column(self, kind: str, field: str) -> dict[object, list[Fact]]:
        column = self._columns.get((kind, field))
        if column is None:
            column = defaultdict(list)
            for fact in self._kinds[kind]:
                value = fact.fields.get(field)
                if not isinstance(value, (list, dict)):
                    column[value].append(fact)
            self._columns[kind, field] = column
        return column

    def holds(self, test: Test, value: object) -> bool:
        """Tell whether one value passes a test."""
        if test.plain:
            return test.among is None or _is_among(value, test.among)
        if test.among is not None and not _is_among(value, test.among):
            return False
        if test.among_parameter:
            wanted = self.parameters[test.among_parameter]
            if not _is_among(value, wanted if isinstance(wanted, list) else [wanted]):
                return False
        if test.differs is not None and _is_among(value, test.differs):
            return False
        if test.empty is not None and test.empty != (value in ("", None) or value == []):
            return False
        return _text_holds(test, value) and _number_holds(test, value)

    def has_reached(self, need: Need) -> bool:
        """Tell whether one of the named examinations reached the wanted state."""
        wanted = _STATE_ORDER[need.state]
        return any(
            _STATE_ORDER[self.coverage.get(name, CoverageState.NONE).value] >= wanted
            for name in need.names
        )


def _is_among(value: object, wanted: Sequence[object]) -> bool:
    """Compare without mixing 1 and True; lists pass when one element is wanted."""
    if isinstance(value, list):
        return any(_is_among(element, wanted) for element in value)
    if value not in wanted:
        return False
    if not isinstance(value, (bool, int)):
        return True
    flag = isinstance(value, bool)
    return any(value == other and isinstance(other, bool) == flag for other in wanted)


def _text_holds(test: Test, value: object) -> bool:
    if test.contains:
        if isinstance(value, str):
            if not any(str(part) in value for part in test.contains):
                return False
        elif not isinstance(value, list) or not any(part in value for part in test.contains):
            return False
    if not (test.prefix or test.suffix or test.matches):
        return True
    if not isinstance(value, str):
        return False
    if not (value.startswith(test.prefix) and value.endswith(test.suffix)):
        return False
    return not test.matches or matches_whole(test.matches, value)


def _number_holds(test: Test, value: object) -> bool:
    if test.lt is None and test.le is None and test.gt is None and test.ge is None:
        return True
    if isinstance(value, list):
        value = len(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return not (
        (test.lt is not None and not value < test.lt)
        or (test.le is not None and not value <= test.le)
        or (test.gt is not None and not value > test.gt)
        or (test.ge is not None and not value >= test.ge)
    )


def decide(
    condition: Condition, table: FactTable, shared: Mapping[str, Condition], found: Found
) -> bool:
    """Decide a condition; when it holds, the facts that made it hold are added to ``found``."""
    if condition.fact:
        return _decide_selection(condition, table, found)
    if condition.any is not None:
        held = [decide(child, table, shared, found) for child in condition.any]
        return any(held)  # all are decided, so that the reader sees every fact
    if condition.all is not None:
        return _decide_all(condition.all, table, shared, found)
    if condition.none is not None:
        return not decide(condition.none, table, shared, {})
    if condition.reached is not None:
        return all(table.has_reached(need) for need in condition.reached)
    if condition.use:
        return decide(shared[condition.use], table, shared, found)
    if condition.parameter and condition.value is not None:
        return table.holds(condition.value, table.parameters[condition.parameter])
    return condition.platform == table.sample.platform


def _decide_selection(condition: Condition, table: FactTable, found: Found) -> bool:
    picked = table.select(condition)
    number = len(picked)
    if condition.distinct:
        number = len({str(fact.fields.get(condition.distinct)) for fact in picked})
    count = condition.count
    if number < count.ge or (count.le is not None and number > count.le):
        return False
    found.setdefault(condition.name, []).extend(picked)
    return True


def _decide_all(
    children: Sequence[Condition], table: FactTable, shared: Mapping[str, Condition], found: Found
) -> bool:
    inner: Found = {}
    for child in children:
        if not decide(child, table, shared, inner):
            return False
    for name, facts in inner.items():
        found.setdefault(name, []).extend(facts)
    return True
