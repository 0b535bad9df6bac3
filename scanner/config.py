"""Where things lie, and the limits under which hostile input is read."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from functools import cache
from pathlib import Path

import msgspec

import analyzers
from scanner import __version__

DEFAULT_PROFILE = "admission"
DEFAULT_SCHOOL = "whut"
DEFAULT_OUT = Path("appadmit-out")


class ReaderLimits(msgspec.Struct, frozen=True):
    """Bounds of the child process that reads an app."""

    cpu_seconds: int = 120
    wall_seconds: float = 240.0
    address_space: int = 6 << 30
    """Bytes of address space."""
    result_bytes: int = 64 << 20
    """Most bytes the child may answer."""
    facts_per_analyzer: int = 20_000


def workspace_dir() -> Path:
    """Give the folder of stored results: ``$APPADMIT_HOME`` or the user's data folder."""
    home = os.environ.get("APPADMIT_HOME")
    return Path(home) if home else _base_dir("XDG_DATA_HOME", ".local/share")


def cache_dir() -> Path:
    """Give the folder of what can be made anew: ``$APPADMIT_CACHE`` or the user's cache."""
    place = os.environ.get("APPADMIT_CACHE")
    return Path(place) if place else _base_dir("XDG_CACHE_HOME", ".cache")


def _base_dir(variable: str, fallback: str) -> Path:
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Application Support"
    else:
        given = os.environ.get(variable, "")
        root = Path(given) if Path(given).is_absolute() else Path.home() / fallback
    return root / "appadmit"


def tool_version() -> str:
    """Give the version of AppAdmit."""
    return __version__


def python_version() -> str:
    """Give the version of the interpreter."""
    return platform.python_version()


def lists_dir() -> Path:
    """Give the folder of imported foreign lists (``knowledge import-exodus``)."""
    return workspace_dir() / "knowledge" / "foreign"


def knowledge_hash() -> str:
    """Give the hash of everything that can change what the analyzers find.

    16 hex digits for our own code and data, and 8 more where lists were imported: a stored
    result may stand for a new scan only when all are the same.
    """
    lists = sorted(lists_dir().glob("*.json")) if lists_dir().is_dir() else []
    if not lists:
        return _own_hash()
    digest = hashlib.sha256()
    for path in lists:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{_own_hash()}-{digest.hexdigest()[:8]}"


@cache
def _own_hash() -> str:
    """Hash the analyzers' code and data."""
    root = Path(analyzers.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
