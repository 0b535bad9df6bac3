"""The whole register in memory, indexed by what belongs to what: one read, then pure functions."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from scanner.register.catalogue import ENTRIES, load_objects
from scanner.register.rules.calendar import WorkingDays

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from scanner.register.records import Record
    from scanner.register.session import Session

NOT_IN_USE = frozenset({"停用", "已注销", "已撤销", "已解散"})
_LARGE = frozenset({"verdict", "roster"})
"""Objects that are read only when asked for: they grow without end."""


class Snapshot:
    """All rows that count, at one moment."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records: dict[str, list[Record]] = defaultdict(list)
        self._belongings: dict[tuple[str, str], list[Record]] = defaultdict(list)
        self._by_ref: dict[str, Record] = {}
        for record in records:
            self.records[record.object].append(record)
            self._by_ref[record.ref] = record
            owner = record.values.get("entry")
            if isinstance(owner, str):
                self._belongings[(owner, record.object)].append(record)

    def of(self, entry: Record, name: str, **where: object) -> list[Record]:
        """Give what belongs to an entry: its filings, approvals, ..."""
        return [
            record
            for record in self._belongings[(entry.ref, name)]
            if all(record.values.get(key) == value for key, value in where.items())
        ]

    def get(self, ref: object) -> Record | None:
        """Give a row by its call."""
        return self._by_ref.get(ref) if isinstance(ref, str) else None

    def entries(self, *names: str) -> Iterator[Record]:
        """Give the entries of some objects, all of them by default."""
        for name in names or ENTRIES:
            yield from self.records[name]

    def department(self, record: Record) -> str:
        """Give the name of the department a row belongs to, directly or through its entry."""
        seen = record
        for _ in range(3):
            if seen.object == "department":
                return seen.label
            owner = self.get(seen.values.get("department") or seen.values.get("entry"))
            if owner is None:
                return ""
            seen = owner
        return ""

    @cached_property
    def working(self) -> WorkingDays:
        """The calendar with the imported days."""
        days: dict[datetime.date, bool] = {}
        for row in self.records["holiday"]:
            day = row.day("day")
            if day is not None:
                days[day] = bool(row.values["working"])
        return WorkingDays(days)


def is_active(entry: Record) -> bool:
    """Tell whether an entry is in use."""
    return entry.values.get("status") not in NOT_IN_USE


def take_snapshot(session: Session, *, also: tuple[str, ...] = ()) -> Snapshot:
    """Read the register; verdicts and rosters only when they are asked for."""
    names = [name for name in load_objects() if name not in _LARGE or name in also]
    return Snapshot(record for name in names for record in session.find(name))
