"""What a run leaves behind, so that it can be read again without running anything."""

from __future__ import annotations

from pathlib import Path

import msgspec

RECORD = "run.json"


class StartRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One start of the app within a run."""

    number: int
    lines: str
    """File of its lines, relative to the run directory."""
    key: str
    """Key of the seals, hex."""
    pregranted: bool = False
    broken: tuple[str, ...] = ()
    """Lines that broke the chain, as ``reason``."""
    ended: str = ""
    """Why it ended early: ``hang``, ``died``, ``memory``, ``wall``; empty where it was ended."""
    peak_bytes: int = 0


class ConsentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The prompt as it was met, and what came of it."""

    screen: str
    text: str
    agree: str
    refuse: str
    prechecked: bool
    policy_links: tuple[str, ...]
    exit_on_refusal: bool | None = None
    steps: int = 1
    """Prompts that had to be refused one after the other."""


class PhaseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A phase that was gone through."""

    phase: str
    start: int
    """Number of the start in which it took place."""
    screen: str = ""
    """File of the screen at its end, empty where none was read."""
    kind: str = ""
    """Kind of that screen (consent.KINDS)."""
    web: bool = False
    """A web view stood on that screen."""
    complete: bool = True
    """Its dwell ended without hang, death or the end of time."""


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The whole run."""

    directory: str
    id: str
    runtime: str = "embedded"
    platform: str = ""
    app_id: str = ""
    target_sdk: int = 0
    seconds: float = 0.0
    started: str = ""
    """UTC, ISO 8601."""
    consent: ConsentRecord | None = None
    consent_ui: bool | None = None
    phases: tuple[PhaseRecord, ...] = ()
    starts: tuple[StartRecord, ...] = ()
    conversion_failed: tuple[str, ...] = ()
    packed: bool = False
    """Static analysis says that the real code is not in the readable part."""
    declared: tuple[str, ...] = ()
    """Permissions of the manifest."""
    problems: tuple[tuple[str, str], ...] = ()
    """What hindered the run: code and detail."""
    hook_places: int = 0
    canaries: dict[str, str] = {}
    """Seeded values by ``name type`` -> value."""
    flows: str = ""
    """Directory of each start's network records with ``{start}`` for its number; empty = none."""
    sandbox: str = "kernel"


def write_record(record: RunRecord) -> None:
    """Write the record into its directory, atomically."""
    path = Path(record.directory) / RECORD
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1))
    part.replace(path)


def read_record(directory: Path) -> RunRecord:
    """Read a record; its directory is where it is read from.

    Raises:
        OSError: when there is none.
        msgspec.DecodeError: when it is damaged.
    """
    record = msgspec.json.decode((directory / RECORD).read_bytes(), type=RunRecord)
    return msgspec.structs.replace(record, directory=str(directory))
