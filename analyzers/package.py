"""What an analyzer is handed: one opened app package, its parts read on first use."""

from __future__ import annotations

import base64
import hashlib
import mmap
import re
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.formats.axml import read_axml
from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.icon import Icon, read_icon
from analyzers.formats.limits import DEFAULT_LIMITS, Limits
from analyzers.formats.manifest_reader import read_manifest
from analyzers.formats.resources import ResourceTable
from analyzers.formats.zip import ZipArchive
from analyzers.model import Sample, Signer

if TYPE_CHECKING:
    from pathlib import Path

    from analyzers.dex.index import DexIndex
    from analyzers.formats.manifest import Manifest
    from analyzers.formats.signing_model import Signing

MANIFEST = "AndroidManifest.xml"
TABLE = "resources.arsc"
DEX_NAME = re.compile(r"classes([2-9]|[1-9]\d{1,3})?\.dex")
LIBRARY_NAME = re.compile(r"lib/([^/]+)/([^/]+\.so)")


class AppPackage:
    """One opened package. Every part is read when it is first asked for, and then kept."""

    def __init__(self, name: str, archive: ZipArchive, *, has_idsig: bool = False) -> None:
        """Wrap an archive; open_package is the way in."""
        self.has_idsig = has_idsig
        """A v4 signature file lies beside the package."""
        self.name = name
        self.platform = "android"
        self.archive = archive
        self.limits = archive.limits
        self.size = len(archive.data)
        self.mapping: Path | None = None
        """R8 mapping.txt that turns names back, where one was given."""
        self.damaged: dict[str, str] = {}
        """Parts that could not be read: file to code of the reason."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all files, each once, in archive order."""
        return tuple(self.archive.by_name)

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of a file; see ZipArchive.read for what is raised."""
        kept = self._dex_by_name.get(name) if DEX_NAME.fullmatch(name) else None
        return self.archive.read(name, limit) if kept is None else kept

    def read_start(self, name: str, length: int) -> bytes:
        """Give at most the first bytes of a file, empty where it is damaged."""
        return self.archive.read_start(self.archive.by_name[name], length)

    def size_of(self, name: str) -> int:
        """Give the inflated size of a file in bytes, as the directory states it."""
        return self.archive.by_name[name].size

    @cached_property
    def _dex_by_name(self) -> dict[str, bytes]:
        return dict(self._dex)

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest, references resolved.

        Raises:
            UnreadableError: there is none, or no device could read it.
        """
        try:
            document = read_axml(self.archive.read(MANIFEST, self.limits.xml_bytes))
            return read_manifest(document, self.resources)
        except KeyError:
            raise UnreadableError("package.no-manifest") from None
        except FormatError as error:
            raise UnreadableError("package.manifest-unreadable", reason=error.code) from error

    @cached_property
    def resources(self) -> ResourceTable | None:
        """The resource table; None where there is none or it is damaged."""
        if TABLE not in self.archive:
            return None
        try:
            return ResourceTable(self.archive.read(TABLE, self.limits.table_bytes))
        except FormatError as error:
            self.damaged[TABLE] = error.code
            return None

    def dex_entries(self) -> list[tuple[str, bytes]]:
        """Give name and content of ``classes.dex``, ``classes2.dex`` … in the order of loading."""
        return self._dex

    @cached_property
    def _dex(self) -> list[tuple[str, bytes]]:
        names = sorted(filter(DEX_NAME.fullmatch, self.names), key=lambda name: (len(name), name))
        found = []
        for name in names:
            try:
                found.append((name, self.archive.read(name)))
            except FormatError as error:
                self.damaged[name] = error.code
        return found

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
                found.setdefault(match[2], {})[match[1]] = name
        return found

    @cached_property
    def abis(self) -> tuple[str, ...]:
        """ABIs of the native libraries, sorted."""
        return tuple(sorted({abi for paths in self.native_libraries.values() for abi in paths}))

    @cached_property
    def signing(self) -> Signing:
        """Signature schemes, whether they verify, and the signers."""
        from analyzers.formats.signing import read_signing

        return read_signing(
            self.archive,
            self.read,
            min_sdk=self.manifest.effective_min_sdk,
            idsig=self.has_idsig,
        )

    @cached_property
    def icon(self) -> Icon | None:
        """The launcher icon as PNG; None where it cannot be drawn."""
        resource = self.manifest.application.icon
        if not resource or self.resources is None:
            return None
        return read_icon(resource, self.resources, self.read, self.limits.image_pixels)

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

    def sample(self) -> Sample:
        """Describe the package as a sample, with its hashes."""
        return self._sample

    @cached_property
    def _sample(self) -> Sample:
        manifest = self.manifest
        return Sample(
            sha256=hashlib.sha256(self.archive.data).hexdigest(),
            md5=hashlib.md5(self.archive.data, usedforsecurity=False).hexdigest(),
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
        )


def open_package(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, mapping: Path | None = None
) -> AppPackage:
    """Open an app package; its type is told by its content.

    Args:
        path: The file.
        limits: Bounds of what is read.
        mapping: R8 mapping.txt of the package, kept for the analyzers of bytecode.

    Raises:
        UnreadableError: missing, a folder, empty, too large, not a package, or no device could
            read it; the code says which.
    """
    if path.is_dir():
        raise UnreadableError("package.folder")
    if not path.is_file():
        raise UnreadableError("package.missing")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("package.empty")
    if size > limits.file_bytes:
        raise UnreadableError("package.too-large", size=size, limit=limits.file_bytes)
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise UnreadableError("package.no-access", reason=error.strerror or "") from error
    has_idsig = path.with_name(path.name + ".idsig").is_file()
    package = read_package(data, path.name, limits, has_idsig=has_idsig)
    package.mapping = mapping
    return package


def read_package(
    data: bytes | memoryview,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    has_idsig: bool = False,
) -> AppPackage:
    """Open a package that lies in memory; see open_package."""
    try:
        archive = ZipArchive(data, limits)
    except UnreadableError as error:
        if error.code == "zip.no-end-record" and bytes(data[:2]) != b"PK":
            raise UnreadableError("package.not-a-zip") from error
        raise
    if MANIFEST not in archive:
        raise UnreadableError(_unsupported(archive))
    package = AppPackage(name, archive, has_idsig=has_idsig)
    _ = package.manifest
    return package


def _unsupported(archive: ZipArchive) -> str:
    """Name what a zip without a manifest is."""
    names = archive.by_name
    known = any(
        name.endswith((".apk", "manifest/AndroidManifest.xml", ".app/Info.plist")) for name in names
    )
    return "package.unsupported" if known else "package.no-manifest"
