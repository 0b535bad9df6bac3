"""Evidence that points into the manifest of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.attributes import attribute_ids
from analyzers.formats.element_text import write_element
from analyzers.model import Evidence, Location, shorten

if TYPE_CHECKING:
    from analyzers.formats.axml import Element
    from analyzers.package import AppPackage

IN_APPLICATION = frozenset(
    {"activity", "activity-alias", "service", "receiver", "provider", "meta-data", "uses-library"}
)


def manifest_evidence(package: AppPackage, element: Element | None) -> Evidence:
    """Point at an element of the manifest; at the root where there is no element."""
    if element is None:
        element = package.manifest.root
    return Evidence(
        location=Location(file=package.manifest_file(element), place=_place(element)),
        excerpt=shorten(write_element(_own(element), package.resources)),
    )


def file_evidence(file: str, excerpt: str = "", sha256: str = "", place: str = "") -> Evidence:
    """Point at a file of the package."""
    return Evidence(
        location=Location(file=file, place=place), excerpt=shorten(excerpt), sha256=sha256
    )


def _own(element: Element) -> Element:
    """Leave the children out where they are facts of their own."""
    if element.tag not in ("manifest", "application"):
        return element
    return type(element)(element.tag, element.namespace, element.attributes, [], [], element.line)


def _place(element: Element) -> str:
    """Write the way to an element: ``/manifest/application/activity[@android:name='.Main']``."""
    if element.tag == "manifest":
        return "/manifest"
    name = element.attribute("name", attribute_ids()["name"])
    written = f"[@android:name='{name.as_text()}']" if name and element.tag != "application" else ""
    parent = "/manifest/application" if element.tag in IN_APPLICATION else "/manifest"
    return f"{parent}/{element.tag}{written}"
