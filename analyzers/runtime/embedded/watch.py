"""Watches what the processes of a run use, from outside, and ends them."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = os.sysconf("SC_PAGE_SIZE")


def descendants(pid: int) -> list[int]:
    """Give a process and everything below it, as the kernel knows it now."""
    found = [pid]
    for known in found:
        for task in Path(f"/proc/{known}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text("ascii").split()]
            except OSError:
                continue
    return found


def resident_bytes(pid: int) -> int:
    """Give the resident memory of a process and everything below it."""
    total = 0
    for known in descendants(pid):
        try:
            total += int(Path(f"/proc/{known}/statm").read_text("ascii").split()[1]) * PAGE
        except (OSError, IndexError):
            continue
    return total


def end_group(pid: int) -> None:
    """Kill a process with everything below it and its process group; gone ones are no error."""
    for known in reversed(descendants(pid)):
        try:
            os.kill(known, signal.SIGKILL)
        except ProcessLookupError:
            continue
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


class MemoryWatch:
    """Looks at the memory of a run every fifth of a second."""

    def __init__(self, pid: int, limit: int, end: Callable[[], None]) -> None:
        self._pid = pid
        self._limit = limit
        self._end = end
        self._stopped = threading.Event()
        self.peak = 0
        self.exceeded = False

    def run(self) -> None:
        """Watch until stopped or until the limit is passed."""
        while not self._stopped.wait(0.2):
            self.peak = max(self.peak, resident_bytes(self._pid))
            if self.peak > self._limit:
                self.exceeded = True
                self._end()
                return

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()
