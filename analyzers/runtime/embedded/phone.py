"""One start of the app as the course of a run handles it: a driver with manners."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.runtime.record import StartRecord
from analyzers.runtime.screens import Screen, read_screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from analyzers.model import Phase
    from analyzers.runtime.channel import Message
    from analyzers.runtime.consent import Control
    from analyzers.runtime.embedded.driver import Driver

MAX_STATE = 24 << 20
FIRST_SECONDS = 120.0


class EmbeddedPhone:
    """Speaks the driver's commands."""

    def __init__(self, number: int, directory: Path, seconds: float, *, pregranted: bool) -> None:
        self.number = number
        self._directory = directory
        self._seconds = seconds
        self._pregranted = pregranted
        self._driver: Driver | None = None
        self._parts: dict[int, str] = {}
        self._ended = ""
        self._top = ""
        self._screens = 0

    def begin(self, make: Callable[[Callable[[Message], None]], Driver]) -> None:
        """Start the driver and wait until the application stands.

        Raises:
            DriverError: when it does not come up.
        """
        self._driver = make(self._hear)
        ready = self._driver.wait_for(("ready", "over", "driver_failed"), FIRST_SECONDS)
        self._ended = "" if ready.kind == "ready" else "died"
        if ready.kind != "ready" or ready.fields.get("ended"):
            self._ended = "app"

    def _hear(self, message: Message) -> None:
        if message.kind == "state" and len(self._parts) < 64:
            part, text = message.fields.get("part"), message.fields.get("bytes")
            if isinstance(part, int) and isinstance(text, str):
                self._parts[part] = text

    def _ask(self, command: str, extra: float = 0.0) -> dict[str, Any]:
        if self._driver is None or self._ended == "app":
            return {"state": "ended"}
        reply = self._driver.ask(command, self._seconds + extra)
        if reply.get("state") == "ended":
            self._ended = "app"
        self._top = str(reply.get("top", ""))
        return reply

    def _lives(self, command: str, extra: float = 0.0) -> bool:
        return self._ask(command, extra).get("state") != "ended"

    def enter(self, phase: Phase) -> None:
        """Open a phase."""
        self._ask(f"phase {phase.value}")

    def launch(self) -> str:
        """Start the launcher activity."""
        return str(self._ask("launch").get("launched", ""))

    def dwell(self, real_ms: int, virtual_ms: int) -> bool:
        """Let time pass."""
        return self._lives(f"dwell {real_ms} {virtual_ms}", real_ms / 1000)

    def look(self, name: str) -> tuple[Screen, str]:
        """Read the screen; at most 60 are kept as files."""
        reply = self._ask("screen")
        screen = read_screen(reply.get("windows"), self._top if self._ended != "app" else "")
        if self._screens >= 60:
            return screen, ""
        self._screens += 1
        file = f"screens/{self.number}-{self._screens:02}-{name}.json"
        (self._directory / file).write_bytes(msgspec.json.encode(screen))
        return screen, file

    def tap(self, control: Control) -> bool:
        """Tap a control."""
        return self._lives(f"tap {control.window} {control.view}")

    def answer_permissions(self, *, grant: bool) -> str:
        """Answer a standing request."""
        word = "grant" if grant else "deny"
        return str(self._ask(f"permissions {word}").get("answered", ""))

    def back(self) -> None:
        """Go back one activity."""
        self._ask("back")

    def background(self) -> None:
        """Leave the app."""
        self._ask("background")

    def keep(self) -> None:
        """Keep the app's files; what cannot be read is not kept."""
        ended, self._ended = self._ended, ""
        self._ask("save", 10)
        self._ended = ended
        try:
            data = b"".join(
                base64.b64decode(self._parts[part], validate=True) for part in sorted(self._parts)
            )
        except binascii.Error:
            return
        if 0 < len(data) <= MAX_STATE:
            (self._directory / "state.zip").write_bytes(data)

    def end(self) -> None:
        """End the start."""
        if self._driver is not None:
            self._driver.end()

    def record(self, lines: str) -> StartRecord:
        """Say what became of the start."""
        driver = self._driver
        return StartRecord(
            number=self.number,
            lines=lines,
            key=driver.key.hex() if driver else "",
            pregranted=self._pregranted,
            broken=tuple(broken.reason for broken in driver.broken) if driver else (),
            ended="memory" if driver and driver.watch.exceeded else self._ended,
            peak_bytes=driver.watch.peak if driver else 0,
        )
