"""The journal of changes: who, when, old, new; written with every change, never changed itself.

Personal values are journalled masked, so that a person's data can be erased from the rows without
touching the journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from scanner.register.schema import make_metadata
from scanner.register.values import mask, show_value

if TYPE_CHECKING:
    from scanner.register.catalogue import Field, Object
    from scanner.register.session import Session
    from scanner.register.values import Value

NO_DATE = "ended"
"""Name under which the striking out of a row is journalled."""


class Change(msgspec.Struct, frozen=True):
    """One changed field of one row."""

    action: str
    """add, set, link, close, end, import, erase."""
    object: str
    row: int
    field: str
    old: str | None
    new: str | None
    note: str = ""

    @classmethod
    def make(
        cls, action: str, what: Object, row: int, field: str, old: Value, new: Value
    ) -> Change:
        """Make a change with both values as text, masked where the field is personal."""
        shown = what.fields.get(field)
        return cls(
            action, what.name, row, field, journal_text(shown, old), journal_text(shown, new)
        )


class Entry(msgspec.Struct, frozen=True):
    """A change as the journal keeps it."""

    id: int
    at: str
    """ISO 8601 with offset."""
    who: str
    batch: str
    """Joins the changes of one transaction."""
    change: Change


def journal_text(field: Field | None, value: Value) -> str | None:
    """Give what the journal keeps of a value."""
    if value is None:
        return None
    text = show_value(value)
    return mask(text) if field is not None and field.secret else text


def write_changes(
    connection: sa.Connection, changes: list[Change], *, at: str, session: Session
) -> None:
    """Append changes to the journal."""
    rows = [
        {
            **msgspec.structs.asdict(change),
            "note": change.note or session.note,
            "at": at,
            "who": session.who,
            "batch": session.batch,
        }
        for change in changes
    ]
    connection.execute(sa.insert(make_metadata().tables["change"]), rows)


def read_changes(
    connection: sa.Connection, name: str = "", row: int | None = None, last: int | None = None
) -> list[Entry]:
    """Read the journal of everything, an object or a row, oldest first; the ``last`` ones only."""
    table = make_metadata().tables["change"]
    query = sa.select(table).order_by(table.c.id.desc() if last else table.c.id)
    if name:
        query = query.where(table.c["object"] == name)
    if row is not None:
        query = query.where(table.c["row"] == row)
    if last:
        query = query.limit(last)
    entries = [
        Entry(
            found["id"], found["at"], found["who"], found["batch"],
            Change(found["action"], found["object"], found["row"], found["field"],
                   found["old"], found["new"], found["note"]),
        )
        for found in connection.execute(query).mappings()
    ]  # fmt: skip
    return entries[::-1] if last else entries
