"""Opens what people hand in: a package, a container of packages, a folder of splits."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from analyzers.app_package import TABLE, AppPackage
from analyzers.formats.errors import UnreadableError
from analyzers.formats.ipa import INFO, FolderFiles, ZipFiles, find_app
from analyzers.formats.limits import DEFAULT_LIMITS, Limits
from analyzers.formats.members import MANIFEST, order_members, read_apk, read_members
from analyzers.formats.zip import ZipArchive
from analyzers.ios_package import IosPackage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "MANIFEST",
    "TABLE",
    "AppPackage",
    "IosPackage",
    "open_package",
    "open_set",
    "read_package",
]


def open_package(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, mapping: Path | None = None
) -> AppPackage | IosPackage:
    """Open an app package, a container, a folder of splits or an .app folder, told by content.

    Args:
        path: The file or folder.
        limits: Bounds of what is read.
        mapping: R8 mapping.txt of the package, kept for the analyzers of bytecode.

    Raises:
        UnreadableError: missing, empty, too large, not a package, or no device could read it; the
            code says which.
    """
    if (path / INFO).is_file():
        return _open_folder(path, limits)
    if path.is_dir():
        paths = sorted(p for p in path.iterdir() if p.suffix.lower() == ".apk" and not p.is_dir())
        if not paths:
            raise UnreadableError("package.folder")
        package: AppPackage | IosPackage = open_set(paths, path.name, limits)
    else:
        has_idsig = path.with_name(path.name + ".idsig").is_file()
        package = read_package(_map(path, limits), path.name, limits, has_idsig=has_idsig)
    if isinstance(package, AppPackage):
        package.mapping = mapping
    return package


def _open_folder(path: Path, limits: Limits) -> IosPackage:
    """Open a plain .app folder."""
    files = FolderFiles(path, limits)
    data = [_map(file, limits) for file in files.paths.values() if file.stat().st_size]
    return IosPackage(path.name, files, f"{path.name}/", data, limits)


def open_set(paths: Sequence[Path], name: str, limits: Limits = DEFAULT_LIMITS) -> AppPackage:
    """Open several files as the base and splits of one app; see open_package."""
    data = [_map(path, limits) for path in paths]
    members = order_members(
        read_apk(ZipArchive(content, limits), path.name)
        for path, content in zip(paths, data, strict=True)
    )
    return _checked(AppPackage(name, data, members))


def read_package(
    data: bytes | memoryview,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    has_idsig: bool = False,
) -> AppPackage | IosPackage:
    """Open a package that lies in memory; see open_package."""
    try:
        archive = ZipArchive(data, limits)
    except UnreadableError as error:
        if error.code == "zip.no-end-record" and bytes(data[:2]) != b"PK":
            raise UnreadableError("package.not-a-zip") from error
        raise
    root = None if MANIFEST in archive else find_app(archive.by_name)
    if root is not None:
        return IosPackage(name, ZipFiles(archive), root, [archive.data], limits)
    members = read_members(archive)
    return _checked(AppPackage(name, [archive.data], members, has_idsig=has_idsig))


def _checked(package: AppPackage) -> AppPackage:
    """Read the manifest, without which nothing else means anything."""
    _ = package.manifest
    return package


def _map(path: Path, limits: Limits) -> memoryview:
    if not path.is_file():
        raise UnreadableError("package.missing")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("package.empty")
    if size > limits.file_bytes:
        raise UnreadableError("package.too-large", size=size, limit=limits.file_bytes)
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise UnreadableError("package.no-access", reason=error.strerror or "") from error
