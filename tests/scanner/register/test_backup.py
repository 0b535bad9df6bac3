"""A register is kept and brought back whole, also into the other kind of database."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from scanner.errors import EnvironmentProblem, UsageError
from scanner.register.backup import copy_sqlite, read_dump, write_dump
from scanner.register.database import HEAD, open_register
from scanner.register.verify import verify_register


def fill(register):
    with register.write("王") as session:
        department = session.add("department", {"name": "教务处", "phone": "051988881234"})
        app = session.add("app", {"name": "课表", "department": department, "users": 3})
        session.set(app, {"status": "停用"})
        session.add("filing", {"entry": app, "kind": "ICP备案", "number": "1"})


def test_a_dump_comes_back_equal_into_either_kind(register, tmp_path):
    fill(register)
    assert write_dump(register, tmp_path / "dump.gz", HEAD) > 10
    copy = open_register(f"sqlite:///{tmp_path / 'copy.db'}")
    read_dump(copy, tmp_path / "dump.gz", HEAD)
    with register.read() as left, copy.read() as right:
        for name in ("department", "app", "filing"):
            assert left.find(name) == right.find(name)
    assert verify_register(copy) == verify_register(register)
    with copy.write("李") as session:
        assert session.add("department", {"name": "新"}) == "department-2"
    copy.close()


def test_a_dump_goes_from_a_file_to_the_server(small, url, tmp_path):
    fill(small)
    write_dump(small, tmp_path / "dump.gz", HEAD)
    target = open_register(f"sqlite:///{tmp_path / 'new.db'}" if "sqlite" in url else url)
    read_dump(target, tmp_path / "dump.gz", HEAD)
    with target.write("李") as session:
        assert session.add("app", {"name": "乙", "department": "department-1"}) == "app-2"
    assert verify_register(target).problems == ()
    target.close()


def test_a_dump_is_refused_by_a_register_in_use(small, tmp_path):
    fill(small)
    write_dump(small, tmp_path / "dump.gz", HEAD)
    with pytest.raises(UsageError) as caught:
        read_dump(small, tmp_path / "dump.gz", HEAD)
    assert caught.value.code == "register.not_empty"


@pytest.mark.parametrize("damage", ["cut", "text", "table", "schema"])
def test_a_damaged_dump_changes_nothing(small, tmp_path, damage):
    path = tmp_path / "dump.gz"
    head = b'{"format": "appadmit-register-1", "schema": "%s"}\n' % HEAD.encode()
    row = b'{"table": "department", "row": {"id": 1, "name": "x"}}\n'
    whole = gzip.compress(head + row)
    path.write_bytes({
        "cut": whole[:-9], "text": b"hello", "schema": gzip.compress(head.replace(b"00", b"99")),
        "table": gzip.compress(head + row + row.replace(b"department", b"sqlite_master")),
    }[damage])  # fmt: skip
    with pytest.raises((UsageError, EnvironmentProblem)):
        read_dump(small, path, HEAD)
    with small.read() as session:
        assert session.find("department") == []


def test_a_copy_is_a_whole_register(small, tmp_path):
    fill(small)
    source = Path(str(small.engine.url.database))
    copy_sqlite(source, tmp_path / "copy.db")
    copy = open_register(f"sqlite:///{tmp_path / 'copy.db'}")
    assert verify_register(copy) == verify_register(small)
    copy.close()


def test_a_row_changed_behind_the_journal_is_found(register):
    fill(register)
    with register.write("x") as session:
        session.connection.exec_driver_sql("UPDATE app SET users = 4")
        session.connection.exec_driver_sql("INSERT INTO department (id, name) VALUES (9, 'x')")
    problems = verify_register(register).problems
    assert any(line.startswith("app-1.users") for line in problems)
    assert "department-9: not in the journal" in problems
    assert len(problems) == 2
