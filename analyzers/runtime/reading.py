"""Reads a recorded run: its starts, line by line, with the chain checked again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.runtime.channel import Broken, ChannelReader, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.runtime.record import RunRecord, StartRecord

MAX_FILE = 80 << 20


class Lines:
    """The messages of one start and whether its chain is whole."""

    def __init__(self, start: StartRecord, path: Path) -> None:
        self.start = start
        self.messages: list[Message] = []
        self.broken = len(start.broken)
        if path.is_file() and path.stat().st_size <= MAX_FILE:
            self._read(path)

    def _read(self, path: Path) -> None:
        reader = ChannelReader(bytes.fromhex(self.start.key))
        broken = 0
        with path.open("rb") as file:
            for line in file:
                message = reader.read(line.rstrip(b"\n"))
                if isinstance(message, Broken):
                    broken += 1
                else:
                    self.messages.append(message)
        self.broken = max(self.broken, broken)

    def of_kind(self, *kinds: str) -> Iterator[Message]:
        """Give the messages of some kinds, in order."""
        return (message for message in self.messages if message.kind in kinds)

    @property
    def first_line_time(self) -> int:
        """Milliseconds at which the first app line ran; 0 where it never did."""
        return next((message.time for message in self.of_kind("gate")), 0)


def read_lines(record: RunRecord) -> list[Lines]:
    """Read all starts of a run; a name that leads out of its directory is not followed."""
    root = Path(record.directory).resolve()
    found = []
    for start in record.starts:
        path = (root / start.lines).resolve()
        if path.parent == root:
            found.append(Lines(start, path))
    return found
