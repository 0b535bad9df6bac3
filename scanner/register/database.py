"""Opens the register's database: SQLite in a file by default, PostgreSQL by URL.

SQLite runs with a write-ahead log, foreign keys, full synchronisation and a wait of 30 s for other
writers; a write transaction takes the lock at its start, so that no two writers read the same old
value. PostgreSQL writers take one advisory lock for the same reason.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event

from scanner.errors import EnvironmentProblem
from scanner.register.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = "0002"
"""The newest migration."""
BUSY_SECONDS = 30
_WRITER = 20_260_101
"""Key of the advisory lock on PostgreSQL."""
_WRITES = "register_writes"


def register_url(workspace: Path, given: str = "") -> str:
    """Give the URL of the register: the given one, ``$APPADMIT_REGISTER``, or the workspace's file."""
    url = given or os.environ.get("APPADMIT_REGISTER", "")
    if url:
        return url if "://" in url else f"sqlite:///{url}"
    return f"sqlite:///{workspace / 'register.db'}"


class Register:
    """An open register."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one state of the register and changes nothing."""
        with _explained(self.engine), self.engine.connect() as connection, connection.begin():
            yield Session(connection, who="", writable=False)

    @contextlib.contextmanager
    def write(self, who: str, note: str = "") -> Iterator[Session]:
        """Give a session whose changes are kept together or, on any error, not at all."""
        with _explained(self.engine), self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER)))
                yield Session(connection, who=who, note=note, writable=True)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_register(url: str, *, upgrade: bool = True) -> Register:
    """Open the register, make it where there is none, and bring it to the newest schema.

    Raises:
        EnvironmentProblem: no such driver, no access, damaged, or written by a newer version.
    """
    engine = make_engine(url)
    with _explained(engine):
        stands = _standing(engine)
    if stands == HEAD:
        return Register(engine)
    if not upgrade:
        engine.dispose()
        raise EnvironmentProblem("register.old_schema", found=stands or "-", wanted=HEAD)
    from scanner.register.upgrade import upgrade_schema

    with _explained(engine):
        upgrade_schema(engine, stands)
    return Register(engine)


def make_engine(url: str) -> sa.Engine:
    """Make the engine of a URL; the database is not touched yet.

    Raises:
        EnvironmentProblem: the URL is none, or its driver is not installed.
    """
    try:
        parsed = sa.make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(parsed, **_options(parsed))
    except (sa.exc.ArgumentError, ImportError) as error:
        raise EnvironmentProblem("register.bad_url", url=_without_password(url)) from error
    if engine.dialect.name not in {"sqlite", "postgresql"}:
        raise EnvironmentProblem("register.bad_url", url=_without_password(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _options(url: sa.URL) -> dict[str, Any]:
    if url.drivername.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_SECONDS}}
    return {"pool_pre_ping": True}


def _without_password(url: str) -> str:
    return url.rpartition("@")[2] if "@" in url else url


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own)
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _standing(engine: sa.Engine) -> str:
    """Give the schema's revision, empty for a database without any.

    Raises:
        EnvironmentProblem: the revision is a newer one.
    """
    if not sa.inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and str(found) > HEAD:
        raise EnvironmentProblem("register.newer_schema", found=found, wanted=HEAD)
    return str(found or "")


@contextlib.contextmanager
def _explained(engine: sa.Engine) -> Iterator[None]:
    place = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise EnvironmentProblem("register.refused", reason=_first_line(error)) from error
    except (sa.exc.DBAPIError, OSError) as error:
        raise EnvironmentProblem(
            "register.unusable", place=place, reason=_first_line(error)
        ) from error


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [type(cause).__name__])[0][:200]
