"""What every deriving step starts from, and how it makes a fact from other facts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from analyzers.model import CoverageState, Fact, FactSet, Value, make_fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from profiles.rules import ParameterValue

ANALYZER = "profiles.derive"
MAX_EVIDENCE = 5
MAX_BASIS = 20


class Source:
    """A fact set by kind, with the school's parameters."""

    def __init__(self, facts: FactSet, parameters: Mapping[str, ParameterValue]) -> None:
        self.facts = facts
        self.parameters = parameters
        self._kinds: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts.facts:
            self._kinds[fact.kind].append(fact)
        self._once: dict[str, dict[str, list[Fact]]] = {}
        self._full = {c.name for c in facts.coverage if c.state is CoverageState.FULL}

    def of_kind(self, kind: str) -> list[Fact]:
        """Give the facts of one kind in stored order."""
        return self._kinds.get(kind, [])

    def once(self, name: str, work: Callable[[], dict[str, list[Fact]]]) -> dict[str, list[Fact]]:
        """Give a grouping that several steps need; it is worked out once."""
        if name not in self._once:
            self._once[name] = work()
        return self._once[name]

    def has(self, *coverage: str) -> bool:
        """Tell whether every named examination was fully reached."""
        return all(name in self._full for name in coverage)


def make_derived(kind: str, subject: str, basis: Iterable[Fact], **fields: Value) -> Fact:
    """Make a derived fact that carries the evidence and the ids of the facts behind it."""
    behind = list(basis)
    evidence = [piece for fact in behind for piece in fact.evidence[:MAX_EVIDENCE]]
    more: dict[str, Any] = {**fields, "basis": [fact.id for fact in behind[:MAX_BASIS]]}
    return make_fact(
        kind,
        subject,
        analyzer=ANALYZER,
        evidence=evidence[:MAX_EVIDENCE],
        **more,
    )


def text_of(fact: Fact, field: str) -> str:
    """Give a text field; empty where it is absent or null."""
    value = fact.fields.get(field)
    return value if isinstance(value, str) else ""


def words_of(fact: Fact, field: str) -> list[str]:
    """Give a list field as texts; empty where it is absent."""
    value = fact.fields.get(field)
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
