"""An imported list of known-vulnerable library versions (OSV format); none is built in.

Source of the format: OSV schema 1.6, ``affected[].package`` (ecosystem Maven) and
``affected[].ranges[].events``. Versions are compared after Maven's order in its simple form:
numbers by value, other parts by text, a pre-release before its release.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 256 << 20
BEFORE_RELEASE = ("alpha", "beta", "milestone", "rc", "cr", "snapshot", "dev", "preview")


class AdvisoryError(ValueError):
    """The list is not in the OSV format; the message says what is missing."""


class Advisory(msgspec.Struct, frozen=True):
    """One advisory for one library."""

    id: str
    coordinate: str
    """Maven ``group:artifact``."""
    ranges: tuple[tuple[str, str, bool], ...]
    """(introduced, end, end is included); an empty end is open."""
    versions: tuple[str, ...] = ()
    """Versions the list names one by one."""
    severity: str = ""

    def covers(self, version: str) -> str | None:
        """Give the first fixed version (empty: none) where the version is vulnerable, else None."""
        if not version:
            return None
        key = make_version_key(version)
        for introduced, end, included in self.ranges:
            after = introduced in ("", "0") or key >= make_version_key(introduced)
            last = make_version_key(end) if end else None
            if after and (last is None or key < last or (included and key == last)):
                return "" if included else end
        return "" if version in self.versions else None


def read_advisories(content: bytes) -> tuple[Advisory, ...]:
    """Read an OSV record, a JSON list of them, or one record per line.

    Raises:
        AdvisoryError: not OSV; nothing is taken over in part.
    """
    if len(content) > MAX_BYTES:
        raise AdvisoryError(f"larger than {MAX_BYTES} bytes")
    if not content.strip():
        raise AdvisoryError("it is empty")
    found: list[Advisory] = []
    for record in _records(content):
        if not isinstance(record, dict) or "id" not in record:
            raise AdvisoryError("a record has no id")
        if not record.get("withdrawn"):
            found += _read_record(record)
    return tuple(found)


def _records(content: bytes) -> Iterable[Any]:
    try:
        text = content.decode("utf-8")
        try:
            document = json.loads(text)
        except json.JSONDecodeError:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise AdvisoryError(f"not JSON: {error}") from error
    if isinstance(document, dict) and isinstance(document.get("vulns"), list):
        return list(document["vulns"])
    return document if isinstance(document, list) else [document]


def _read_record(record: dict[str, Any]) -> Iterable[Advisory]:
    severity = str((record.get("database_specific") or {}).get("severity", ""))
    for affected in record.get("affected") or ():
        package = affected.get("package") or {}
        if str(package.get("ecosystem", "")).partition(":")[0] != "Maven":
            continue
        yield Advisory(
            id=str(record["id"])[:80],
            coordinate=str(package.get("name", ""))[:200],
            ranges=tuple(_read_ranges(affected)),
            versions=tuple(str(version) for version in affected.get("versions") or ()),
            severity=severity[:20],
        )


def _read_ranges(affected: dict[str, Any]) -> Iterable[tuple[str, str, bool]]:
    for one in affected.get("ranges") or ():
        if one.get("type") == "GIT":
            continue
        introduced: str | None = None
        for event in one.get("events") or ():
            if "introduced" in event:
                introduced = str(event["introduced"])
            elif introduced is not None and ("fixed" in event or "last_affected" in event):
                yield (
                    introduced,
                    str(event.get("fixed", event.get("last_affected"))),
                    "fixed" not in event,
                )
                introduced = None
        if introduced is not None:
            yield introduced, "", False


def make_version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Give a key that orders versions: numbers by value, pre-releases before the release."""
    parts: list[tuple[int, int, str]] = []
    for part in re.findall(r"\d+|[A-Za-z]+", version[:80]):
        if part.isdigit():
            parts.append((2, int(part), ""))
            continue
        _drop_zeros(parts)
        lowered = part.lower()
        parts.append((0 if lowered.startswith(BEFORE_RELEASE) else 1, 0, lowered))
    _drop_zeros(parts)
    return (*parts, (1, 0, ""))


def _drop_zeros(parts: list[tuple[int, int, str]]) -> None:
    """1.0 equals 1: zeros at the end of the numbers carry no order."""
    while len(parts) > 1 and parts[-1] == (2, 0, ""):
        parts.pop()


def store_advisories(folder: Path, advisories: tuple[Advisory, ...]) -> Path:
    """Store an imported list in a folder; the earlier one is replaced at once."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "advisories.json"
    draft = target.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(advisories))
    draft.replace(target)
    return target


def load_advisories(folder: Path) -> tuple[Advisory, ...]:
    """Read the stored list; none stored gives none.

    Raises:
        AdvisoryError: when the stored file is damaged.
    """
    target = folder / "advisories.json"
    try:
        return msgspec.json.decode(target.read_bytes(), type=tuple[Advisory, ...])
    except FileNotFoundError:
        return ()
    except msgspec.DecodeError as error:
        raise AdvisoryError(f"{target.name}: {error}") from error
