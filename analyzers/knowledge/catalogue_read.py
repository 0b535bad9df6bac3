"""Reading the catalogue's TOML files, with every mistake collected before it is told."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from analyzers.knowledge.catalogue_entry import KINDS, Category, Entry, Source

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


class CatalogueError(ValueError):
    """A data file breaks the schema; the message has one line per mistake with its place."""


class Read(msgspec.Struct, frozen=True):
    """What the files of one folder hold."""

    entries: dict[str, Entry]
    categories: dict[str, Category]
    sources: dict[str, Source]
    generic: tuple[str, ...]
    files: dict[str, str]
    """Entry id -> file it stands in."""


def read_entries(folder: Path, files: list[Path]) -> Read:
    """Read all files of a catalogue folder.

    Raises:
        CatalogueError: with every mistake of every file.
    """
    problems: list[str] = []
    read = Read({}, {}, {}, (), {})
    generic: tuple[str, ...] = ()
    for path in files:
        place = path.relative_to(folder).as_posix()
        try:
            document = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(f"{place}: {error}")
            continue
        if path.name == "categories.toml":
            read.categories.update(_read_table(place, document, Category, problems))
        elif path.name == "sources.toml":
            read.sources.update(_read_table(place, document, Source, problems))
        elif path.name == "generic.toml":
            generic = tuple(document.get("prefixes", ()))
        else:
            _add_entries(read, place, _read_table(place, document, Entry, problems), problems)
    _check_words(read, problems)
    if problems:
        raise CatalogueError("\n".join(problems))
    return msgspec.structs.replace(read, generic=generic)


def _read_table(
    place: str, document: dict[str, Any], model: type[T], problems: list[str]
) -> dict[str, T]:
    rows: dict[str, T] = {}
    for name, row in document.items():
        try:
            rows[name] = msgspec.convert(row, model)
        except msgspec.ValidationError as error:
            problems.append(f"{place}: {name}: {error}")
    return rows


def _add_entries(read: Read, place: str, rows: dict[str, Entry], problems: list[str]) -> None:
    for name, entry in rows.items():
        if name in read.entries:
            problems.append(f"{place}: {name} stands in {read.files[name]} already")
            continue
        read.entries[name] = entry
        read.files[name] = place


def _check_words(read: Read, problems: list[str]) -> None:
    for name, entry in read.entries.items():
        place = f"{read.files[name]}: {name}"
        if entry.kind not in KINDS:
            problems.append(f"{place}: unknown kind {entry.kind}")
        if read.categories and entry.category not in read.categories:
            problems.append(f"{place}: unknown category {entry.category}")
        problems += [
            f"{place}: bundles unknown entry {other}"
            for other in entry.bundles
            if other not in read.entries
        ]
