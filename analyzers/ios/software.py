"""ios.software: SDKs of an iOS app, by the names of its frameworks and classes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.formats.ipa import INFO
from analyzers.formats.plist import text_of
from analyzers.ios.api_match import CLASS, is_own
from analyzers.ios.evidence import code_evidence
from analyzers.ios.frameworks import frame_name
from analyzers.knowledge.catalogue import load_catalogue
from analyzers.model import make_fact
from analyzers.software.match import match_catalogue
from analyzers.software.observed import Observed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios_package import IosPackage
    from analyzers.knowledge.catalogue import Catalogue
    from analyzers.model import Fact
    from analyzers.software.match import Detection

ANALYZER = "ios.software"
HOST = re.compile(rb"https?://([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})")
SWIFT = re.compile(r"_TtC(\d+)")
MAX_EVIDENCE = 12


def extract(package: IosPackage) -> Iterator[Fact]:
    """State every entry of the catalogue that is embedded."""
    catalogue, places = load_catalogue(), find_names(package)
    hosts = {
        match[1].decode().lower()
        for binary in package.binaries
        if is_own(binary)
        for match in HOST.finditer(binary.code.texts)
    }
    observed = Observed(platform="ios", symbols=tuple(places), hosts=frozenset(hosts))
    for detection in match_catalogue(observed, catalogue):
        yield _state(package, detection, catalogue, places)


def find_names(package: IosPackage) -> dict[str, str]:
    """Give names of frameworks, classes and Swift modules: name to file, system ones left out."""
    found: dict[str, str] = {}
    for binary in package.binaries:
        if not is_own(binary):
            continue
        if binary.name != "app":
            found.setdefault(binary.name, binary.file)
        for dylib in binary.code.dylibs:
            if dylib.path.startswith("@"):
                found.setdefault(frame_name(dylib.path), binary.file)
        defined = (
            name.removeprefix(CLASS)
            for name in binary.code.symbols.defined
            if name.startswith(CLASS)
        )
        for name in (*binary.code.class_names, *defined):
            for part in split_swift(name):
                found.setdefault(part, binary.file)
    return found


def split_swift(name: str) -> tuple[str, ...]:
    """Give module and class of a mangled Swift name (``_TtC6Module5Class``), else the name."""
    match = SWIFT.match(name)
    if match is None:
        return (name,)
    parts: list[str] = []
    at = match.start(1)
    while at < len(name) and name[at].isdigit() and len(parts) < 8:
        end = at
        while end < len(name) and name[end].isdigit() and end - at < 4:
            end += 1
        size = int(name[at:end])
        parts.append(name[end : end + size])
        at = end + size
    return tuple(part for part in parts if part)


def _state(
    package: IosPackage, detection: Detection, catalogue: Catalogue, places: dict[str, str]
) -> Fact:
    entry = catalogue.entries[detection.id]
    category = catalogue.categories[entry.category]
    main = package.root + INFO
    return make_fact(
        "software.sdk",
        detection.id,
        analyzer=ANALYZER,
        confidence=detection.confidence,
        evidence=[
            code_evidence(places.get(match.place, main), match.type, match.place)
            for match in detection.matches[:MAX_EVIDENCE]
        ],
        name_zh=entry.name_zh or entry.name_en,
        name_en=entry.name_en,
        vendor=entry.vendor,
        country=entry.country,
        category=entry.category,
        purpose_zh=entry.purpose_zh or category.purpose_zh,
        tracker=entry.tracker,
        tracker_reason=entry.tracker_reason,
        library=entry.kind == "library",
        **_read_version(package, detection),
        signatures=[f"{match.type}:{match.value}" for match in detection.matches],
        types=list(entry.types),
        types_source=entry.types_source,
        delay_init="",
        renamed=False,
        classes=0,
        via=list(detection.via),
        exodus_id=entry.exodus_id,
        purl="",
    )


def _read_version(package: IosPackage, detection: Detection) -> dict[str, str]:
    """Read the version from the Info.plist of a framework that matched."""
    for match in detection.matches:
        file = f"{package.root}Frameworks/{match.place}.framework/{INFO}"
        version = text_of(package.read_plist(file) or {}, "CFBundleShortVersionString")
        if version:
            return {"version": version, "version_source": file}
    return {"version": "", "version_source": ""}
