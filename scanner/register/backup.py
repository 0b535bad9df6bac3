"""Keeps and brings back a whole register: a consistent copy, also while others write.

A SQLite register is copied page by page by SQLite itself. Any register can be kept as a dump (JSON
lines, one row each) that another register, of either kind, takes back.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from scanner.errors import EnvironmentProblem, UsageError, explain_os_error
from scanner.register.schema import make_metadata
from scanner.workspace import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scanner.register.database import Register

FORMAT = "appadmit-register-1"
MAX_LINE = 1 << 20
_DATES = sa.Date


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite file as one state, complete or not at all.

    Raises:
        EnvironmentProblem: the disk does not take it, or the source is damaged.
    """
    beside = target.with_name(f".{target.name}.part")
    try:
        with (
            contextlib.closing(sqlite3.connect(source)) as old,
            contextlib.closing(sqlite3.connect(beside)) as new,
        ):
            old.backup(new)
        beside.replace(target)
    except OSError as error:
        raise explain_os_error(error, str(target)) from error
    except sqlite3.Error as error:
        raise EnvironmentProblem(
            "register.unusable", place=str(target), reason=str(error)
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def write_dump(register: Register, target: Path, revision: str) -> int:
    """Write every row of every table, the journal too; gives the number of rows."""
    count = 0
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as lines, register.read() as session:
        lines.write(_line({"format": FORMAT, "schema": revision}))
        for table in make_metadata().sorted_tables:
            for row in session.connection.execute(sa.select(table).order_by(table.c.id)).mappings():
                lines.write(_line({"table": table.name, "row": {k: row[k] for k in row}}))
                count += 1
    write_atomically(target, packed.getvalue())
    return count


def _line(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, default=lambda day: day.isoformat())
    return text.encode() + b"\n"


def read_dump(register: Register, source: Path, revision: str) -> int:
    """Put the rows of a dump into an empty register, all or none; gives their number.

    Raises:
        UsageError: the register is not empty, or the dump is of another schema.
        EnvironmentProblem: the dump is damaged.
    """
    with register.write("restore") as session:
        tables = {table.name: table for table in make_metadata().sorted_tables}
        for table in tables.values():
            if session.connection.execute(sa.select(table.c.id).limit(1)).first():
                raise UsageError("register.not_empty")
        count = 0
        rows = _rows(source, revision)
        for name, row in rows:
            if name not in tables or not row.keys() <= set(tables[name].columns.keys()):
                raise EnvironmentProblem("environment.damaged", place=str(source), reason=name)
            session.connection.execute(sa.insert(tables[name]).values(**_dates(tables[name], row)))
            count += 1
        _set_counters(session.connection, tables)
    return count


def _rows(source: Path, revision: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with gzip.open(source, "rb") as lines:
            head = json.loads(lines.readline(MAX_LINE))
            if head.get("format") != FORMAT or head.get("schema") != revision:
                raise UsageError("register.other_dump", file=str(source), wanted=revision)
            while line := lines.readline(MAX_LINE):
                found = json.loads(line)
                yield str(found["table"]), dict(found["row"])
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EnvironmentProblem(
            "environment.damaged", place=str(source), reason=type(error).__name__
        ) from error


def _dates(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    import datetime

    return {
        name: datetime.date.fromisoformat(value)
        if value is not None and isinstance(table.c[name].type, _DATES)
        else value
        for name, value in row.items()
    }


def _set_counters(connection: sa.Connection, tables: dict[str, sa.Table]) -> None:
    """PostgreSQL numbers rows by sequences, which inserted numbers do not move."""
    if connection.dialect.name != "postgresql":
        return
    for name in tables:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), "
            f'COALESCE((SELECT max(id) FROM "{name}"), 1), '
            f'EXISTS (SELECT 1 FROM "{name}"))'
        )
