"""Puts equal accesses together and weighs those that count only in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.owners import Owner
from analyzers.runtime.coverage import shown_phase
from analyzers.runtime.events import Access, app_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.knowledge.owners import Owners


class Group(msgspec.Struct, frozen=True):
    """Accesses of one row, phase, owner, result and place."""

    first: Access
    phase: str
    owner: Owner
    weight: str
    count: int


def group_accesses(
    accesses: Iterable[Access], consent_ui: bool | None, owners: Owners
) -> Iterator[Group]:
    """Give the groups in the order of their first access."""
    found: dict[tuple[object, ...], list[Access]] = {}
    distinct: dict[tuple[str, str, bool], set[str]] = {}
    for access in accesses:
        phase = shown_phase(access.phase, consent_ui)
        frame = next(app_frames(access.stack), "")
        key = (access.row.id, phase, access.result, frame, access.argument, access.pregranted)
        found.setdefault(key, []).append(access)
        seen = distinct.setdefault((access.row.id, phase, access.pregranted), set())
        seen.add(access.argument)
    for members in found.values():
        first = members[0]
        phase = shown_phase(first.phase, consent_ui)
        many = len(distinct[first.row.id, phase, first.pregranted])
        yield Group(
            first=first,
            phase=phase,
            owner=owners.owner_of_stack(tuple(app_frames(first.stack))),
            weight=_weigh(first, many),
            count=_count(members),
        )


def _weigh(access: Access, different: int) -> str:
    enough = access.row.distinct and different >= access.row.distinct
    return "decisive" if enough else str(access.row.weight)


def _count(members: list[Access]) -> int:
    """Each start and thread counts on its own; a line's count is the number up to then."""
    highest: dict[tuple[int, str], int] = {}
    for access in members:
        key = (access.start, access.thread)
        highest[key] = max(highest.get(key, 0), access.count)
    return sum(highest.values())
