"""Checking the catalogue: what the schema cannot say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.catalogue import SDKS
from analyzers.knowledge.catalogue_entry import ARTIFACT_SOURCES
from analyzers.knowledge.catalogue_read import CatalogueError, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.knowledge.catalogue_entry import Entry
    from analyzers.knowledge.catalogue_read import Read

TYPES_FILE = Path(__file__).with_name("personal_types.toml")
TOO_BROAD = frozenset(
    [
        "com",
        "org",
        "cn",
        "io",
        "net",
        "com.tencent",
        "com.baidu",
        "com.alibaba",
        "com.alipay",
        "com.huawei",
        "com.xiaomi",
        "com.miui",
        "com.bytedance",
        "com.cmcm",
        "com.mob",
        "com.kwai",
        "com.jd",
        "com.netease",
        "com.vivo",
        "com.sdk.mobile",
        "com.security",
        "com.google",
        "com.google.android",
        "com.facebook",
        "com.iflytek",
        "org.json",
    ]
)
"""Namespaces of whole vendors: apps of the vendor itself live there too."""


class Finding(msgspec.Struct, frozen=True):
    """One thing the linter says."""

    level: str
    """``error`` or ``warning``."""
    place: str
    """File and entry."""
    code: str
    detail: str = ""


def lint_catalogue(folder: Path = SDKS) -> tuple[Finding, ...]:
    """Check all files of a catalogue folder; errors first."""
    try:
        read = read_entries(folder, sorted(folder.rglob("*.toml")))
    except CatalogueError as error:
        return tuple(Finding("error", line, "schema") for line in str(error).splitlines())
    types = (
        frozenset(tomllib.loads(TYPES_FILE.read_text("utf-8")))
        if TYPES_FILE.exists()
        else frozenset()
    )
    found = [*_lint_prefixes(read)]
    for entry_id, entry in read.entries.items():
        place = f"{read.files[entry_id]}: {entry_id}"
        found += [Finding("error", place, *problem) for problem in _lint_entry(entry, read, types)]
        if not entry.seen:
            found.append(Finding("warning", place, "never-seen-in-a-file"))
    return tuple(sorted(found, key=lambda finding: finding.level))


def _lint_prefixes(read: Read) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    marks: dict[str, str] = {}
    for entry_id, entry in read.entries.items():
        place = f"{read.files[entry_id]}: {entry_id}"
        for mark in entry.ios:
            if marks.setdefault(mark, entry_id) != entry_id:
                yield Finding("error", place, "same-ios-mark", f"{mark} is {marks[mark]}'s")
        for prefix in entry.classes:
            if prefix in owners:
                yield Finding("error", place, "same-prefix", f"{prefix} is {owners[prefix]}'s")
            owners.setdefault(prefix, entry_id)
            if prefix in TOO_BROAD:
                yield Finding("error", place, "prefix-too-broad", prefix)
            if prefix in read.generic:
                yield Finding("error", place, "prefix-of-the-platform", prefix)
            if not re.fullmatch(r"[A-Za-z_$][\w$-]*(\.[\w$-]+)*", prefix):
                yield Finding("error", place, "bad-prefix", prefix)


def _lint_entry(entry: Entry, read: Read, types: frozenset[str]) -> Iterator[tuple[str, str]]:
    signatures = frozenset(entry.signatures)
    if not entry.sources:
        yield "no-source", ""
    yield from (("unknown-source", s) for s in _unknown_sources(entry.sources, read))
    yield from (
        ("unknown-source", s) for s in entry.seen.values() if not s.startswith(ARTIFACT_SOURCES)
    )
    if bool(entry.strings) != bool(entry.strings_from):
        yield "strings-without-source", ""
    yield from (("weak-is-no-signature", name) for name in entry.weak if name not in signatures)
    yield from (("seen-is-no-signature", name) for name in entry.seen if name not in signatures)
    yield from (("requires-is-no-prefix", p) for p in entry.requires if p not in entry.classes)
    yield from (("doubled", name) for name in signatures if _count(entry, name) > 1)
    yield from (("unknown-type", name) for name in entry.types if types and name not in types)
    if bool(entry.types) != bool(entry.types_source):
        yield "types-without-source", ""
    if bool(entry.delay_init) != bool(entry.delay_source):
        yield "delay-without-source", ""
    if entry.tracker and not entry.tracker_reason:
        yield "tracker-without-reason", ""
    for place in entry.versions:
        try:
            pattern = re.compile(place.pattern)
        except re.error as error:
            yield "bad-pattern", f"{place.pattern}: {error}"
        else:
            if place.pattern and not pattern.groups:
                yield "bad-pattern", f"{place.pattern}: no group"


def _unknown_sources(sources: Iterable[str], read: Read) -> Iterator[str]:
    for source in sources:
        known = source in read.sources or source.startswith((*ARTIFACT_SOURCES, "repo:"))
        if not known:
            yield source


def _count(entry: Entry, name: str) -> int:
    return max(
        group.count(name)
        for group in (entry.classes, entry.components, entry.meta, entry.libraries, entry.strings)
    )
