"""android.bundled_packages: installable packages inside the package, told by their content.

Names decide nothing: every file that starts like a zip is looked into, whatever it is called and
wherever it lies (assets, res/raw, lib, root).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from analyzers.android.evidence import file_evidence
from analyzers.formats.axml import read_axml
from analyzers.formats.errors import FormatError
from analyzers.formats.manifest_reader import read_manifest
from analyzers.formats.zip import ZipArchive
from analyzers.model import make_fact, make_limitation
from analyzers.package import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.zip_directory import ZipEntry
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.bundled_packages"
ZIP_START = b"PK\x03\x04"
PACKAGE_SUFFIXES = (".apk", ".apks", ".xapk", ".apkm")
MAX_DEPTH = 3
MAX_NESTED = 200
SMALLEST = 200
"""No installable package is smaller, in bytes."""


class Nested(msgspec.Struct, frozen=True):
    """An archive inside the package, waiting to be looked into."""

    path: str
    content: bytes
    depth: int


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every installable package inside, also those inside archives inside."""
    waiting: list[Nested] = []
    looked = 0
    for path in package.names:
        if path.endswith("/") or package.size_of(path) < SMALLEST:
            continue
        if package.read_start(path, 4) != ZIP_START:
            continue
        looked += 1
        if looked > MAX_NESTED:
            yield make_limitation("bundled.many", analyzer=ANALYZER, limit=MAX_NESTED)
            return
        try:
            waiting.append(Nested(path, package.read(path, package.limits.nested_bytes), 1))
        except FormatError as error:
            yield make_limitation(
                "bundled.unreadable", analyzer=ANALYZER, file=path, reason=error.code
            )
        while waiting:
            yield from _look_into(package, waiting.pop(), waiting)


def _look_into(
    package: AppPackage, nested: Nested, waiting: list[Nested]
) -> Iterator[Fact | Limitation]:
    limits = package.limits
    try:
        archive = ZipArchive(nested.content, limits)
    except FormatError as error:
        yield make_limitation(
            "bundled.unreadable", analyzer=ANALYZER, file=nested.path, reason=error.code
        )
        return
    if MANIFEST in archive:
        yield _fact(package, nested, archive)
    for entry in archive.by_name.values():
        if not _is_archive(archive, entry):
            continue
        path = f"{nested.path}!/{entry.name}"
        if nested.depth >= MAX_DEPTH or entry.size > limits.nested_bytes:
            yield make_limitation("bundled.too-deep", analyzer=ANALYZER, file=path, limit=MAX_DEPTH)
            continue
        try:
            content = archive.read_entry(entry, limits.nested_bytes)
        except FormatError as error:
            yield make_limitation(
                "bundled.unreadable", analyzer=ANALYZER, file=path, reason=error.code
            )
            continue
        waiting.append(Nested(path, content, nested.depth + 1))


def _is_archive(archive: ZipArchive, entry: ZipEntry) -> bool:
    return entry.size >= SMALLEST and archive.read_start(entry, 4) == ZIP_START


def _fact(package: AppPackage, nested: Nested, archive: ZipArchive) -> Fact:
    package_id, version, excerpt = "", "", ""
    try:
        document = read_axml(archive.read(MANIFEST, package.limits.xml_bytes))
        manifest = read_manifest(document, None)
        package_id, version = manifest.package, manifest.version_name
        excerpt = f'<manifest package="{package_id}" android:versionName="{version}">'
    except FormatError:
        excerpt = MANIFEST
    digest = hashlib.sha256(nested.content).hexdigest()
    return make_fact(
        "android.bundled_package",
        nested.path,
        analyzer=ANALYZER,
        evidence=[file_evidence(f"{nested.path}!/{MANIFEST}", excerpt, digest)],
        package_id=package_id,
        version_name=version,
        same_package=package_id == package.manifest.package,
        sha256=digest,
        disguised=not nested.path.lower().endswith(PACKAGE_SUFFIXES),
    )
