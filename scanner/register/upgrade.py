"""Brings a database to the newest schema, in one transaction: afterwards all or nothing is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    import sqlalchemy as sa

MIGRATIONS = Path(__file__).parent / "migrations"


def make_config() -> Config:
    """Make alembic's configuration: only the place of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade_schema(engine: sa.Engine, stands: str, to: str = "head") -> None:
    """Run the migrations that are missing; an older SQLite file is copied beside itself first."""
    if stands and engine.dialect.name == "sqlite" and engine.url.database:
        from scanner.register.backup import copy_sqlite

        before = Path(engine.url.database)
        copy_sqlite(before, before.with_name(f"{before.name}.before-upgrade-from-{stands}"))
    config = make_config()
    with engine.connect() as plain:
        connection = plain.execution_options(register_writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20260101)")
            config.attributes["connection"] = connection
            command.upgrade(config, to)
