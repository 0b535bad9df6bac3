"""Facts that no other chapter tells: nothing that was found stays out of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.chapters import (
    code,
    comparison,
    components,
    permissions,
    run,
    signing,
    software,
)
from reports.model import Cell, Column, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

TOLD = frozenset(
    kind
    for chapter in (code, comparison, components, permissions, run, signing, software)
    for kind in chapter.KINDS
)


def make_rest(telling: Telling) -> Section | None:
    """Give one table per kind that has no chapter; none where there is no such kind."""
    kinds: dict[str, list[Fact]] = {}
    for fact in telling.facts.facts:
        if fact.kind not in TOLD or (fact.kind.startswith("runtime.") and not _has_run(telling)):
            kinds.setdefault(fact.kind, []).append(fact)
    if not kinds:
        return None
    tables = tuple(_table(kind, facts, telling) for kind, facts in kinds.items())
    return Section(id="facts", title=telling.label("facts.title"), tables=tables)


def _has_run(telling: Telling) -> bool:
    return next(telling.facts.of_kind("runtime.run"), None) is not None


def _table(kind: str, facts: list[Fact], telling: Telling) -> Table:
    return Table(
        id=f"facts-{kind.replace('.', '-')}",
        title=telling.fact_title(kind),
        columns=(
            Column(title=telling.label("facts.sentence"), width=70),
            Column(title=telling.label("facts.evidence"), width=40),
        ),
        rows=tuple((Cell(text=telling.sentence(one)), _evidence(one)) for one in facts),
        limit=30,
    )


def _evidence(fact: Fact) -> Cell:
    places = [f"{one.location.file} {one.location.place}".strip() for one in fact.evidence[:8]]
    first = places[0] if places else ""
    return Cell(text=first, style="mono", more=tuple(places[1:]))
