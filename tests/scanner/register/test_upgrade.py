"""Every earlier schema leads to the newest, with its rows; a newer one is refused."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from scanner.errors import EnvironmentProblem
from scanner.register.database import HEAD, make_engine, open_register
from scanner.register.schema import make_metadata
from scanner.register.upgrade import make_config, upgrade_schema
from scanner.register.verify import verify_register

REVISIONS = [one.revision for one in ScriptDirectory.from_config(make_config()).walk_revisions()]


def test_the_newest_step_is_the_one_the_program_expects():
    assert REVISIONS[0] == HEAD
    assert sorted(REVISIONS, reverse=True) == REVISIONS


def test_the_steps_lead_to_the_catalogue(register):
    with register.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, make_metadata())
    assert [one for one in differences if one[0] != "remove_index"] == []


@pytest.mark.parametrize("start", REVISIONS[1:])
def test_rows_of_an_earlier_schema_survive(start, tmp_path):
    path = tmp_path / "old.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade_schema(engine, "", start)
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO department (id, name) VALUES (1, '教务处')"))
        connection.execute(sa.text(
            "INSERT INTO change (at, who, batch, action, object, \"row\", field, new, note) VALUES "
            "('2025-01-01', '王', 'b', 'add', 'department', 1, 'name', '教务处', '')"))  # fmt: skip
    engine.dispose()
    with pytest.raises(EnvironmentProblem) as caught:
        open_register(f"sqlite:///{path}", upgrade=False)
    assert caught.value.code == "register.old_schema"
    register = open_register(f"sqlite:///{path}")
    assert verify_register(register).problems == ()
    with register.read() as session:
        assert session.get("department-1").values["name"] == "教务处"
    register.close()
    assert (tmp_path / f"old.db.before-upgrade-from-{start}").exists()


def test_a_newer_schema_is_refused(sqlite_url):
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(EnvironmentProblem) as caught:
        open_register(sqlite_url)
    assert caught.value.code == "register.newer_schema"


@pytest.mark.parametrize("bad", ["mysql://x/y", "not a url", "sqlite+nothing:///x"])
def test_an_unknown_database_is_refused(bad):
    with pytest.raises(EnvironmentProblem) as caught:
        open_register(bad)
    assert caught.value.code == "register.bad_url"


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "x.db"
    path.write_bytes(b"not a database " * 400)
    with pytest.raises(EnvironmentProblem) as caught:
        open_register(f"sqlite:///{path}")
    assert caught.value.code == "register.unusable"
