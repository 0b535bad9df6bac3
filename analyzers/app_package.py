"""What an analyzer is handed: one opened app package, its parts read on first use."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.formats.axml import Document, Element, read_axml
from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.icon import Icon, read_icon
from analyzers.formats.manifest_join import join_manifests
from analyzers.formats.manifest_reader import read_manifest
from analyzers.formats.members import MANIFEST, Member, Members
from analyzers.formats.proto_resources import ProtoResources
from analyzers.formats.proto_xml import read_proto_xml
from analyzers.formats.resource_lookup import JoinedResources, Resources
from analyzers.formats.resources import ResourceTable
from analyzers.model import Sample, Signer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from analyzers.dex.index import DexIndex
    from analyzers.formats.manifest import Manifest
    from analyzers.formats.signing_model import Signing
    from analyzers.formats.zip_directory import ZipEntry

TABLE, BUNDLE_TABLE = "resources.arsc", "resources.pb"
DEX_NAME = re.compile(r"(?:.*!/)?(classes(?:[2-9]|[1-9]\d{1,3})?\.dex)")
LIBRARY_NAME = re.compile(r"(?:.*!/)?lib/([^/]+)/([^/]+\.so)")


class AppPackage:
    """One opened package or set of packages; every part is read when it is first asked for.

    Files of a set's base are named as in the base, those of a split ``split.apk!/name``.
    """

    def __init__(
        self, name: str, data: Sequence[memoryview], members: Members, *, has_idsig: bool = False
    ) -> None:
        """Wrap what was opened; open_package is the way in.

        Args:
            name: File name as given.
            data: Content of each file that was handed in.
            members: Its packages, the base first.
            has_idsig: A v4 signature file lies beside the package.
        """
        self.name = name
        self.platform = "android"
        self.members = members.members
        self.archive = self.members[0].archive
        """The base's archive."""
        self.limits = self.archive.limits
        self.size = sum(map(len, data))
        self.has_idsig = has_idsig
        self.mapping: Path | None = None
        """R8 mapping.txt that turns names back, where one was given."""
        self.damaged: dict[str, str] = dict(members.damaged)
        """Parts that could not be read: file to code of the reason."""
        self.skipped = members.skipped
        """Packages of a container that were left out for another of the same split name."""
        self._data = data

    @cached_property
    def _files(self) -> dict[str, tuple[Member, ZipEntry]]:
        found = {}
        for member in self.members:
            prefix = f"{member.name}!/" if member.name else ""
            for name, entry in member.files.items():
                found[prefix + name] = member, entry
        return found

    @property
    def is_container(self) -> bool:
        """Tell whether something else than one installable file was handed in."""
        whole = sum(map(len, self._data)) == len(self.archive.data)
        return len(self.members) > 1 or self.members[0].bundle or not whole

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all files, each once, in archive order."""
        return tuple(self._files)

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of a file; see ZipArchive.read for what is raised."""
        kept = self._dex_by_name.get(name) if DEX_NAME.fullmatch(name) else None
        if kept is not None:
            return kept
        member, entry = self._files[name]
        return member.archive.read_entry(entry, limit)

    def read_start(self, name: str, length: int) -> bytes:
        """Give at most the first bytes of a file, empty where it is damaged."""
        member, entry = self._files[name]
        return member.archive.read_start(entry, length)

    def size_of(self, name: str) -> int:
        """Give the inflated size of a file in bytes, as the directory states it."""
        return self._files[name][1].size

    def read_xml(self, name: str) -> Document:
        """Read an XML file of the package.

        Raises:
            KeyError: there is no such file.
            FormatError: it cannot be read.
        """
        content = self.read(name, self.limits.xml_bytes)
        return read_proto_xml(content) if self._files[name][0].bundle else read_axml(content)

    def find_resource_file(self, path: str) -> str:
        """Name the file a resource value means: of the base, else of the first split that has it."""
        if path in self._files:
            return path
        names = (f"{member.name}!/{path}" for member in self.members[1:])
        return next((name for name in names if name in self._files), path)

    @cached_property
    def manifests(self) -> tuple[tuple[str, Manifest], ...]:
        """File and manifest of each member, the base's first.

        Raises:
            UnreadableError: the base's names no package.
        """
        found = []
        for member in self.members:
            file = f"{member.name}!/{MANIFEST}" if member.name else MANIFEST
            try:
                found.append((file, read_manifest(member.document, self.resources)))
            except FormatError as error:
                if not found:
                    raise UnreadableError(
                        "package.manifest-unreadable", reason=error.code
                    ) from error
                self.damaged[file] = error.code
        return tuple(found)

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest of the app, references resolved, splits joined in."""
        return join_manifests(self.manifests[0][1], self.manifests[1:])

    def manifest_file(self, element: Element) -> str:
        """Name the manifest file an element stands in."""
        return self._origins.get(id(element), MANIFEST)

    @cached_property
    def _origins(self) -> dict[int, str]:
        """File of every element that a fact may point at, for the manifests of splits."""
        return {
            id(element): file
            for file, manifest in self.manifests[1:]
            for element in _elements(manifest.root)
        }

    @cached_property
    def resources(self) -> Resources | None:
        """The resource tables; None where there are none or the base's is damaged."""
        tables: list[Resources] = []
        for member in self.members:
            name = BUNDLE_TABLE if member.bundle else TABLE
            if name not in member.files:
                continue
            read = ProtoResources if member.bundle else ResourceTable
            try:
                entry = member.files[name]
                tables.append(read(member.archive.read_entry(entry, self.limits.table_bytes)))
            except FormatError as error:
                self.damaged[f"{member.name}!/{name}" if member.name else name] = error.code
        if not tables:
            return None
        return tables[0] if len(tables) == 1 else JoinedResources(tables)

    def dex_entries(self) -> list[tuple[str, bytes]]:
        """Give name and content of ``classes.dex``, ``classes2.dex`` … in the order of loading."""
        return self._dex

    @cached_property
    def _dex(self) -> list[tuple[str, bytes]]:
        places = {member.name: place for place, member in enumerate(self.members)}
        ranked = []
        for name, (member, entry) in self._files.items():
            match = DEX_NAME.fullmatch(name)
            if match and "/" not in match[1]:
                ranked.append((places[member.name], len(match[1]), match[1], name, member, entry))
        found = []
        for _, _, _, name, member, entry in sorted(ranked, key=lambda row: row[:4]):
            try:
                found.append((name, member.archive.read_entry(entry)))
            except FormatError as error:
                self.damaged[name] = error.code
        return found

    @cached_property
    def _dex_by_name(self) -> dict[str, bytes]:
        return dict(self._dex)

    @cached_property
    def index(self) -> DexIndex:
        """The bytecode index over all dex files."""
        from analyzers.dex.index import DexIndex

        return DexIndex.read(self.dex_entries())

    @cached_property
    def native_libraries(self) -> dict[str, dict[str, str]]:
        """File name of a native library to its path per ABI."""
        found: dict[str, dict[str, str]] = {}
        for name in self.names:
            match = LIBRARY_NAME.fullmatch(name)
            if match:
                found.setdefault(match[2], {}).setdefault(match[1], name)
        return found

    @cached_property
    def abis(self) -> tuple[str, ...]:
        """ABIs of the native libraries, sorted."""
        return tuple(sorted({abi for paths in self.native_libraries.values() for abi in paths}))

    @cached_property
    def signing(self) -> Signing:
        """Signature schemes, whether they verify in every member, and the signers."""
        from analyzers.formats.signing import join_signings, read_signing

        level = self.manifest.effective_min_sdk
        archives = dict.fromkeys(member.archive for member in self.members)
        first, *others = (
            read_signing(
                archive,
                self.read
                if archive is self.archive and not self.members[0].bundle
                else archive.read,
                min_sdk=level,
                idsig=self.has_idsig,
            )
            for archive in archives
        )
        names = [member.name for member in self.members[1:]]
        return join_signings(first, list(zip(names, others, strict=False)))

    @cached_property
    def icon(self) -> Icon | None:
        """The launcher icon as PNG; None where it cannot be drawn."""
        resource = self.manifest.application.icon
        if not resource or self.resources is None:
            return None
        return read_icon(
            resource,
            self.resources,
            lambda path: self.read(self.find_resource_file(path)),
            lambda path: self.read_xml(self.find_resource_file(path)),
            self.limits.image_pixels,
        )

    def sample(self) -> Sample:
        """Describe the package as a sample, with its hashes."""
        return self._sample

    @cached_property
    def _sample(self) -> Sample:
        manifest = self.manifest
        sha256, md5 = self._hashes()
        members = tuple(_sha256(member.archive.data) for member in self.members)
        return Sample(
            sha256=sha256,
            md5=md5,
            size=self.size,
            name=self.name,
            platform=self.platform,
            app_id=manifest.package,
            label=manifest.application.label,
            label_zh=manifest.application.label_zh,
            version_name=manifest.version_name,
            version_code=manifest.version_code,
            min_sdk=manifest.effective_min_sdk,
            target_sdk=manifest.effective_target_sdk,
            abis=self.abis,
            signer=self._signer,
            icon_png=base64.b64encode(self.icon.png).decode() if self.icon else "",
            members=members if len(set(members)) > 1 else (),
        )

    def _hashes(self) -> tuple[str, str]:
        """Hash the file; of several files the sorted hashes."""
        if len(self._data) == 1:
            md5 = hashlib.md5(self._data[0], usedforsecurity=False)
            return _sha256(self._data[0]), md5.hexdigest()
        joined = "".join(sorted(map(_sha256, self._data))).encode()
        return _sha256(joined), hashlib.md5(joined, usedforsecurity=False).hexdigest()

    @cached_property
    def _signer(self) -> Signer | None:
        if not self.signing.signers:
            return None
        first = self.signing.signers[0]
        return Signer(
            sha256=first.sha256,
            sha1=first.sha1,
            md5=first.md5,
            subject=first.subject,
            public_key=first.public_key,
            public_key_algorithm=first.public_key_algorithm,
        )


def _sha256(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()


def _elements(root: Element) -> Iterator[Element]:
    """Give the root, its children and theirs: all that facts point at."""
    yield root
    for child in root.children:
        yield child
        yield from child.children
