"""Evidence that points into an iOS app."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from analyzers.model import Evidence, Location, shorten

if TYPE_CHECKING:
    from analyzers.formats.plist import Plain


def plist_evidence(file: str, key: str, value: Plain) -> Evidence:
    """Point at a value of a property list; ``key`` is its path with slashes."""
    return Evidence(location=Location(file=file, place=f"/{key}"), excerpt=shorten(write(value)))


def code_evidence(file: str, place: str, excerpt: str) -> Evidence:
    """Point at a table of an executable."""
    return Evidence(location=Location(file=file, place=place), excerpt=shorten(excerpt))


def write(value: Plain) -> str:
    """Write a value of a property list on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {write(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return value.isoformat() if isinstance(value, datetime) else str(value)
