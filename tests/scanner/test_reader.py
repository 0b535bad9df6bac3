"""The parent survives whatever the reading child does."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from scanner.config import ReaderLimits
from scanner.errors import EnvironmentProblem, UnreadableInput
from scanner.examine import Request
from scanner.progress import Silent
from scanner.reader import Reader, ReaderDied

LIMITS = ReaderLimits()


def child(program: str) -> Reader:
    return Reader((sys.executable, "-c", f"import sys, os\nsys.stdin.readline()\n{program}"))


def read(reader: Reader, limits: ReaderLimits = LIMITS) -> None:
    reader.ask(Request(path="x.apk", limits=limits))
    reader.take(Path("x.apk"), limits, Silent())


@pytest.mark.parametrize(
    ("program", "cause"),
    [
        ("os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("sys.exit(7)", "exit_7"),
        ("print('{]')", "garbled_answer"),
        ('print(\'{"type": "answer", "facts": 3}\')', "garbled_answer"),
        ("", "exit_0"),
    ],
)
def test_a_dead_child_is_named(program: str, cause: str) -> None:
    with pytest.raises(ReaderDied) as death:
        read(child(program))
    assert death.value.cause == cause


def test_what_the_child_said_last_is_kept() -> None:
    with pytest.raises(ReaderDied) as death:
        read(child("sys.stderr.write('x' * 100000 + 'the end'); sys.exit(3)"))
    assert death.value.log.endswith("the end")
    assert len(death.value.log) <= 1 << 16


def test_a_hanging_child_is_ended() -> None:
    before = time.monotonic()
    with pytest.raises(ReaderDied) as death:
        read(child("import time; time.sleep(600)"), ReaderLimits(wall_seconds=0.5))
    assert death.value.cause == "wall_time"
    assert time.monotonic() - before < 60


def test_an_endless_answer_is_cut() -> None:
    flood = "while True: sys.stdout.write('x' * 65536)"
    with pytest.raises(ReaderDied) as death:
        read(child(flood), ReaderLimits(result_bytes=1 << 20))
    assert death.value.cause == "answer_size"


def test_an_unreadable_file_is_told_with_its_name() -> None:
    line = '{"type": "unreadable", "code": "zip.no_directory", "params": {"size": 3}}'
    with pytest.raises(UnreadableInput) as error:
        read(child(f"print('''{line}''')"))
    assert error.value.code == "zip.no_directory"
    assert error.value.params == {"file": "x.apk", "size": 3}


def test_a_missing_interpreter_is_an_environment_problem() -> None:
    with pytest.raises(EnvironmentProblem):
        Reader(("/nonexistent/python",))
