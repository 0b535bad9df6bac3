"""Matching the catalogue against what a package shows; pure, for Android and iOS alike."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from analyzers.model import Confidence
from analyzers.software.patterns import find_name, make_lowered
from analyzers.software.prefixes import PrefixHit, count_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.knowledge.catalogue import Catalogue
    from analyzers.knowledge.catalogue_entry import Entry
    from analyzers.software.observed import Observed

MANY_CLASSES = 5
"""So many classes under a prefix are the software itself, not a stub."""
SOME_CLASSES = 3
"""So many are likely the software; fewer may be stubs to compile against."""
RENAMED_STRINGS = 3
"""So many of an entry's own strings say that its renamed code is there ..."""
RENAMED_SHARE = 0.2
"""... and at least this share of those the catalogue knows."""

SHORT_MARK = 5
"""iOS marks shorter than this must be met whole."""


class Match(msgspec.Struct, frozen=True):
    """One signature that was found."""

    type: str
    """``class``, ``component``, ``meta``, ``library``, ``asset``, ``domain``, ``string``, ``ios``"""
    value: str
    """The signature as it stands in the catalogue."""
    place: str
    """The class, component, file or string that matched."""
    weak: bool = False


class Detection(msgspec.Struct, frozen=True):
    """One entry of the catalogue that was found."""

    id: str
    matches: tuple[Match, ...]
    confidence: Confidence
    classes: int
    renamed: bool
    via: tuple[str, ...] = ()
    """Found entries that are known to carry this one along."""


class _Seen(msgspec.Struct, frozen=True):
    """The package's names in the shapes the signatures are looked up in."""

    hits: dict[str, PrefixHit]
    present: frozenset[str]
    """Those prefixes that others require under which some class lies."""
    declared: dict[str, PrefixHit]
    """Manifest components under each prefix: R8 keeps their names."""
    components: frozenset[str]
    tails: dict[str, str]
    meta: frozenset[str]
    libraries: dict[str, str]
    files: dict[str, str]
    strings: frozenset[str]
    hosts: dict[str, str]
    symbols: tuple[str, ...]


def match_catalogue(observed: Observed, catalogue: Catalogue) -> tuple[Detection, ...]:
    """Find all entries of the catalogue in a package, in order of their ids."""
    seen = _look(observed, catalogue)
    found = {}
    for entry_id, entry in sorted(catalogue.entries.items()):
        matches = tuple(_match_entry(entry, seen))
        detection = _judge(entry_id, entry, matches, seen, observed) if matches else None
        if detection is not None:
            found[entry_id] = detection
    return tuple(
        msgspec.structs.replace(detection, via=_carriers(entry_id, found, catalogue))
        for entry_id, detection in found.items()
    )


def _look(observed: Observed, catalogue: Catalogue) -> _Seen:
    entries = catalogue.entries.values()
    prefixes = dict.fromkeys(prefix for entry in entries for prefix in entry.classes)
    prefixes.update(dict.fromkeys(name for name in observed.own if name not in prefixes))
    needed = {prefix for entry in entries for prefix in entry.requires.values()}
    return _Seen(
        hits=count_prefixes(observed.classes, prefixes),
        present=frozenset(count_prefixes(observed.classes, needed)),
        declared=count_prefixes(sorted(observed.components), prefixes),
        components=frozenset(observed.components),
        tails={_tail(name): name for name in observed.components},
        meta=frozenset(observed.meta),
        libraries=make_lowered(observed.libraries),
        files=make_lowered(observed.files),
        strings=observed.strings,
        hosts=_suffixes(observed.hosts),
        symbols=tuple(sorted(observed.symbols)),
    )


def _tail(component: str) -> str:
    """The last two segments: ``wxapi.WXEntryActivity`` of any host package."""
    return ".".join(component.split(".")[-2:])


def _suffixes(hosts: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for host in sorted(hosts):
        rest = host
        while rest:
            found.setdefault(rest, host)
            rest = rest.partition(".")[2]
    return found


def _match_entry(entry: Entry, seen: _Seen) -> Iterable[Match]:
    for prefix in entry.classes:
        hit = seen.hits.get(prefix)
        needed = entry.requires.get(prefix)
        if hit is not None and hit.count and (needed is None or needed in seen.present):
            yield Match("class", prefix, hit.example, prefix in entry.weak)
    for component in entry.components:
        if component.startswith("*."):
            real = seen.tails.get(component[2:])
        else:
            real = component if component in seen.components else None
        if real is not None:
            yield Match("component", component, real, component in entry.weak)
    yield from (Match("meta", m, m, m in entry.weak) for m in entry.meta if m in seen.meta)
    yield from _match_files(entry, seen)
    for domain in entry.domains:
        if domain in seen.hosts or domain in seen.strings:
            yield Match("domain", domain, seen.hosts.get(domain, domain), True)
    yield from (Match("string", s, s, True) for s in entry.strings if s in seen.strings)
    for mark in entry.ios:
        real = _find_symbol(mark, seen.symbols)
        if real is not None:
            yield Match("ios", mark, real, mark not in entry.seen)


def _find_symbol(mark: str, symbols: tuple[str, ...]) -> str | None:
    """Find an iOS name: the mark itself, or names that start with it where it is long enough."""
    at = bisect_left(symbols, mark)
    if at == len(symbols) or not symbols[at].startswith(mark):
        return None
    return symbols[at] if symbols[at] == mark or len(mark) >= SHORT_MARK else None


def _match_files(entry: Entry, seen: _Seen) -> Iterable[Match]:
    for type_, patterns, names in (
        ("library", entry.libraries, seen.libraries),
        ("asset", entry.assets, seen.files),
    ):
        for pattern in patterns:
            real = find_name(pattern, names)
            if real is not None:
                yield Match(type_, pattern, real, pattern in entry.weak)


def _judge(
    entry_id: str, entry: Entry, matches: tuple[Match, ...], seen: _Seen, observed: Observed
) -> Detection | None:
    types = {match.type for match in matches if not match.weak}
    classes = sum(seen.hits[m.value].count for m in matches if m.type == "class")
    strings = sum(match.type == "string" for match in matches)
    fingerprint = strings >= max(RENAMED_STRINGS, RENAMED_SHARE * len(entry.strings))
    if classes >= MANY_CLASSES or (classes and types - {"class"}):
        confidence = Confidence.CERTAIN
    elif fingerprint or classes >= SOME_CLASSES or _supported(types, matches, observed):
        confidence = Confidence.LIKELY
    elif types & {"class", "component", "library", "ios"} or any(
        match.type == "ios" for match in matches
    ):
        confidence = Confidence.POSSIBLE
    else:
        return None  # meta-data, hosts or strings alone are no evidence of code
    kept = sum(seen.declared[p].count for p in entry.classes if p in seen.declared)
    renamed = fingerprint and classes - kept < MANY_CLASSES
    return Detection(entry_id, matches, confidence, classes, renamed)


def _supported(types: set[str], matches: tuple[Match, ...], observed: Observed) -> bool:
    """Whether evidence of two kinds stands without classes."""
    if "ios" in types:
        return True
    if "component" in types and observed.code_hidden:
        return True
    others = {match.type for match in matches}
    return bool(types & {"library", "component"}) and len(others - {"class"}) > 1


def _carriers(entry_id: str, found: dict[str, Detection], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(i for i in found if entry_id in catalogue.entries[i].bundles)
