"""Ten writers at once, and a writer killed at any moment, leave a whole register."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scanner.register.verify import verify_register

ROOT = Path(__file__).resolve().parents[3]
WRITERS, ROUNDS, KILLS = 10, 4, 6

PRELUDE = """
import json, os, signal, sys, time
from scanner.register.database import open_register
from scanner.register.verify import verify_register
url, count, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

def write(name, told=None):
    register = open_register(url)
    for _ in range(rounds):
        with register.write(name) as session:
            users = session.get("app-1").values["users"] or 0
            session.set("app-1", {"users": users + 1})
            session.add("filing", {"entry": "app-1", "kind": "ICP备案", "number": name})
        if told is not None:
            os.write(told, b".")

def fork(name, told=None):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            write(name, told)
            code = 0
        finally:
            os._exit(code)
    return pid
"""
TOGETHER = """
pids = [fork(f"w{n}") for n in range(count)]
print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]))
"""
KILLED = """
results = []
for number in range(count):
    reader, writer = os.pipe()
    pid = fork(f"k{number}", writer)
    os.close(writer)
    os.read(reader, 1)
    time.sleep(0.007 * number)
    os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    register = open_register(url)
    with register.read() as session:
        users = session.get("app-1").values["users"]
        filings = len(session.find("filing", entry="app-1"))
    results.append([code, users == filings, list(verify_register(register).problems)])
    register.close()
print(json.dumps(results))
"""


def run(program: str, url: str, count: int, rounds: int) -> list:
    command = [sys.executable, "-c", PRELUDE + program, url, str(count), str(rounds)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    return json.loads(done.stdout)


def with_one_app(register) -> None:
    with register.write("王") as session:
        department = session.add("department", {"name": "教务处"})
        session.add("app", {"name": "课表", "department": department})


def test_ten_writers_lose_nothing(register, url):
    with_one_app(register)
    assert run(TOGETHER, url, WRITERS, ROUNDS) == [0] * WRITERS
    with register.read() as session:
        assert session.get("app-1").values["users"] == WRITERS * ROUNDS
        assert len(session.find("filing", entry="app-1")) == WRITERS * ROUNDS
    assert verify_register(register).problems == ()


def test_a_killed_writer_leaves_a_whole_register(register, url):
    with_one_app(register)
    assert run(KILLED, url, KILLS, 100_000) == [[-9, True, []]] * KILLS
    with register.read() as session:
        assert session.get("app-1").values["users"] >= KILLS
