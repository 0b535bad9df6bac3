"""Rows are kept with their history, on both databases."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from decimal import Decimal

import pytest
import sqlalchemy as sa

from scanner.errors import EnvironmentProblem, UsageError
from scanner.register.catalogue import load_objects
from scanner.register.journal import read_changes
from scanner.register.schema import make_metadata
from scanner.register.verify import verify_register

DAY = datetime.date(2026, 3, 1)


def add_app(session, **values):
    department = session.add("department", {"name": "教务处"})
    return session.add("app", {"name": "课表", "department": department, **values})


def test_every_type_of_value_comes_back_equal(register):
    values = {
        "platforms": ("iOS", "安卓"), "permissions": ("相机", "位置"), "price": Decimal("12.5"),
        "mass_collection": False, "users": 0, "online_on": DAY, "source": "自主开发",
        "reason": "含、顿号与 'quote'",
    }  # fmt: skip
    with register.write("王") as session:
        app = add_app(session, **values)
        scan = session.add("scan_record", {
            "entry": app, "sample": "a" * 64,
            "scanned_at": datetime.datetime(2026, 3, 1, 8, 30, tzinfo=datetime.UTC)})  # fmt: skip
        group = session.add("group", {
            "name": "群", "department": "department-1", "work_end_time": datetime.time(17, 5)})  # fmt: skip
    with register.read() as session:
        stored = session.get(app).values
        assert {name: stored[name] for name in values} == values
        assert session.get(scan).values["scanned_at"].timestamp() == 1772353800
        assert session.get(group).values["work_end_time"] == datetime.time(17, 5)


def test_a_change_keeps_who_when_old_and_new(register):
    with register.write("王") as session:
        app = add_app(session)
    with register.write("李", "年度清理") as session:
        changes = session.set(app, {"status": "停用", "name": "课表"})
    assert [(c.field, c.old, c.new) for c in changes] == [("status", "在用", "停用")]
    with register.read() as session:
        entry = read_changes(session.connection, "app", 1)[-1]
    assert (entry.who, entry.change.note, entry.change.old) == ("李", "年度清理", "在用")
    assert datetime.datetime.fromisoformat(entry.at).utcoffset() == datetime.timedelta(hours=8)


def test_a_value_can_be_emptied_and_false_is_not_empty(register):
    with register.write("王") as session:
        app = add_app(session, mass_collection=True, users=5, reason="x")
        session.set(app, {"mass_collection": False, "users": 0, "reason": None})
        values = session.get(app).values
    assert (values["mass_collection"], values["users"], values["reason"]) == (False, 0, None)


def test_setting_the_same_value_journals_nothing(register):
    with register.write("王") as session:
        app = add_app(session, reason="同")
        before = len(read_changes(session.connection))
        assert session.set(app, {"reason": "同"}) == []
        assert len(read_changes(session.connection)) == before


def fill_row(connection: sqlite3.Connection, table: sa.Table) -> None:
    needed = [c for c in table.columns if not c.nullable or c.name in {"id", "entry_app_id"}]
    values = [1 if isinstance(c.type, sa.Integer) else "x" for c in needed]
    names = ", ".join(f'"{c.name}"' for c in needed)
    marks = ", ".join("?" * len(needed))
    connection.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', values)


@pytest.mark.parametrize("table", [*sorted(load_objects()), "change"])
def test_nothing_can_be_deleted(sqlite_url, table):
    with contextlib.closing(sqlite3.connect(sqlite_url.partition(":///")[2])) as connection:
        fill_row(connection, make_metadata().tables[table])
        with pytest.raises(sqlite3.IntegrityError, match="nothing is deleted"):
            connection.execute(f'DELETE FROM "{table}"')


def test_the_server_refuses_deletion_and_a_changed_journal(register):
    with register.write("王") as session:
        add_app(session)
    for statement in ('DELETE FROM "app"', "UPDATE change SET who = 'x'", 'DELETE FROM "change"'):
        with pytest.raises(EnvironmentProblem), register.write("x") as session:
            session.connection.exec_driver_sql(statement)
    assert verify_register(register).problems == ()


def test_struck_out_rows_stay_with_their_reason(register):
    with register.write("王") as session:
        app = add_app(session)
        session.end(app, DAY, "重复登记")
    with register.read() as session:
        assert session.find("app") == []
        assert session.find("app", ended=True)[0].ended == DAY
        assert read_changes(session.connection, "app")[-1].change.note == "重复登记"
    with pytest.raises(UsageError), register.write("王") as session:
        session.end(app, DAY, "再次")


def test_an_error_undoes_the_whole_transaction(register):
    with pytest.raises(UsageError), register.write("王") as session:
        add_app(session)
        session.set("app-999", {"name": "无"})
    with register.read() as session:
        assert session.find("app") == []
        assert read_changes(session.connection) == []


def test_a_reference_leads_to_a_row_of_the_right_kind(register):
    with register.write("王") as session:
        app = add_app(session)
    with pytest.raises(UsageError), register.write("王") as session:
        session.add("app", {"name": "乙", "department": app})
    with pytest.raises(UsageError), register.write("王") as session:
        session.add("filing", {"entry": "app-77", "kind": "ICP备案"})
    with pytest.raises(UsageError), register.write("王") as session:
        session.add("filing", {"kind": "ICP备案"})


def test_the_database_itself_refuses_a_broken_reference(register):
    table = make_metadata().tables["filing"]
    for row in ({"entry_app_id": 9, "kind": "x"}, {"kind": "x"}):
        with pytest.raises(EnvironmentProblem), register.write("王") as session:
            session.connection.execute(sa.insert(table).values(**row))


def test_rows_are_found_by_what_they_belong_to_and_by_name(register):
    with register.write("王") as session:
        app = add_app(session)
        other = session.add("app", {"name": "食堂", "department": "department-1"})
        session.add("filing", {"entry": other, "kind": "ICP备案"})
        mine = session.add("filing", {"entry": app, "kind": "App备案"})
        assert [row.ref for row in session.find("filing", entry=app)] == [mine]
        assert [row.ref for row in session.find("app", name="食堂")] == [other]
        assert session.named(("department",), " 教务处 ") == "department-1"
        assert session.named(("app",), app) == app
        session.add("department", {"name": "教务处"})
        with pytest.raises(UsageError) as caught:
            session.named(("department",), "教务处")
        assert caught.value.code == "register.ambiguous_name"
        with pytest.raises(UsageError) as caught:
            session.named(("department",), "无此处")
        assert caught.value.code == "register.unknown_name"


def test_personal_values_are_journalled_masked(register):
    with register.write("王") as session:
        person = session.add("person", {"name": "甲", "mobile": "13800001234", "email": "jia@a.cn"})
        kept = [entry.change.new for entry in read_changes(session.connection, "person")]
        assert session.get(person).values["mobile"] == "13800001234"
    assert "138****1234" in kept
    assert not any("13800001234" in (text or "") or "jia@" in (text or "") for text in kept)


def test_a_read_session_changes_nothing(register):
    with register.read() as session, pytest.raises(UsageError):
        session.add("department", {"name": "x"})
