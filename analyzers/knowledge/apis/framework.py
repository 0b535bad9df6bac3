"""Reads what scripts/verify-apis found in the Android 14 framework jar."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from analyzers.knowledge.apis.model import ApiError

FRAMEWORK_FILE = Path(__file__).parent / "framework-14.tsv"
_COLUMNS = 5


class FrameworkMember(msgspec.Struct, frozen=True):
    """One overload or field that the framework declares."""

    descriptor: str
    """JVM descriptor; the type for a field."""
    static: bool
    """The member is static."""
    carriers: tuple[str, ...]
    """Classes that hold the code: the declaring one, or implementations where it is abstract."""


@cache
def load_framework(path: Path = FRAMEWORK_FILE) -> dict[tuple[str, str], list[FrameworkMember]]:
    """Read the verified members by (class, member); empty when the script has not run yet.

    Raises:
        ApiError: when a line has not the five columns class, member, descriptor, flags, carriers.
    """
    members: dict[tuple[str, str], list[FrameworkMember]] = {}
    if not path.exists():
        return members
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise ApiError(f"{path.name}:{number}: {len(columns)} columns, not {_COLUMNS}")
        cls, member, descriptor, flags, carriers = columns
        members.setdefault((cls, member), []).append(
            FrameworkMember(descriptor, "static" in flags, tuple(carriers.split()))
        )
    return members
