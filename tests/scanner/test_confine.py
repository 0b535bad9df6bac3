"""The reading child really cannot write, connect, start programs or grow without end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PRELUDE = """
import socket, sys, os, subprocess
from scanner.confine import confine_process
from scanner.config import ReaderLimits
failed = confine_process(ReaderLimits(address_space=1 << 30))
def must_fail(what):
    try:
        what()
    except (OSError, MemoryError) as error:
        print("refused", type(error).__name__)
    else:
        print("done")
"""


def confined(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + program],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def measures_in_force(*wanted: str) -> bool:
    failed = confined("print(' '.join(failed))").split()
    return not set(wanted) & set(failed)


def test_it_says_what_is_not_in_force() -> None:
    names = set(confined("print(' '.join(failed))").split())
    assert names <= {"resources", "network", "privileges", "files"}
    assert "resources" not in names


def test_no_file_is_written(tmp_path: Path) -> None:
    target = tmp_path / "loot"
    confined(f"must_fail(lambda: open({str(target)!r}, 'w').write('x' * 100))")
    assert not target.exists() or target.stat().st_size == 0
    if measures_in_force("files"):
        assert not target.exists()


def test_no_connection_leaves() -> None:
    if not measures_in_force("network"):
        pytest.skip("this kernel gives no network namespace to an unprivileged process")
    # A listener of the parent on loopback is out of reach for the child.
    listener = __import__("socket").create_server(("127.0.0.1", 0))
    try:
        port = listener.getsockname()[1]
        answer = confined(
            f"must_fail(lambda: socket.create_connection(('127.0.0.1', {port}), timeout=5))"
        )
    finally:
        listener.close()
    assert answer.startswith("refused")


def test_no_program_is_started() -> None:
    if not measures_in_force("files"):
        pytest.skip("this kernel has no Landlock")
    answer = confined("must_fail(lambda: subprocess.run(['/bin/true'], check=True))")
    assert answer.startswith("refused")


def test_memory_is_bounded() -> None:
    assert confined("must_fail(lambda: bytearray(2 << 30))").startswith("refused MemoryError")
