"""Progress as an observer: the pipeline reports, the command line (or a page) shows."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What the pipeline tells while it works."""

    def stage(self, name: str) -> None:
        """Tell that a stage begins: ``read``, ``analyse``, ``observe``, ``judge``, ``report``."""

    def step(self, name: str, done: int, total: int) -> None:
        """Tell that step ``done`` of ``total`` of the current stage begins."""

    def finished(self) -> None:
        """Tell that the sample is done, for better or worse."""


class Silent:
    """Shows nothing."""

    def stage(self, name: str) -> None:
        """Ignore the stage."""

    def step(self, name: str, done: int, total: int) -> None:
        """Ignore the step."""

    def finished(self) -> None:
        """Ignore the end."""
