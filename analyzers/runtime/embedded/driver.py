"""One start of the app: a JVM behind the walls, commands in, sealed lines out."""

from __future__ import annotations

import os
import queue
import secrets
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any

from analyzers.runtime.channel import Broken, ChannelReader, Message
from analyzers.runtime.embedded.watch import MemoryWatch, end_group
from analyzers.runtime.errors import DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from analyzers.runtime.embedded.sandbox import Limits

LONGEST_LINE = 8 << 20


class Driver:
    """Starts one JVM, speaks with it, and leaves nothing of it behind."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        lines: Path,
        log: Path,
        limits: Limits,
        hear: Callable[[Message], None],
        pass_descriptors: Sequence[int] = (),
    ) -> None:
        """Start it.

        Args:
            command: what to run; reads the key and commands from standard input.
            lines: file that keeps every line as it came.
            log: file that keeps the start of standard error.
            limits: bounds of memory, log and lines.
            hear: told every message that is no reply (called from the reading thread).
            pass_descriptors: open files the command inherits.
        """
        self.key = secrets.token_bytes(32)
        self.broken: list[Broken] = []
        self._limits = limits
        self._hear = hear
        self._replies: queue.Queue[Message | None] = queue.Queue()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=tuple(pass_descriptors),
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )
        self.watch = MemoryWatch(self._process.pid, limits.memory, self.kill)
        self._threads = [
            threading.Thread(target=self._read_lines, args=(lines,), daemon=True),
            threading.Thread(target=self._read_log, args=(log,), daemon=True),
            threading.Thread(target=self.watch.run, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        self._write(self.key.hex())

    def wait_for(self, kinds: tuple[str, ...], seconds: float) -> Message:
        """Wait for a message of one of the kinds (``reply``, ``ready``, ``over`` …).

        Raises:
            DriverError: when time is up or the process has ended.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                message = self._replies.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty as error:
                raise DriverError("runtime.driver_silent", ",".join(kinds)) from error
            if message is None:
                raise DriverError("runtime.driver_ended", ",".join(kinds))
            if message.kind in kinds:
                return message

    def ask(self, command: str, seconds: float) -> dict[str, Any]:
        """Send a command and give the fields of its reply.

        Raises:
            DriverError: when no reply comes in time.
        """
        self._write(command)
        return self.wait_for(("reply",), seconds).fields

    def _write(self, line: str) -> None:
        stdin = self._process.stdin
        if stdin is None:
            raise DriverError("runtime.driver_ended")
        try:
            stdin.write(line.encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise DriverError("runtime.driver_ended", line.split(" ")[0]) from error

    def _read_lines(self, lines: Path) -> None:
        reader = ChannelReader(self.key)
        stdout = self._process.stdout
        left = self._limits.events
        with lines.open("wb") as file:
            while stdout is not None and (line := stdout.readline(LONGEST_LINE)):
                left -= len(line)
                if left < 0:
                    self.broken.append(Broken("flood", ""))
                    self.kill()
                    break
                file.write(line)
                self._take(reader.read(line.rstrip(b"\n")))
        self._replies.put(None)

    def _take(self, message: Message | Broken) -> None:
        if isinstance(message, Broken):
            if len(self.broken) < 50:
                self.broken.append(message)
        else:
            self._hear(message)
            if message.kind in ("reply", "ready", "over", "driver_failed", "resumed"):
                self._replies.put(message)

    def _read_log(self, log: Path) -> None:
        stderr = self._process.stderr
        left = self._limits.log
        with log.open("wb") as file:
            while stderr is not None and (part := os.read(stderr.fileno(), 65536)):
                file.write(part[: max(0, left)])
                left -= len(part)

    def end(self, seconds: float = 2.0) -> None:
        """End the start: ask, then kill; returns when nothing of it is left."""
        if self._process.poll() is None:
            try:
                self._write("end")
                self._process.wait(seconds)
            except (DriverError, subprocess.TimeoutExpired):
                pass
        self.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(5)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def kill(self) -> None:
        """Kill the whole session of processes at once."""
        self.watch.stop()
        end_group(self._process.pid)
