"""Registers to test on: a SQLite file and, where the server's programs are there, PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from scanner.register.database import make_engine, open_register

NUMBERS = itertools.count(1)


def server_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


def unprivileged() -> list[str]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres_server():
    """A server of its own in a temporary folder, reached by its socket only."""
    programs = server_programs()
    if programs is None:
        pytest.skip("the PostgreSQL server's programs (initdb, postgres) are not installed")
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("setpriv is missing, and the PostgreSQL server refuses to run as root")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
        run = unprivileged()
        initdb = [programs / "initdb", "-D", folder / "data", "-U", "keeper", "-A", "trust", "-N"]
        subprocess.run([*run, *initdb, "-E", "UTF8", "--locale=C.UTF-8"], check=True,
                       capture_output=True, cwd=folder)  # fmt: skip
        options = f"-k {folder} -h '' -F -c max_connections=40 -c shared_buffers=16MB"
        control = [*run, programs / "pg_ctl", "-D", folder / "data", "-w", "-t", "120"]
        log = folder / "log"
        subprocess.run([*control, "-o", options, "-l", log, "start"], check=True,
                       stdout=subprocess.DEVNULL, cwd=folder)  # fmt: skip
        try:
            url = f"postgresql://keeper@/{{name}}?host={folder}"
            create_database(url.format(name="postgres"), "empty", "template1")
            open_register(url.format(name="empty")).close()
            yield url
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True,
                           stdout=subprocess.DEVNULL, cwd=folder)  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(admin: str, name: str, template: str) -> None:
    engine = make_engine(admin)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("register") / "template.db"
    open_register(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "register.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request) -> str:
    """An empty register of each kind."""
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url")
    server = request.getfixturevalue("postgres_server")
    name = f"r{next(NUMBERS)}"
    create_database(server.format(name="postgres"), name, "empty")
    return server.format(name=name)


@pytest.fixture
def register(url: str):
    opened = open_register(url)
    yield opened
    opened.close()


@pytest.fixture
def small(sqlite_url: str):
    """An empty SQLite register, where the kind does not matter."""
    opened = open_register(sqlite_url)
    yield opened
    opened.close()
