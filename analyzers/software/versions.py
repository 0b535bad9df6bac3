"""Reading the version of an SDK or library where it writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.software.constants import read_constants
from analyzers.software.patterns import find_name, make_lowered

if TYPE_CHECKING:
    from analyzers.knowledge.catalogue_entry import Entry, VersionPlace
    from analyzers.package import AppPackage

PLAUSIBLE = re.compile(r"[vV]?(\d{1,8}(?:\.\d{1,6}){0,4}(?:[-._+]?[0-9A-Za-z]{1,12}){0,3})")
BUILD_FIELDS = ("SDK_VERSION", "LIBRARY_VERSION", "SDK_VERSION_NAME", "VERSION_NAME")
TEMPLATE = ("1", "1.0", "1.0.0")
"""What a new module states before anybody sets its version."""
ANY = "*"
MAX_CLASSES = 4000
"""Classes under one prefix that are looked at."""
MAX_TEXT = 65536


class Version(msgspec.Struct, frozen=True):
    """A version and where it was read; both empty where none was found."""

    text: str = ""
    source: str = ""


UNKNOWN = Version()


def read_version(package: AppPackage, entry: Entry) -> Version:
    """Read the version of an entry that was found in a package."""
    for place in entry.versions:
        found = _read_place(package, place)
        if found.text:
            return found
    for coordinate in entry.maven:
        found = read_marker(package, *coordinate.split(":", 1))
        if found.text:
            return found
    return read_build_config(package, entry)


def read_marker(package: AppPackage, group: str, artifact: str) -> Version:
    """Read ``META-INF/<group>_<artifact>.version`` as the Android build writes it."""
    name = f"META-INF/{group}_{artifact}.version"
    return _first_match(package, name, PLAUSIBLE)


def _read_place(package: AppPackage, place: VersionPlace) -> Version:
    pattern = re.compile(place.pattern) if place.pattern else PLAUSIBLE
    if place.type == "file":
        return _first_match(package, place.at, pattern)
    if place.type == "property":
        field = re.escape(place.field)
        return _first_match(package, place.at, re.compile(rf"(?m)^\s*{field}\s*[=:]\s*(\S+)"))
    if place.type == "constant":
        return _read_constant(package, place.at, place.field, pattern)
    if place.type == "string":
        return _read_string(package, place.pattern)
    if place.type == "name":
        real = find_name(place.at, make_lowered(n.rpartition("/")[2] for n in package.names))
        match = pattern.search(real) if real else None
        return Version(match[1], real or "") if match else UNKNOWN
    return UNKNOWN


def _read_constant(
    package: AppPackage, class_name: str, field: str, pattern: re.Pattern[str]
) -> Version:
    if class_name not in package.index.class_names:
        return UNKNOWN
    constants = read_constants(package.index, class_name)
    texts = constants.values() if field == ANY else (constants.get(field, ""),)
    match = next(filter(None, map(pattern.search, texts)), None)
    return Version(match[1], f"{class_name}.{field}") if match else UNKNOWN


def _read_string(package: AppPackage, pattern: str) -> Version:
    """Read a version from any string constant that a pattern matches."""
    compiled = re.compile(pattern)
    for hit in package.index.find_strings(re.compile(pattern.encode("ascii"))):
        match = next(filter(None, map(compiled.search, hit.texts)), None)
        if match:
            return Version(match[1], package.index.files[hit.file].name)
    return UNKNOWN


def read_build_config(package: AppPackage, entry: Entry) -> Version:
    """Read the version an entry's own ``BuildConfig`` class states, where it has one."""
    names = package.index.class_names
    for prefix in entry.classes:
        for place in names.prefix_range(prefix + ".")[:MAX_CLASSES]:
            name = names[place]
            if name.endswith(".BuildConfig"):
                constants = read_constants(package.index, name)
                for field in BUILD_FIELDS:
                    match = PLAUSIBLE.fullmatch(constants.get(field, ""))
                    if match and match[1] not in TEMPLATE:
                        return Version(match[1], f"{name}.{field}")
    return UNKNOWN


def _first_match(package: AppPackage, name: str, pattern: re.Pattern[str]) -> Version:
    real = find_name(name, make_lowered(package.names))
    if real is None:
        return UNKNOWN
    try:
        text = package.read(real, MAX_TEXT).decode("utf-8", "replace")
    except FormatError:
        return UNKNOWN
    match = pattern.search(text)
    return Version(match[1], real) if match else UNKNOWN
