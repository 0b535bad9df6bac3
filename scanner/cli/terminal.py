"""The one place that writes to the terminal: results to standard output, all else to the other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scanner.cli.language import harmless, say

if TYPE_CHECKING:
    from rich.console import RenderableType


def write_line(text: str) -> None:
    """Write one line of a result to standard output."""
    print(text, file=sys.stdout)


def complain(text: str) -> None:
    """Write one line to standard error."""
    print(text, file=sys.stderr, flush=True)


def show(renderable: RenderableType) -> None:
    """Show a rich table or text on standard output; no markup is read from strings."""
    from rich.console import Console

    Console(markup=False, highlight=False, emoji=False).print(renderable)


class PlainProgress:
    """A line per stage on standard error."""

    def __init__(self, name: str) -> None:
        self._name = harmless(name, 60)

    def stage(self, name: str) -> None:
        """Write the stage."""
        complain(say("progress.plain", name=self._name, stage=say(f"stage.{name}")))

    def step(self, name: str, done: int, total: int) -> None:
        """Write nothing: steps would flood a log."""

    def finished(self) -> None:
        """Write nothing."""


class LiveProgress:
    """One moving line on standard error, gone at the end."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TimeElapsedColumn(),
            console=Console(stderr=True, markup=False, highlight=False),
            transient=True,
        )
        self._name = harmless(name, 30)
        self._task = self._progress.add_task(self._name, total=None)
        self._stage = ""
        self._progress.start()

    def stage(self, name: str) -> None:
        """Show the stage."""
        self._stage = say(f"stage.{name}")
        self._progress.update(
            self._task, description=f"{self._name} · {self._stage}", total=None, completed=0
        )

    def step(self, name: str, done: int, total: int) -> None:
        """Show the step and how far the stage is."""
        text = f"{self._name} · {self._stage} {name}"
        self._progress.update(self._task, description=text, completed=done, total=total)

    def finished(self) -> None:
        """Take the line away."""
        self._progress.stop()


def make_progress(name: str, *, quiet: bool) -> PlainProgress | LiveProgress | None:
    """Choose how to show progress: not at all, in lines, or live on a terminal."""
    if quiet:
        return None
    return LiveProgress(name) if sys.stderr.isatty() else PlainProgress(name)
