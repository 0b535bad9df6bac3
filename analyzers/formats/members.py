"""The packages that make up one app: a single APK, a base with its splits, or the modules of a bundle.

Containers are told by content: any zip that holds APK files (bundletool's .apks, .xapk, .apkm, an
APK in a plain zip), and app bundles by their protobuf manifests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.axml import Document, read_axml
from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.proto_xml import read_proto_xml
from analyzers.formats.zip import STORED, ZipArchive
from analyzers.formats.zip_directory import ZipEntry

if TYPE_CHECKING:
    from collections.abc import Iterable


MANIFEST = "AndroidManifest.xml"
MODULE_MANIFEST = re.compile(r"([^/]+)/manifest/AndroidManifest\.xml")
MODULE_FOLDERS = (("manifest/", ""), ("dex/", ""), ("root/", ""))
"""Folders of a bundle's module that bundletool writes to the root of an APK."""
MAX_MEMBERS = 500


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One package of a set, or one module of a bundle."""

    name: str
    """Path in the container or file name; empty for the base."""
    archive: ZipArchive
    files: dict[str, ZipEntry]
    """Entries by the name they have in an installed package."""
    document: Document
    """The manifest, not yet resolved."""
    bundle: bool = False
    """Written for bundletool: manifest, XML and resources are protobuf."""

    @property
    def split(self) -> str:
        """Own split name, empty for a base."""
        value = self.document.root.attribute("split")
        return value.text if value else ""

    @property
    def package(self) -> str:
        """Package id."""
        value = self.document.root.attribute("package")
        return value.text if value else ""


class Members(msgspec.Struct, frozen=True):
    """What a container gave."""

    members: tuple[Member, ...]
    """The base first."""
    damaged: dict[str, str] = {}
    """Packages of the container that could not be read: name to code of the reason."""
    skipped: tuple[str, ...] = ()
    """Further packages of the same split name: variants for other devices, or other versions."""


def read_members(archive: ZipArchive) -> Members:
    """Find the packages of one file.

    Raises:
        UnreadableError: it holds no package, no base, packages of several apps, or a manifest that
            cannot be read.
    """
    if MANIFEST in archive:
        return order_members([read_apk(archive, "")])
    modules = [m[1] for name in archive.by_name if (m := MODULE_MANIFEST.fullmatch(name))]
    if modules:
        return order_members([_read_module(archive, module) for module in modules[:MAX_MEMBERS]])
    chosen = _choose([name for name in archive.by_name if name.lower().endswith(".apk")])
    if not chosen:
        known = any(name.endswith(".app/Info.plist") for name in archive.by_name)
        raise UnreadableError("package.unsupported" if known else "package.no-manifest")
    members, damaged = [], {}
    for name in chosen:
        try:
            members.append(read_apk(_open_inside(archive, name), name))
        except FormatError as error:
            damaged[name] = error.code
    return order_members(members, damaged)


def read_apk(archive: ZipArchive, name: str) -> Member:
    """Read the manifest of one APK.

    Raises:
        UnreadableError: there is none, or it cannot be read.
    """
    if MANIFEST not in archive:
        raise UnreadableError("package.no-manifest")
    try:
        document = read_axml(archive.read(MANIFEST, archive.limits.xml_bytes))
    except FormatError as error:
        raise UnreadableError("package.manifest-unreadable", reason=error.code) from error
    return Member(name=name, archive=archive, files=archive.by_name, document=document)


def order_members(members: Iterable[Member], damaged: dict[str, str] | None = None) -> Members:
    """Put the base first, keep one package per split name (of device variants the last).

    Raises:
        UnreadableError: no base, or packages of several apps.
    """
    by_split: dict[tuple[str, str], Member] = {}
    skipped = []
    for member in members:
        key = member.package, member.split
        if key in by_split:
            skipped.append(by_split[key].name)
        by_split[key] = member
    bases = [member for (_, split), member in by_split.items() if not split]
    if not bases:
        raise UnreadableError("package.no-base", found=len(by_split))
    packages = {member.package for member in by_split.values()}
    if len(packages) > 1:
        raise UnreadableError("package.several", packages=", ".join(sorted(packages)[:5]))
    base = msgspec.structs.replace(bases[0], name="")
    splits = sorted((m for m in by_split.values() if m.split), key=lambda member: member.name)
    return Members((base, *splits), damaged or {}, tuple(skipped))


def _choose(names: list[str]) -> list[str]:
    """Choose among the APKs of a container: a universal one, else splits, else what there is."""
    names = [name for name in names if not name.startswith("__MACOSX/")][:MAX_MEMBERS]
    for wanted in (_is_universal, _is_split):
        chosen = [name for name in names if wanted(name)]
        if chosen:
            return chosen
    standalone = [name for name in names if name.startswith("standalones/")]
    return standalone[-1:] or names


def _is_universal(name: str) -> bool:
    return name.rpartition("/")[2] == "universal.apk"


def _is_split(name: str) -> bool:
    return name.startswith("splits/")


def _open_inside(archive: ZipArchive, name: str) -> ZipArchive:
    """Open an archive inside an archive; a stored one is not copied."""
    entry = archive.by_name[name]
    if entry.method == STORED and entry.stored_size == entry.size:
        start = archive.data_offset(entry)
        return ZipArchive(archive.data[start : start + entry.size], archive.limits)
    content = archive.read_entry(entry, archive.limits.nested_bytes)
    return ZipArchive(content, archive.limits)


def _read_module(archive: ZipArchive, module: str) -> Member:
    files: dict[str, ZipEntry] = {}
    for name, entry in archive.by_name.items():
        folder, _, inner = name.partition("/")
        if folder == module and inner:
            for start, target in MODULE_FOLDERS:
                if inner.startswith(start):
                    inner = target + inner[len(start) :]
            files.setdefault(inner, entry)
    try:
        content = archive.read_entry(files[MANIFEST], archive.limits.xml_bytes)
        document = read_proto_xml(content)
    except FormatError as error:
        raise UnreadableError("package.manifest-unreadable", reason=error.code) from error
    return Member(name=module, archive=archive, files=files, document=document, bundle=True)
