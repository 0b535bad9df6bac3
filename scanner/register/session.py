"""Reads and changes rows; every change is written to the journal in the same transaction."""

from __future__ import annotations

import datetime
import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa

from scanner.errors import UsageError
from scanner.register.catalogue import find_object
from scanner.register.journal import NO_DATE, Change, write_changes
from scanner.register.records import from_columns, need_ref, read_ref, to_columns
from scanner.register.schema import table_of
from scanner.register.values import SCHOOL_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.register.catalogue import Field
    from scanner.register.records import Record
    from scanner.register.values import Value


class Session:
    """One transaction on the register, in the name of one person."""

    def __init__(
        self, connection: sa.Connection, *, who: str, note: str = "", writable: bool = True
    ) -> None:
        self.connection = connection
        self.who = who
        self.note = note
        self._writable = writable
        self._there: set[str] = set()
        self.batch = secrets.token_hex(8)
        self.changes: list[Change] = []
        """What this transaction has changed so far."""

    def find(self, name: str, /, *, ended: bool = False, **where: Value) -> list[Record]:
        """Give the rows of an object, oldest first; struck-out ones only when asked for."""
        what = find_object(name)
        table = table_of(what)
        query = sa.select(table).order_by(table.c.id)
        if not ended:
            query = query.where(table.c.ended.is_(None))
        for name_of_field, value in where.items():
            columns = to_columns(what, {name_of_field: value})
            for column, stored in columns.items():
                if stored is not None or len(columns) == 1:
                    query = query.where(table.c[column] == stored)
        return [from_columns(what, row) for row in self.connection.execute(query).mappings()]

    def get(self, ref: str) -> Record:
        """Give one row.

        Raises:
            UsageError: there is none of that call.
        """
        name, number = need_ref(ref)
        what = find_object(name)
        table = table_of(what)
        query = sa.select(table).where(table.c.id == number).with_for_update()
        if not self._writable:
            query = sa.select(table).where(table.c.id == number)
        row = self.connection.execute(query).mappings().first()
        if row is None:
            raise UsageError("register.unknown_row", ref=ref)
        return from_columns(what, row)

    def add(self, name: str, values: Mapping[str, Value], *, action: str = "add") -> str:
        """Add a row and give its call.

        Raises:
            UsageError: a required field is empty or a reference leads nowhere.
        """
        self._check_writable()
        what = find_object(name)
        filled: dict[str, Value] = {f.name: f.default for f in what.fields.values() if f.default}
        filled |= {key: value for key, value in values.items() if value not in (None, "", ())}
        for field in what.fields.values():
            if field.required and field.name not in filled:
                raise UsageError("register.field_missing", field=field.zh, object=what.zh)
            self._check_ref(field, filled.get(field.name))
        table = table_of(what)
        query = sa.insert(table).values(**to_columns(what, filled)).returning(table.c.id)
        number = self.connection.execute(query).scalar_one()
        new = [Change.make(action, what, number, key, None, value) for key, value in filled.items()]
        self._journal(new or [Change.make(action, what, number, "", None, None)])
        return f"{what.name}-{number}"

    def set(self, ref: str, values: Mapping[str, Value], *, action: str = "set") -> list[Change]:
        """Change fields of a row and give what really changed.

        Raises:
            UsageError: no such row, a required field is emptied, a reference leads nowhere.
        """
        self._check_writable()
        before = self.get(ref)
        what = find_object(before.object)
        changes: list[Change] = []
        fresh: dict[str, Value] = {}
        for name, value in values.items():
            field, old = what.fields[name], before.values.get(name)
            new = None if value in ("", ()) else value
            if new == old:
                continue
            if new is None and field.required:
                raise UsageError("register.field_missing", field=field.zh, object=what.zh)
            self._check_ref(field, new)
            fresh[name] = new
            changes.append(Change.make(action, what, before.id, name, old, new))
        if changes:
            table = table_of(what)
            columns = to_columns(what, fresh)
            self.connection.execute(
                sa.update(table).where(table.c.id == before.id).values(**columns)
            )
            self._journal(changes)
        return changes

    def end(self, ref: str, day: datetime.date, reason: str) -> None:
        """Strike a row out: it stays, with its reason, and counts no more.

        Raises:
            UsageError: no such row, no reason, or it is struck out already.
        """
        self._check_writable()
        before = self.get(ref)
        if not reason.strip():
            raise UsageError("register.reason_missing")
        if before.ended is not None:
            raise UsageError("register.already_ended", ref=ref)
        what = find_object(before.object)
        table = table_of(what)
        self.connection.execute(sa.update(table).where(table.c.id == before.id).values(ended=day))
        self._journal([Change("end", what.name, before.id, NO_DATE, None, day.isoformat(), reason)])

    def named(self, targets: tuple[str, ...], text: str) -> str:
        """Give the call of the row that a person means by its name or call.

        Raises:
            UsageError: nothing or more than one row answers.
        """
        known = read_ref(text)
        if known is not None and known[0] in targets:
            return self.get(text).ref
        found: list[str] = []
        for target in targets:
            what = find_object(target)
            if "name" in what.fields:
                table = table_of(what)
                query = sa.select(table.c.id).where(
                    table.c["name"] == text.strip(), table.c.ended.is_(None)
                )
                found += [f"{target}-{number}" for number in self.connection.scalars(query)]
        if len(found) == 1:
            return found[0]
        code = "register.ambiguous_name" if found else "register.unknown_name"
        raise UsageError(code, name=text, found=" ".join(found[:5]))

    def _check_ref(self, field: Field, value: Value) -> None:
        """Rows are never deleted, so one look at each is enough."""
        if field.type == "ref" and isinstance(value, str) and value and value not in self._there:
            self._there.add(self.get(value).ref)

    def _check_writable(self) -> None:
        if not self._writable:
            raise UsageError("register.read_only")

    def _journal(self, changes: list[Change]) -> None:
        now = datetime.datetime.now(SCHOOL_ZONE).isoformat(timespec="milliseconds")
        write_changes(self.connection, changes, at=now, session=self)
        self.changes += changes
