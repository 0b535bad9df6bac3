"""Where an iOS app lies: in an .ipa, in a zipped bundle or in a plain .app folder."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.formats.zip import ZipArchive

INFO = "Info.plist"
ROOT = re.compile(r"(?:\./)?(?:Payload/)?[^/]+\.app/Info\.plist")
FRAMEWORK = re.compile(r"Frameworks/([^/]+)\.framework/")
PLUGIN = re.compile(r"(?:PlugIns|Extensions)/([^/]+)\.appex/")
LIBRARY = re.compile(r"(?:Frameworks/)?([^/]+\.dylib)")


class Files(Protocol):
    """Named contents, of a zip or of a folder."""

    names: tuple[str, ...]

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of a file."""

    def size_of(self, name: str) -> int:
        """Give its size in bytes."""


class ZipFiles:
    """The files of a zip."""

    def __init__(self, archive: ZipArchive) -> None:
        self._archive = archive
        self.names = tuple(name for name in archive.by_name if not name.endswith("/"))

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of a file; see ZipArchive.read."""
        return self._archive.read(name, limit)

    def size_of(self, name: str) -> int:
        """Give its size in bytes, as the directory states it."""
        return self._archive.by_name[name].size


class FolderFiles:
    """The regular files below a folder, links left out."""

    def __init__(self, folder: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        """List the files.

        Raises:
            UnreadableError: there are more than an archive may hold.
        """
        self.folder = folder
        self._limits = limits
        self.paths = {f"{folder.name}/{name}": path for name, path in list_files(folder)}
        if len(self.paths) > limits.entries:
            raise UnreadableError("package.too-large", size=len(self.paths), limit=limits.entries)
        self.names = tuple(self.paths)

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of a file.

        Raises:
            KeyError: there is none of the name.
            FormatError: it is larger than the limit or cannot be read.
        """
        path, allowed = self.paths[name], self._limits.entry_bytes if limit is None else limit
        try:
            if path.stat().st_size > allowed:
                raise FormatError("folder.file-too-large", entry=name)
            return path.read_bytes()
        except OSError as error:
            raise FormatError("folder.file-unreadable", entry=name) from error

    def size_of(self, name: str) -> int:
        """Give its size in bytes."""
        return self.paths[name].stat().st_size


def list_files(folder: Path) -> list[tuple[str, Path]]:
    """Give relative name and path of every regular file below a folder, links left out, sorted."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                found.append((path.relative_to(folder).as_posix(), path))
    return sorted(found)


def find_app(names: Iterable[str]) -> str | None:
    """Give the folder of the app bundle with its slash; None where there is no iOS app.

    Raises:
        UnreadableError: there are several.
    """
    roots = sorted(name.removesuffix(INFO) for name in names if ROOT.fullmatch(name))
    if len(roots) > 1:
        apps = ", ".join(root.rstrip("/").rpartition("/")[2] for root in roots[:5])
        raise UnreadableError("package.several", packages=apps)
    return roots[0] if roots else None
