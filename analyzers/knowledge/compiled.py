"""Keeps the decoded form of data files in the user's cache, under the hash of what made it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Value = TypeVar("Value")


def load_compiled(
    name: str,
    sources: Iterable[Path],
    kind: type[Value],
    make: Callable[[], Value],
    cache_folder: Path | None = None,
) -> Value:
    """Give what ``make`` makes, from the compiled copy where no source has changed.

    Args:
        name: start of the copy's file name.
        sources: every data and code file that the result follows from.
        kind: type of the result, something msgspec can write.
        make: makes the result; its errors pass through.
        cache_folder: where copies lie; the user's cache when not given.
    """
    digest = hashlib.sha256()
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    copy = (cache_folder or user_cache()) / f"{name}-{digest.hexdigest()[:16]}.msgpack"
    try:
        return msgspec.msgpack.decode(copy.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        value = make()
    _write(copy, value)
    return value


def user_cache() -> Path:
    """Give the folder of this user's caches."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "appadmit"


def _write(path: Path, value: object) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(msgspec.msgpack.encode(value))
        Path(file.name).replace(path)
    except OSError:
        return  # a read-only home only costs the next start
