"""Builds whole packages from a manifest, resources and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Fact, Limitation
from analyzers.package import AppPackage, read_package
from tests.analyzers.formats.axml_builder import Node, make_axml, node
from tests.analyzers.formats.zip_builder import Entry, make_zip

if TYPE_CHECKING:
    from collections.abc import Iterable


def make_manifest(
    *children: Node, target: int = 33, package: str = "cn.edu.example", **attributes: object
) -> Node:
    sdk = node("uses-sdk", minSdkVersion=21, targetSdkVersion=target)
    return node(
        "manifest", sdk, *children, **{"plain_package": package, "versionCode": 1, **attributes}
    )


def make_entries(
    manifest: Node | bytes | None = None, files: dict[str, bytes] | None = None, table: bytes = b""
) -> list[Entry]:
    """Give the entries of a package."""
    if not isinstance(manifest, bytes):
        manifest = make_axml(manifest or make_manifest(node("application")))
    entries = [Entry("AndroidManifest.xml", manifest)]
    if table:
        entries.append(Entry("resources.arsc", table, method=0))
    return entries + [Entry(name, content) for name, content in (files or {}).items()]


def make_package(
    manifest: Node | bytes | None = None, files: dict[str, bytes] | None = None, table: bytes = b""
) -> AppPackage:
    """Write a package and open it."""
    return read_package(make_zip(*make_entries(manifest, files, table)), "made.apk")


def facts_of(found: Iterable[Fact | Limitation], kind: str) -> dict[str, dict[str, object]]:
    """Give the fields of the facts of a kind by subject."""
    return {one.subject: one.fields for one in found if isinstance(one, Fact) and one.kind == kind}


def codes_of(found: Iterable[Fact | Limitation]) -> list[str]:
    """Give the codes of the limitations."""
    return [one.code for one in found if isinstance(one, Limitation)]
