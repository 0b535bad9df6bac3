"""Processes below one are found, measured and ended."""

from __future__ import annotations

import subprocess
import sys

from analyzers.runtime.embedded.watch import MemoryWatch, descendants, end_group, resident_bytes

CHILD = "import subprocess,sys; p=subprocess.Popen([sys.executable,'-c','input()'],stdin=subprocess.PIPE); print(p.pid,flush=True); input()"


def test_a_family_is_measured_and_ended() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert child in descendants(parent.pid)
    assert resident_bytes(parent.pid) > 4 << 20
    end_group(parent.pid)
    assert parent.wait(30) != 0
    parent.stdout.close()
    assert parent.stdin is not None
    parent.stdin.close()
    assert descendants(child) == [child]


def test_the_limit_ends_it() -> None:
    ended: list[bool] = []
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        watch = MemoryWatch(sleeper.pid, 1 << 10, lambda: ended.append(True))
        watch.run()
    finally:
        sleeper.communicate()
    assert ended == [True]
    assert watch.exceeded
    assert watch.peak > 1 << 10
