"""Known-vulnerable versions among the found SDKs and libraries, after an imported list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import make_fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.knowledge.advisories import Advisory
    from analyzers.model import Fact

ID = "software.vulnerable"


def derive_vulnerable(facts: Iterable[Fact], advisories: Iterable[Advisory]) -> Iterable[Fact]:
    """State which found versions an advisory list marks; no list, no claim.

    Args:
        facts: facts of one sample; ``software.sdk`` and ``software.library`` are looked at.
        advisories: an imported list.
    """
    by_coordinate: dict[str, list[Advisory]] = {}
    for advisory in advisories:
        by_coordinate.setdefault(advisory.coordinate, []).append(advisory)
    for fact in facts:
        if fact.kind not in ("software.sdk", "software.library"):
            continue
        coordinate = str(fact.fields["purl"]).removeprefix("pkg:maven/").partition("@")[0]
        version = str(fact.fields["version"])
        for advisory in by_coordinate.get(coordinate.replace("/", ":"), ()):
            fixed = advisory.covers(version)
            if fixed is not None:
                yield _make_vulnerable(fact, advisory, version, fixed)


def _make_vulnerable(fact: Fact, advisory: Advisory, version: str, fixed: str) -> Fact:
    return make_fact(
        "software.vulnerable",
        fact.subject,
        analyzer=ID,
        confidence=fact.confidence,
        evidence=fact.evidence[:1],
        advisory=advisory.id,
        version=version,
        fixed=fixed,
        severity=advisory.severity,
    )
