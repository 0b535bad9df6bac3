"""What imported foreign lists (Exodus, LibChecker) see in a package, said in their own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Confidence, Evidence, Location, make_fact, shorten
from analyzers.software.prefixes import count_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.knowledge.foreign import ForeignList, ForeignSignature
    from analyzers.model import Fact
    from analyzers.software.observed import Observed

ID = "software.foreign"
MAX_EVIDENCE = 12


def match_foreign(observed: Observed, lists: Iterable[ForeignList]) -> Iterator[Fact]:
    """State what each list recognises; one fact per list and label, with the list's licence.

    Hosts alone give no fact, as with the catalogue of our own.
    """
    for foreign in lists:
        hits = _find(observed, foreign.signatures)
        by_label: dict[str, list[tuple[ForeignSignature, str]]] = {}
        for signature, place in hits:
            by_label.setdefault(signature.label, []).append((signature, place))
        for label, found in sorted(by_label.items()):
            if any(signature.type != "domain" for signature, _ in found):
                yield _make_fact(foreign, label, found)


def _find(
    observed: Observed, signatures: tuple[ForeignSignature, ...]
) -> Iterator[tuple[ForeignSignature, str]]:
    prefixes = {signature.value for signature in signatures if signature.type == "class"}
    classes = {p: hit.example for p, hit in count_prefixes(observed.classes, prefixes).items()}
    names = {
        "class": classes,
        "component": {name: name for name in observed.components},
        "library": observed.libraries,
        "domain": {host: host for host in observed.hosts},
    }
    for signature in signatures:
        place = names.get(signature.type, {}).get(signature.value)
        if place is not None:
            yield signature, place


def _make_fact(foreign: ForeignList, label: str, found: list[tuple[ForeignSignature, str]]) -> Fact:
    number = next((s.number for s, _ in found if s.number is not None), None)
    return make_fact(
        "software.foreign",
        shorten(label, 200),
        analyzer=ID,
        confidence=Confidence.LIKELY,
        evidence=[_make_evidence(s, place) for s, place in found[:MAX_EVIDENCE]],
        list=foreign.name,
        licence=foreign.licence,
        number=number,
        signatures=[f"{s.type}:{s.value}" for s, _ in found],
    )


def _make_evidence(signature: ForeignSignature, place: str) -> Evidence:
    if signature.type == "library":
        return Evidence(location=Location(file=place), excerpt=shorten(signature.value))
    file = "AndroidManifest.xml" if signature.type == "component" else "classes.dex"
    return Evidence(location=Location(file=file, place=place), excerpt=shorten(signature.value))
