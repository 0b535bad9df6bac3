"""The asking side: starts the reading child, bounds it, and takes its answer."""

from __future__ import annotations

import contextlib
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING

import msgspec

from scanner.errors import EnvironmentProblem, UnreadableInput
from scanner.examine import Answer, Message, Request, Step, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.config import ReaderLimits
    from scanner.progress import Progress

_LOG_BYTES = 1 << 16
_END = b""
COMMAND = (sys.executable, "-m", "scanner.examine")
"""How the child is started; tests start a misbehaving one."""


class ReaderDied(Exception):
    """The child ended without an answer; ``cause`` names a limit, a signal or an exit code."""

    def __init__(self, cause: str, log: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.log = log


class Reader:
    """One child process that will read one app file.

    The child is started at once, so that it loads its knowledge while the caller loads its own.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        try:
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            raise EnvironmentProblem("environment.no_child", reason=str(error.strerror)) from error

    def ask(self, request: Request) -> None:
        """Tell the child what to read; it starts at once."""
        if self._child.stdin is None:
            raise EnvironmentProblem("environment.no_child", reason="pipes")
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.write(msgspec.json.encode(request) + b"\n")
            self._child.stdin.close()

    def take(self, path: Path, limits: ReaderLimits, progress: Progress) -> Answer:
        """Wait for the child's answer about ``path``, and end the child.

        Raises:
            UnreadableInput: no device could read the file.
            ReaderDied: the child crashed or met a limit.
        """
        try:
            message = self._listen(limits, progress)
        finally:
            self.close()
        if isinstance(message, Unreadable):
            raise UnreadableInput(message.code, file=str(path), **message.params)
        return message

    def close(self) -> None:
        """End the child, whatever it does."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout, self._child.stderr):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _listen(self, limits: ReaderLimits, progress: Progress) -> Answer | Unreadable:
        child = self._child
        if child.stdout is None or child.stderr is None:
            raise EnvironmentProblem("environment.no_child", reason="pipes")
        lines: queue.Queue[bytes] = queue.Queue(maxsize=1024)
        log = bytearray()
        pumps = [
            threading.Thread(
                target=_pump_lines, args=(child.stdout, lines, limits.result_bytes), daemon=True
            ),
            threading.Thread(target=_pump_log, args=(child.stderr, log), daemon=True),
        ]
        for pump in pumps:
            pump.start()
        deadline = time.monotonic() + limits.wall_seconds
        decoder = msgspec.json.Decoder(Message)
        while True:
            message = self._next(lines, deadline, log, decoder)
            if not isinstance(message, Step):
                return message
            progress.step(message.name, message.done, message.total)

    def _next(
        self,
        lines: queue.Queue[bytes],
        deadline: float,
        log: bytearray,
        decoder: msgspec.json.Decoder[Message],
    ) -> Message:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise ReaderDied("wall_time", _text(log)) from None
        if line == _END:
            raise ReaderDied(self._name_cause(), _text(log))
        try:
            return decoder.decode(line)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise ReaderDied("garbled_answer", str(error)) from error

    def _name_cause(self) -> str:
        """Name what ended the child: a signal, its exit code, or an answer over the limit."""
        try:
            code = self._child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return "answer_size"
        if code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-code).name
        return f"exit_{code}"


def _pump_lines(stream: IO[bytes], lines: queue.Queue[bytes], most: int) -> None:
    """Hand on whole lines; a line over the limit ends the conversation."""
    with contextlib.suppress(OSError, ValueError):
        while True:
            line = stream.readline(most + 1)
            if not line.endswith(b"\n"):
                break
            lines.put(line)
    lines.put(_END)


def _pump_log(stream: IO[bytes], log: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        while chunk := stream.read1(4096) if hasattr(stream, "read1") else stream.read(4096):
            log += chunk
            del log[:-_LOG_BYTES]


def _text(log: bytearray) -> str:
    return bytes(log).decode("utf-8", "replace")
