"""The catalogue of third-party software: what is known about each SDK and library.

The data are the TOML files of ``knowledge/sdks``: one table per entry. A compiled copy is kept in
the user's cache folder under the hash of the data; it is never needed, only quicker.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from analyzers.knowledge.catalogue_entry import Category, Entry, Source
from analyzers.knowledge.catalogue_read import CatalogueError, read_entries

SDKS = Path(__file__).parent / "sdks"
CACHE_FORMAT = b"catalogue 1"


class Catalogue(msgspec.Struct, frozen=True):
    """All entries with the words and sources they use."""

    version: str
    """Hash over the data: equal versions find equal things."""
    entries: dict[str, Entry]
    categories: dict[str, Category]
    sources: dict[str, Source]
    generic: tuple[str, ...]
    """Prefixes of the platform itself and of the runtimes that run an app: they never own."""

    @property
    def verified(self) -> int:
        """Number of entries that count: at least one signature with a source."""
        return sum(entry.counts for entry in self.entries.values())


@cache
def load_catalogue(folder: Path = SDKS, cache_folder: Path | None = None) -> Catalogue:
    """Read the catalogue, from the compiled copy where it fits the data.

    Raises:
        CatalogueError: when a file breaks the schema; the message lists every place.
    """
    files = sorted(folder.rglob("*.toml"))
    version = hash_files(folder, files)
    compiled = (cache_folder or _user_cache()) / f"catalogue-{version}.msgpack"
    found = _read_compiled(compiled)
    if found is not None:
        return found
    catalogue = _compile(folder, files, version)
    _write_compiled(compiled, catalogue)
    return catalogue


def hash_files(folder: Path, files: list[Path]) -> str:
    """Hash names and bytes of data files, 16 hex digits."""
    digest = hashlib.sha256(CACHE_FORMAT)
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _compile(folder: Path, files: list[Path], version: str) -> Catalogue:
    read = read_entries(folder, files)
    return Catalogue(
        version=version,
        entries=read.entries,
        categories=read.categories,
        sources=read.sources,
        generic=read.generic,
    )


def _user_cache() -> Path:
    own = os.environ.get("APPADMIT_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(own) if own else Path(base) / "appadmit"


def _read_compiled(path: Path) -> Catalogue | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Catalogue)
    except (OSError, msgspec.DecodeError):
        return None


def _write_compiled(path: Path, catalogue: Catalogue) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(msgspec.msgpack.encode(catalogue))
        Path(file.name).replace(path)
    except OSError:
        return  # a read-only home only costs the second start


__all__ = ["SDKS", "Catalogue", "CatalogueError", "load_catalogue"]
