"""Hashes of the input, taken before anything reads it as an app."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.ipa import INFO, list_files
from scanner.errors import UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20
MAX_BYTES = 8 << 30
"""Larger files are refused: no store takes them, and hashing them is no use."""


class Fingerprint(msgspec.Struct, frozen=True):
    """What names a file."""

    sha256: str
    md5: str
    size: int
    """Bytes."""
    name: str


def read_fingerprint(path: Path) -> Fingerprint:
    """Hash a regular file, or the packages of a folder as one set.

    Raises:
        UnreadableInput: when there is no such file, or it is not a readable regular file.
    """
    sha256, md5, size = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _read_folder(path)
        if not stat.S_ISREG(mode):
            raise UnreadableInput("input.not_regular", file=str(path))
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > MAX_BYTES:
                    raise UnreadableInput("input.too_large", file=str(path), most=MAX_BYTES)
                sha256.update(chunk)
                md5.update(chunk)
    except FileNotFoundError as error:
        raise UnreadableInput("input.missing", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableInput("input.os_error", file=str(path), reason=reason) from error
    if size == 0:
        raise UnreadableInput("input.empty", file=str(path))
    return Fingerprint(sha256=sha256.hexdigest(), md5=md5.hexdigest(), size=size, name=path.name)


def _read_folder(folder: Path) -> Fingerprint:
    """Name a split set or an .app folder: by the sorted hashes of its files, as the readers do."""
    if (folder / INFO).is_file():
        paths = [path for _, path in list_files(folder) if path.stat().st_size]
    else:
        paths = sorted(each for each in folder.iterdir() if each.suffix.lower() == ".apk")
    if not paths:
        raise UnreadableInput("input.folder", file=str(folder))
    members = [read_fingerprint(path) for path in paths if not path.is_dir()]
    if len(members) == 1:
        return msgspec.structs.replace(members[0], name=folder.name)
    joined = "".join(sorted(member.sha256 for member in members)).encode()
    return Fingerprint(
        sha256=hashlib.sha256(joined).hexdigest(),
        md5=hashlib.md5(joined, usedforsecurity=False).hexdigest(),
        size=sum(member.size for member in members),
        name=folder.name,
    )
