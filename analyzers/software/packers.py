"""Packers and protectors of a package, as facts, and what they keep from being judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.knowledge.packers import load_packers
from analyzers.model import Confidence, Evidence, Location, make_fact, make_limitation, shorten
from analyzers.software.library_marks import read_marks
from analyzers.software.observe import observe_names
from analyzers.software.packing import find_missing, is_mostly_missing, match_packers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.knowledge.packers import Packer
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage
    from analyzers.software.match import Match
    from analyzers.software.packing import Packing

ID = "software.packers"
HIDDEN = ("code", "software.sdks", "content")
"""Coverage names whose silence means nothing while the code is hidden."""


def extract(package: AppPackage) -> Iterable[Fact | Limitation]:
    """State packers, and what cannot be judged because of them."""
    packers = load_packers()
    observed = observe_names(package)
    missing = find_missing(observed)
    counts = {"components": len(observed.components), "missing": len(missing)}
    hidden = False
    for packing in match_packers(observed, packers, read_marks(package, packers.values())):
        packer = packers[packing.id]
        yield make_packer_fact(packing, packer)
        if packer.hides_code and packing.confidence != Confidence.POSSIBLE:
            hidden = True
            yield make_limitation(
                "software.packed", analyzer=ID, hides=HIDDEN, packer=packer.name, **counts
            )
    if not hidden and is_mostly_missing(observed):
        yield make_limitation("software.code-missing", analyzer=ID, hides=HIDDEN, **counts)


def make_packer_fact(packing: Packing, packer: Packer) -> Fact:
    """Make the fact of one packer."""
    return make_fact(
        "software.packer",
        packing.id,
        analyzer=ID,
        confidence=packing.confidence,
        evidence=[_make_evidence(match) for match in packing.matches],
        name=packer.name,
        vendor=packer.vendor,
        method=packer.kind,
        signatures=[f"{match.type}:{match.value}" for match in packing.matches],
        hides_code=packer.hides_code,
    )


def _make_evidence(match: Match) -> Evidence:
    if match.type == "class":
        return Evidence(location=Location(file="classes.dex", place=match.place))
    return Evidence(location=Location(file=match.place), excerpt=shorten(match.value))
