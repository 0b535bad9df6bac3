"""SDKs, trackers and plain libraries of a package, as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.catalogue import load_catalogue
from analyzers.knowledge.packers import load_packers
from analyzers.model import Evidence, Location, make_fact, make_limitation, shorten
from analyzers.software.match import match_catalogue
from analyzers.software.observe import observe_android, observe_hosts, observe_names
from analyzers.software.packing import is_code_hidden
from analyzers.software.places import find_class_files
from analyzers.software.versions import Version, Versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analyzers.knowledge.catalogue import Catalogue
    from analyzers.knowledge.catalogue_entry import Entry
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage
    from analyzers.software.match import Detection, Match

ID = "software.sdks"
MANIFEST = "AndroidManifest.xml"
MAX_EVIDENCE = 12


def extract(package: AppPackage) -> Iterable[Fact | Limitation]:
    """State every entry of the catalogue that is embedded, with its evidence."""
    catalogue = load_catalogue()
    detections = find_software(package, catalogue)
    versions = Versions(package)
    examples = [m.place for d in detections for m in d.matches if m.type == "class"]
    files = find_class_files(package.index, examples)
    for detection in detections:
        entry = catalogue.entries[detection.id]
        version = versions.read(entry)
        yield make_sdk_fact(detection, catalogue, version, files)
    if any(detection.renamed for detection in detections):
        yield make_limitation("software.renamed", analyzer=ID, hides=[ID])
    if is_code_hidden(observe_names(package), load_packers()):
        yield make_limitation("software.sdks-hidden", analyzer=ID, hides=[ID])


def find_software(package: AppPackage, catalogue: Catalogue) -> tuple[Detection, ...]:
    """Match the catalogue; hosts are searched only where classes do not settle an entry."""
    hidden = is_code_hidden(observe_names(package), load_packers())
    observed = msgspec.structs.replace(observe_android(package, catalogue), code_hidden=hidden)
    detections = match_catalogue(observed, catalogue)
    if all(detection.classes for detection in detections):
        return detections
    return match_catalogue(observe_hosts(package, observed), catalogue)


def make_sdk_fact(
    detection: Detection, catalogue: Catalogue, version: Version, files: Mapping[str, str]
) -> Fact:
    """Make the fact of one detection."""
    entry = catalogue.entries[detection.id]
    category = catalogue.categories[entry.category]
    shown = detection.matches[:MAX_EVIDENCE]
    return make_fact(
        "software.sdk",
        detection.id,
        analyzer=ID,
        confidence=detection.confidence,
        evidence=[_make_evidence(match, files) for match in shown],
        name_zh=entry.name_zh or entry.name_en,
        name_en=entry.name_en,
        vendor=entry.vendor,
        country=entry.country,
        category=entry.category,
        purpose_zh=entry.purpose_zh or category.purpose_zh,
        tracker=entry.tracker,
        tracker_reason=entry.tracker_reason,
        library=entry.kind == "library",
        version=version.text,
        version_source=version.source,
        signatures=[f"{match.type}:{match.value}" for match in detection.matches],
        types=list(entry.types),
        types_source=entry.types_source,
        delay_init=entry.delay_init,
        renamed=detection.renamed,
        classes=detection.classes,
        via=list(detection.via),
        exodus_id=entry.exodus_id,
        purl=make_purl(entry, version.text),
    )


def make_purl(entry: Entry, version: str) -> str:
    """Give the package URL of an entry's first Maven coordinate, empty where it has none."""
    if not entry.maven:
        return ""
    group, _, artifact = entry.maven[0].partition(":")
    return f"pkg:maven/{group}/{artifact}" + (f"@{version}" if version else "")


def _make_evidence(match: Match, files: Mapping[str, str]) -> Evidence:
    if match.type == "class":
        descriptor = "L" + match.place.replace(".", "/") + ";"
        location = Location(file=files.get(match.place, "classes.dex"), place=descriptor)
    elif match.type in ("component", "meta"):
        location = Location(file=MANIFEST, place=match.place)
    elif match.type in ("library", "asset"):
        location = Location(file=match.place)
    else:
        location = Location(file="classes.dex", place="string_ids")
    return Evidence(location=location, excerpt=shorten(match.place))
