"""Dex files in assets, raw resources, jars and packages inside the package, told by content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzers.formats.errors import FormatError
from analyzers.formats.zip import ZipArchive

if TYPE_CHECKING:
    from analyzers.dex.tables import Problem
    from analyzers.package import AppPackage

_ZIP, _DEX = b"PK\x03\x04", b"dex\n"
_SMALLEST = 112
MAX_ARCHIVES = 100
MAX_BYTES = 64 * 1024 * 1024
"""Bytes of nested dex that are read from one package."""
_MAX_DEPTH = 3


@dataclass
class Nested:
    """What was found."""

    entries: list[tuple[str, bytes]] = field(default_factory=list)
    """Path (nested archives joined by ``!/``) and content of each dex file."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> list[tuple[str, int]]:
        """Path and size of each dex file."""
        return [(path, len(content)) for path, content in self.entries]


def find_nested(package: AppPackage) -> Nested:
    """Find all dex files but ``classes.dex``, ``classes2.dex`` … of the package itself."""
    found = Nested()
    own = {file.name for file in package.index.files}
    archives = 0
    for name in package.names:
        if name.endswith("/") or name in own or package.size_of(name) < _SMALLEST:
            continue
        start = package.read_start(name, 4)
        if start == _ZIP:
            archives += 1
        if start == _DEX or (start == _ZIP and archives <= MAX_ARCHIVES):
            try:
                content = package.read(name, package.limits.nested_bytes)
            except FormatError as error:
                found.problems.append(
                    ("dex.nested_unreadable", {"file": name, "reason": error.code})
                )
                continue
            _take(package, found, name, content, 1)
    if archives > MAX_ARCHIVES:
        found.problems.append(("dex.nested_many", {"limit": MAX_ARCHIVES}))
    return found


def _take(package: AppPackage, found: Nested, path: str, content: bytes, depth: int) -> None:
    if content[:4] == _DEX:
        if sum(size for _, size in found.files) + len(content) > MAX_BYTES:
            found.problems.append(("dex.nested_large", {"file": path, "limit": MAX_BYTES}))
        else:
            found.entries.append((path, content))
        return
    if depth > _MAX_DEPTH:
        return
    try:
        archive = ZipArchive(content, package.limits)
    except FormatError:
        return
    for entry in archive.by_name.values():
        if entry.size < _SMALLEST or entry.size > package.limits.nested_bytes:
            continue
        if archive.read_start(entry, 4) not in (_ZIP, _DEX):
            continue
        try:
            inner = archive.read_entry(entry, package.limits.nested_bytes)
        except FormatError as error:
            inside: dict[str, str | int] = {"file": f"{path}!/{entry.name}", "reason": error.code}
            found.problems.append(("dex.nested_unreadable", inside))
            continue
        _take(package, found, f"{path}!/{entry.name}", inner, depth + 1)
