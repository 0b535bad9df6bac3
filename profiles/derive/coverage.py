"""Lower the coverage whose silence means nothing: hidden by limitations, packing, broken runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.model import Coverage, CoverageState

if TYPE_CHECKING:
    from analyzers.model import FactSet

CODE_NAMES = ("code", "software.sdks", "content")
"""Examinations that see only the readable part of a packed app."""


def lower_coverage(facts: FactSet) -> tuple[Coverage, ...]:
    """Give the coverage with everything lowered to partial that must not count as complete."""
    hidden = {name for limitation in facts.limitations for name in limitation.hides}
    if any(fact.fields.get("hides_code") is True for fact in facts.of_kind("software.packer")):
        hidden.update(CODE_NAMES)
    if any(fact.fields.get("integrity") is False for fact in facts.of_kind("runtime.run")):
        hidden.add("runtime")
    if not hidden:
        return facts.coverage
    return tuple(_lower(entry, hidden) for entry in facts.coverage)


def _lower(entry: Coverage, hidden: set[str]) -> Coverage:
    if entry.state is not CoverageState.FULL or not _is_hidden(entry.name, hidden):
        return entry
    return msgspec.structs.replace(entry, state=CoverageState.PARTIAL)


def _is_hidden(name: str, hidden: set[str]) -> bool:
    """A limitation hides the name itself, everything below it, or with ``*`` everything."""
    parts = name.split(".")
    return "*" in hidden or any(".".join(parts[:n]) in hidden for n in range(1, len(parts) + 1))
