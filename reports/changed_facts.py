"""Lays out which facts are new, gone or changed between two fact sets, one table per kind."""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING

from reports.chapters.tables import make_table
from reports.model import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact
    from reports.telling import Telling

ORDER = (
    "android.permission.declared",
    "software.sdk",
    "software.packer",
    "runtime.event",
    "runtime.permission_request",
    "runtime.flow",
    "android.bundled_package",
    "android.component",
    "android.application.flag",
    "android.network_security",
    "android.signing.certificate",
    "code.api",
)
"""Kinds whose changes come first; the others follow in alphabetical order."""
Subjects = dict[str, list["Fact"]]


def make_fact_tables(before: Telling, after: Telling) -> Iterator[Table]:
    """Give one table per kind; derived facts are left out, they follow from the others."""
    old, new = _by_kind(before), _by_kind(after)
    rank = {kind: place for place, kind in enumerate(ORDER)}
    heads = (("change", 10), ("statement", 70), ("before", 50))
    for kind in sorted({*old, *new}, key=lambda one: (rank.get(one, len(rank)), one)):
        rows = list(_rows(old.get(kind, {}), new.get(kind, {}), before, after))
        table = make_table(after, "changes.facts", heads, rows)
        yield Table(
            id=f"changes-{kind.replace('.', '-').replace('_', '-')}",
            title=after.fact_title(kind),
            columns=table.columns,
            rows=table.rows,
        )


def _by_kind(telling: Telling) -> dict[str, Subjects]:
    kinds: dict[str, Subjects] = defaultdict(lambda: defaultdict(list))
    for fact in telling.facts.facts:
        if not fact.kind.startswith("derived."):
            kinds[fact.kind][fact.subject].append(fact)
    return kinds


def _rows(
    old: Subjects, new: Subjects, before: Telling, after: Telling
) -> Iterator[tuple[Cell, ...]]:
    """Pair the facts of each subject: equal ones drop out, the rest are new, gone or changed."""
    for subject in dict.fromkeys((*new, *old)):
        first, second = old.get(subject, []), new.get(subject, [])
        kept = {fact.id for fact in first} & {fact.id for fact in second}
        left = [before.sentence(fact) for fact in first if fact.id not in kept]
        right = [after.sentence(fact) for fact in second if fact.id not in kept]
        for gone, come in zip_longest(left, right):
            if gone is not None and come is not None:
                yield _row(after, "changed", come, gone)
            elif come is not None:
                yield _row(after, "added", come, "")
            else:
                yield _row(after, "removed", gone or "", "")


_TONES = {"added": "warn", "removed": "quiet", "changed": ""}


def _row(telling: Telling, change: str, statement: str, before: str) -> tuple[Cell, ...]:
    return (
        Cell(text=telling.label(f"changes.{change}"), style=_TONES[change]),
        Cell(text=statement),
        Cell(text=before, style="quiet"),
    )
