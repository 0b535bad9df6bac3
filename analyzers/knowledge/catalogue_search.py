"""Looking things up in the catalogue, and comparing two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.knowledge.catalogue import Catalogue
    from analyzers.knowledge.catalogue_entry import Entry

MAX_HITS = 200


class Hit(msgspec.Struct, frozen=True):
    """One entry that a search found."""

    id: str
    name: str
    vendor: str
    category: str
    where: str
    """What matched: a name, the vendor, or a signature."""


class Change(msgspec.Struct, frozen=True):
    """How an entry differs between two catalogues."""

    id: str
    kind: str
    """``added``, ``removed`` or ``changed``."""
    added: tuple[str, ...] = ()
    """Signatures that came."""
    removed: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Other fields that differ."""


def search_catalogue(catalogue: Catalogue, text: str) -> tuple[Hit, ...]:
    """Find entries by name, vendor or signature, without case.

    A full class name finds the entry whose prefix it lies under.
    """
    wanted = text.strip().lower()
    hits = []
    for entry_id, entry in sorted(catalogue.entries.items()):
        where = _find(entry_id, entry, wanted) if wanted else None
        if where is not None:
            name = entry.name_zh or entry.name_en
            hits.append(Hit(entry_id, name, entry.vendor, entry.category, where))
    return tuple(hits[:MAX_HITS])


def _find(entry_id: str, entry: Entry, wanted: str) -> str | None:
    for value in (entry_id, entry.name_zh, entry.name_en, entry.vendor):
        if wanted in value.lower():
            return value
    for signature in entry.signatures:
        lowered = signature.lower()
        if wanted in lowered or (signature in entry.classes and wanted.startswith(lowered + ".")):
            return signature
    return None


def diff_catalogues(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """List what came, went and changed, in order of ids."""
    changes = []
    for entry_id in sorted({*old.entries, *new.entries}):
        before, after = old.entries.get(entry_id), new.entries.get(entry_id)
        if before is None or after is None:
            changes.append(Change(entry_id, "added" if before is None else "removed"))
        elif before != after:
            changes.append(_compare(entry_id, before, after))
    return tuple(changes)


def _compare(entry_id: str, before: Entry, after: Entry) -> Change:
    old, new = set(before.signatures), set(after.signatures)
    fields = tuple(_differing(before, after))
    return Change(entry_id, "changed", tuple(sorted(new - old)), tuple(sorted(old - new)), fields)


def _differing(before: Entry, after: Entry) -> Iterable[str]:
    lists = ("classes", "components", "meta", "libraries", "assets", "domains", "strings", "ios")
    for name in before.__struct_fields__:
        if name not in lists and getattr(before, name) != getattr(after, name):
            yield name
