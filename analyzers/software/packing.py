"""Recognising packers and protectors; pure.

Two kinds of evidence (library, stub class, asset, mark inside a library) are certain; a stub class
alone is likely; a library or an asset alone is only possible. Names too common count only beside
another kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.model import Confidence
from analyzers.software.match import Match
from analyzers.software.patterns import find_name, make_lowered
from analyzers.software.prefixes import count_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analyzers.knowledge.packers import Packer
    from analyzers.software.observed import Observed


MANY_MISSING = 0.5
FEW_COMPONENTS = 3


class Packing(msgspec.Struct, frozen=True):
    """One packer that was found."""

    id: str
    matches: tuple[Match, ...]
    confidence: Confidence


class Marks(msgspec.Struct, frozen=True):
    """What was read inside native libraries: mark -> path of the library."""

    elf: dict[str, str] = {}
    magic: dict[str, str] = {}


NO_MARKS = Marks()


def match_packers(
    observed: Observed, packers: Mapping[str, Packer], marks: Marks = NO_MARKS
) -> tuple[Packing, ...]:
    """Find all packers in a package, in order of their ids."""
    stubs = _find_stubs(observed, packers.values())
    libraries = make_lowered(observed.libraries)
    files = make_lowered(observed.files)
    found = []
    for packer_id, packer in sorted(packers.items()):
        matches = tuple(_match_one(packer, stubs, libraries, files, marks))
        confidence = _judge(matches)
        if confidence is not None:
            found.append(Packing(packer_id, matches, confidence))
    return tuple(found)


def is_code_hidden(observed: Observed, packers: Mapping[str, Packer]) -> bool:
    """Whether a packer hides the code, or most declared classes are not in the readable part."""
    sure = (
        packers[found.id].hides_code and found.confidence != Confidence.POSSIBLE
        for found in match_packers(observed, packers)
    )
    return any(sure) or is_mostly_missing(observed)


def is_mostly_missing(observed: Observed) -> bool:
    """Whether most of the declared components have no class in the readable code."""
    missing = len(find_missing(observed))
    return missing >= FEW_COMPONENTS and missing > MANY_MISSING * len(observed.components)


def find_missing(observed: Observed) -> tuple[str, ...]:
    """Give the declared components whose classes are not in the readable code."""
    return tuple(name for name in observed.components if name not in observed.classes)


def _find_stubs(observed: Observed, packers: Iterable[Packer]) -> dict[str, str]:
    """Map stub classes, in lower case, to what was found: defined classes and components."""
    wanted = [name for packer in packers for name in packer.classes]
    defined = count_prefixes(observed.classes, wanted).values()
    declared = count_prefixes(
        sorted({name.lower() for name in observed.components}), [name.lower() for name in wanted]
    )
    return {hit.prefix.lower(): hit.example for hit in (*defined, *declared.values())}


def _match_one(
    packer: Packer,
    stubs: Mapping[str, str],
    libraries: Mapping[str, str],
    files: Mapping[str, str],
    marks: Marks,
) -> Iterable[Match]:
    for name in packer.classes:
        if name.lower() in stubs:
            yield Match("class", name, stubs[name.lower()], name in packer.weak)
    for type_, patterns, names in (
        ("library", packer.libraries, libraries),
        ("asset", packer.assets, files),
    ):
        for pattern in patterns:
            real = find_name(pattern, names)
            if real is not None:
                yield Match(type_, pattern, real, pattern in packer.weak)
    for type_, wanted, read in (
        ("elf", packer.elf, marks.elf),
        ("magic", packer.magic, marks.magic),
    ):
        yield from (Match(type_, mark, read[mark]) for mark in wanted if mark in read)


def _judge(matches: tuple[Match, ...]) -> Confidence | None:
    strong = {match.type for match in matches if not match.weak}
    kinds = {match.type for match in matches}
    if not strong:
        return Confidence.POSSIBLE if len(kinds) > 1 else None
    if len(kinds) > 1:
        return Confidence.CERTAIN
    return Confidence.LIKELY if strong & {"class", "magic"} else Confidence.POSSIBLE
