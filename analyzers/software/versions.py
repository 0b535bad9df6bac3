"""Reading the version of an SDK or library where it writes it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.software.constants import read_constants
from analyzers.software.patterns import find_name, make_lowered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.knowledge.catalogue_entry import Entry, VersionPlace
    from analyzers.package import AppPackage

PLAUSIBLE = re.compile(r"[vV]?(\d{1,8}(?:\.\d{1,6}){0,4}(?:[-._+]?[0-9A-Za-z]{1,12}){0,3})")
BUILD_CONFIG = ".BuildConfig"
BUILD_FIELDS = ("SDK_VERSION", "LIBRARY_VERSION", "SDK_VERSION_NAME", "VERSION_NAME")
TEMPLATE = ("1", "1.0", "1.0.0")
"""What a new module states before anybody sets its version."""
ANY = "*"
MAX_TEXT = 65536


class Version(msgspec.Struct, frozen=True):
    """A version and where it was read; both empty where none was found."""

    text: str = ""
    source: str = ""


UNKNOWN = Version()


class Versions:
    """Reads versions out of one package."""

    def __init__(self, package: AppPackage) -> None:
        """Take an opened package; its parts are read when first needed."""
        self._package = package

    def read(self, entry: Entry) -> Version:
        """Read the version of an entry that was found in the package."""
        for place in entry.versions:
            found = self._read_place(place)
            if found.text:
                return found
        for coordinate in entry.maven:
            found = self.read_marker(*coordinate.split(":", 1))
            if found.text:
                return found
        return self._read_build_config(entry.classes)

    def read_marker(self, group: str, artifact: str) -> Version:
        """Read ``META-INF/<group>_<artifact>.version`` as the Android build writes it."""
        return self._first_match(f"META-INF/{group}_{artifact}.version", PLAUSIBLE)

    @cached_property
    def _files(self) -> dict[str, str]:
        return make_lowered(self._package.names)

    @cached_property
    def _base_names(self) -> dict[str, str]:
        return make_lowered(name.rpartition("/")[2] for name in self._package.names)

    @cached_property
    def _build_configs(self) -> tuple[str, ...]:
        """Defined classes that are called BuildConfig."""
        names = self._package.index.class_names[:]
        return tuple(name for name in names if name.endswith(BUILD_CONFIG))

    def _read_place(self, place: VersionPlace) -> Version:
        pattern = re.compile(place.pattern) if place.pattern else PLAUSIBLE
        if place.type == "file":
            return self._first_match(place.at, pattern)
        if place.type == "property":
            field = re.escape(place.field)
            return self._first_match(place.at, re.compile(rf"(?m)^\s*{field}\s*[=:]\s*(\S+)"))
        if place.type == "constant":
            return self._read_constant(place.at, place.field, pattern)
        if place.type == "string":
            return self._read_string(place.pattern)
        if place.type == "name":
            real = find_name(place.at, self._base_names)
            match = pattern.search(real) if real else None
            return Version(match[1], real or "") if match else UNKNOWN
        return UNKNOWN

    def _read_constant(self, class_name: str, field: str, pattern: re.Pattern[str]) -> Version:
        if class_name not in self._package.index.class_names:
            return UNKNOWN
        constants = read_constants(self._package.index, class_name)
        texts = constants.values() if field == ANY else (constants.get(field, ""),)
        match = next(filter(None, map(pattern.search, texts)), None)
        return Version(match[1], f"{class_name}.{field}") if match else UNKNOWN

    def _read_string(self, pattern: str) -> Version:
        """Read a version from any string constant that a pattern matches."""
        compiled, index = re.compile(pattern), self._package.index
        for hit in index.find_strings(re.compile(pattern.encode("ascii"))):
            match = next(filter(None, map(compiled.search, hit.texts)), None)
            if match:
                return Version(match[1], index.files[hit.file].name)
        return UNKNOWN

    def _read_build_config(self, prefixes: Sequence[str]) -> Version:
        """Read the version an entry's own ``BuildConfig`` class states, where it has one."""
        for prefix in prefixes:
            for name in self._build_configs:
                if name.startswith(prefix + "."):
                    constants = read_constants(self._package.index, name)
                    for field in BUILD_FIELDS:
                        match = PLAUSIBLE.fullmatch(constants.get(field, ""))
                        if match and match[1] not in TEMPLATE:
                            return Version(match[1], f"{name}.{field}")
        return UNKNOWN

    def _first_match(self, name: str, pattern: re.Pattern[str]) -> Version:
        real = find_name(name, self._files)
        if real is None:
            return UNKNOWN
        try:
            text = self._package.read(real, MAX_TEXT).decode("utf-8", "replace")
        except FormatError:
            return UNKNOWN
        match = pattern.search(text)
        return Version(match[1], real) if match else UNKNOWN
