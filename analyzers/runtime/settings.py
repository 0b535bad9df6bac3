"""How a run is to be made."""

from __future__ import annotations

import msgspec

from analyzers.runtime.embedded.sandbox import Limits


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Times, bounds and choices of one run."""

    start_ms: int = 4_000
    """Real milliseconds of dwell in ``start``, for threads and timers."""
    phase_ms: int = 2_000
    """Real milliseconds of dwell in every later phase."""
    taps: int = 24
    """How many controls are tapped in ``in_use``."""
    tap_ms: int = 150
    """Real milliseconds after each tap."""
    wall_seconds: float = 300.0
    """The whole run; what has not been reached by then is not covered."""
    command_seconds: float = 75.0
    """Longest wait for one command; a longer one is a hang."""
    sandbox: str = "kernel"
    """``kernel`` (namespaces, bubblewrap, system-call filter) or ``none``."""
    network: bool = True
    """Catch and read what the app sends; without it there is no network at all."""
    pregranted: bool = True
    """Make a second start with all dangerous permissions granted beforehand."""
    directory: str = ""
    """Where the run directory goes; empty = a new one below the cache."""
    limits: Limits = Limits()
