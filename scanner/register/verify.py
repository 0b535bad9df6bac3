"""Proves that a register is whole: the file, the references, and every row against its journal."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from scanner.register.catalogue import load_objects
from scanner.register.journal import NO_DATE, journal_text
from scanner.register.schema import make_metadata

if TYPE_CHECKING:
    from scanner.register.database import Register
    from scanner.register.records import Record
    from scanner.register.session import Session

MAX_PROBLEMS = 200


class Verified(msgspec.Struct, frozen=True):
    """What a check of the register gave."""

    rows: int
    changes: int
    problems: tuple[str, ...]
    """One line each; empty for a whole register."""


def verify_register(register: Register) -> Verified:
    """Check the file (SQLite), the references and that the journal tells every row."""
    with register.read() as session:
        problems = _check_file(session.connection)
        told = _replay(session)
        rows = 0
        for what in load_objects().values():
            for record in session.find(what.name, ended=True):
                rows += 1
                problems += _compare(record, told.pop((what.name, record.id), None))
        problems += [f"{name}-{row}: journalled, but not there" for name, row in told]
        table = make_metadata().tables["change"]
        changes = session.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
    return Verified(rows, int(changes or 0), tuple(problems[:MAX_PROBLEMS]))


def _check_file(connection: sa.Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    answer = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    problems = [f"integrity: {line}" for line in answer if line != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return problems + [f"reference: {row[0]} {row[1]} -> {row[2]}" for row in broken]


def _replay(session: Session) -> dict[tuple[str, int], dict[str, str | None]]:
    """Give the last journalled text of every field of every row."""
    table = make_metadata().tables["change"]
    told: dict[tuple[str, int], dict[str, str | None]] = defaultdict(dict)
    query = sa.select(table.c["object"], table.c["row"], table.c["field"], table.c["new"])
    for name, row, field, new in session.connection.execute(query.order_by(table.c.id)):
        told[(name, row)][field] = new
    return told


def _compare(record: Record, told: dict[str, str | None] | None) -> list[str]:

    if told is None:
        return [f"{record.ref}: not in the journal"]
    what = load_objects()[record.object]
    stands = {name: journal_text(field, record.values[name]) for name, field in what.fields.items()}
    stands[NO_DATE] = record.ended.isoformat() if record.ended else None
    return [
        f"{record.ref}.{name}: {stands[name]!r} stands, {told.get(name)!r} is journalled"
        for name in stands
        if stands[name] != told.get(name)
    ]
