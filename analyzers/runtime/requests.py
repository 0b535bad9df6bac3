"""States the permission requests of a run."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.permissions.table import load_permissions
from analyzers.model import Evidence, Fact, Location, make_fact
from analyzers.runtime.coverage import ANALYZER, shown_phase
from analyzers.runtime.events import app_frames, requested_permissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzers.knowledge.owners import Owners
    from analyzers.runtime.channel import Message
    from analyzers.runtime.reading import Lines
    from analyzers.runtime.record import RunRecord

PRE_CONSENT = frozenset({"start", "consent_shown", "no_consent_ui"})


def extract_requests(record: RunRecord, lines: Sequence[Lines], owners: Owners) -> Iterator[Fact]:
    """Give one fact a permission and phase."""
    seen: dict[tuple[str, str], tuple[Message, Lines, int]] = {}
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.start.pregranted:
            continue
        for message in line.of_kind("event"):
            names = requested_permissions(message)
            phase = shown_phase(message.phase, record.consent_ui)
            together = len({permission_group(name) for name in names})
            for name in names:
                seen.setdefault((name, phase), (message, line, together))
                counts[name, phase] = counts.get((name, phase), 0) + 1
    for (name, phase), (message, line, together) in seen.items():
        stack = tuple(str(frame) for frame in message.fields.get("stack", ()))
        yield make_fact(
            "runtime.permission_request",
            name,
            analyzer=ANALYZER,
            evidence=[
                Evidence(location=Location(file=line.start.lines, place=f"n={message.number}"))
            ],
            phase=phase,
            pre_consent=phase in PRE_CONSENT,
            group=permission_group(name),
            line=permission_line(name),
            together=together,
            owner=owners.owner_of_stack(tuple(app_frames(stack))).id,
            count=counts[name, phase],
        )


def permission_group(name: str) -> str:
    """Give the platform's group, the name itself where it has none."""
    known = load_permissions().get(name)
    return known.group if known is not None and known.group else name.rpartition(".")[2]


def permission_line(name: str) -> str:
    """Give the checklist line of the information behind a permission, empty where none."""
    return _lines().get(permission_group(name), "")


@cache
def _lines() -> dict[str, str]:
    path = Path(__file__).parent / "permission-lines.toml"
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), dict[str, str])
