"""Plain libraries whose build wrote their name and version into the package (bill of materials).

Read are ``META-INF/<group>_<artifact>.version`` (AndroidX and others), ``pom.properties`` of Maven
and the ``<name>.properties`` files of Play services and Firebase.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.model import Evidence, Location, make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "software.libraries"
MARKER = re.compile(r"META-INF/([A-Za-z0-9.-]+)_([A-Za-z0-9.-]+)\.version")
POM = re.compile(r"META-INF/maven/([^/]+)/([^/]+)/pom\.properties")
PLAY = re.compile(r"((?:play-services|firebase|transport)[a-z0-9-]*)\.properties")
VERSION = re.compile(r"\d[0-9A-Za-z.+_-]{0,40}")
PROPERTY = re.compile(r"(?m)^\s*version\s*=\s*(\S{1,48})")
PLAY_GROUPS = {
    "play-services": "com.google.android.gms",
    "firebase": "com.google.firebase",
    "transport": "com.google.android.datatransport",
}
MAX_TEXT = 4096
MAX_LIBRARIES = 1000


class Library(msgspec.Struct, frozen=True):
    """One library with the coordinate its build wrote down."""

    group: str
    artifact: str
    version: str
    """Empty where the file names no version."""
    file: str

    @property
    def purl(self) -> str:
        """Package URL (purl-spec, type maven)."""
        base = f"pkg:maven/{self.group}/{self.artifact}"
        return f"{base}@{self.version}" if self.version else base


def extract(package: AppPackage) -> Iterable[Fact | Limitation]:
    """State the libraries of the package's bill of materials."""
    libraries = list(read_libraries(package))
    for library in libraries[:MAX_LIBRARIES]:
        yield make_library_fact(library)
    if len(libraries) > MAX_LIBRARIES:
        yield make_limitation("software.libraries-cut", analyzer=ID, kept=MAX_LIBRARIES)


def make_library_fact(library: Library) -> Fact:
    """Make the fact of one library."""
    return make_fact(
        "software.library",
        f"{library.group}:{library.artifact}",
        analyzer=ID,
        evidence=[Evidence(location=Location(file=library.file), excerpt=library.version)],
        version=library.version,
        purl=library.purl,
    )


def read_libraries(package: AppPackage) -> Iterator[Library]:
    """Read all libraries, each coordinate once, in archive order."""
    seen = set()
    for name in package.names:
        found = _read_one(package, name)
        if found is not None and (found.group, found.artifact) not in seen:
            seen.add((found.group, found.artifact))
            yield found


def _read_one(package: AppPackage, name: str) -> Library | None:
    marker = MARKER.fullmatch(name)
    if marker:
        return Library(marker[1], marker[2], _find(VERSION, _text(package, name)), name)
    pom = POM.fullmatch(name)
    if pom:
        return Library(pom[1], pom[2], _find(PROPERTY, _text(package, name)), name)
    play = PLAY.fullmatch(name)
    if play:
        group = next(group for start, group in PLAY_GROUPS.items() if play[1].startswith(start))
        return Library(group, play[1], _find(PROPERTY, _text(package, name)), name)
    return None


def _text(package: AppPackage, name: str) -> str:
    try:
        return package.read(name, MAX_TEXT).decode("utf-8", "replace")
    except FormatError:
        return ""


def _find(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text.strip())
    if match is None:
        return ""
    return match[match.lastindex or 0]
