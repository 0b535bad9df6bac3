"""The reading side: runs in a child process, takes one app file, answers facts.

Started as ``python -m scanner.examine`` with a request as one JSON line on standard input.
Answers JSON lines on standard output: ``Step`` while it works, then one ``Answer``.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.kinds import check_fact
from analyzers.model import Coverage, CoverageState, Fact, Limitation, Sample, make_limitation
from scanner.config import ReaderLimits

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzers.package import AppPackage, IosPackage
    from analyzers.registry import Analyzer


class Request(msgspec.Struct, frozen=True):
    """What is to be read, and under which limits."""

    path: str
    limits: ReaderLimits = ReaderLimits()
    only: tuple[str, ...] = ()
    """Ids of analyzers to run; empty for all."""
    mapping: str = ""
    """Path of an R8 mapping.txt; empty for none."""
    foreign: str = ""
    """Folder of imported lists (``knowledge import-exodus``); empty for none."""


class Step(msgspec.Struct, frozen=True, tag="step"):
    """Analyzer ``done`` of ``total`` begins."""

    name: str
    done: int
    total: int


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    """What was found in the file."""

    sample: Sample
    facts: tuple[Fact, ...]
    limitations: tuple[Limitation, ...]
    coverage: tuple[Coverage, ...]


class Unreadable(msgspec.Struct, frozen=True, tag="unreadable"):
    """No device could read this file either, and why."""

    code: str
    params: dict[str, str | int]


Message = Step | Answer | Unreadable


def examine(
    request: Request, tell: Callable[[Step], None], unconfined: tuple[str, ...] = ()
) -> Answer | Unreadable:
    """Open the package and run every analyzer for its platform, one after the other.

    Args:
        request: the file and the limits.
        tell: called before each analyzer.
        unconfined: measures of ``confine`` that are not in force; they become a limitation.
    """
    from analyzers.formats.errors import UnreadableError
    from analyzers.package import open_package
    from analyzers.registry import ANALYZERS

    try:
        package = open_package(Path(request.path), mapping=_mapping_path(request))
        sample = package.sample()
    except UnreadableError as error:
        return Unreadable(code=error.code, params=dict(error.params))
    foreign = (make_foreign_analyzer(Path(request.foreign)),) if request.foreign else ()
    chosen = [
        analyzer
        for analyzer in (*ANALYZERS, *foreign)
        if sample.platform in analyzer.platforms
        and (not request.only or analyzer.id in request.only)
    ]
    facts: dict[str, Fact] = {}
    limitations: dict[str, Limitation] = {}
    coverage: list[Coverage] = []
    for done, analyzer in enumerate(chosen):
        tell(Step(name=analyzer.id, done=done, total=len(chosen)))
        found, missed = run_analyzer(analyzer, package, request.limits.facts_per_analyzer)
        facts.update((fact.id, fact) for fact in found)
        limitations.update((item.id, item) for item in missed)
        coverage.append(_coverage_of(analyzer.id, missed))
    for measure in unconfined:
        item = make_limitation("scan.unconfined", analyzer="scan", measure=measure)
        limitations[item.id] = item
    return Answer(
        sample=sample,
        facts=tuple(facts.values()),
        limitations=tuple(limitations.values()),
        coverage=tuple(coverage),
    )


def make_foreign_analyzer(folder: Path) -> Analyzer:
    """Make the analyzer of the lists a person imported; they speak in their own name."""
    from analyzers.knowledge.catalogue import load_catalogue
    from analyzers.knowledge.foreign import load_lists
    from analyzers.registry import Analyzer
    from analyzers.software.foreign_match import ID, match_foreign
    from analyzers.software.observe import observe_android

    lists = load_lists(folder)
    return Analyzer(
        id=ID,
        platforms=("android",),
        kinds=("software.foreign",),
        doc="What imported lists recognise.",
        extract=lambda package: match_foreign(observe_android(package, load_catalogue()), lists),
    )


def run_analyzer(
    analyzer: Analyzer, package: AppPackage | IosPackage, most: int
) -> tuple[list[Fact], list[Limitation]]:
    """Run one analyzer; its crash becomes a limitation, what it found before stays.

    Facts that break their kind's contract count as a crash too: they are a fault of ours.
    """
    facts: list[Fact] = []
    limitations: list[Limitation] = []
    try:
        for item in analyzer.extract(package):
            if isinstance(item, Limitation):
                limitations.append(item)
            elif len(facts) >= most:
                limitations.append(
                    make_limitation("facts.truncated", analyzer=analyzer.id, most=most)
                )
                break
            else:
                _check(analyzer, item)
                facts.append(item)
    except Exception as error:  # noqa: BLE001  (the one place that catches per analyzer, DESIGN §8.9)
        if os.environ.get("APPADMIT_DEBUG"):
            traceback.print_exc()
        limitations.append(
            make_limitation(
                "analyzer.crashed",
                analyzer=analyzer.id,
                hides=(analyzer.id,),
                name=analyzer.id,
                error=type(error).__name__,
            )
        )
    return facts, limitations


def _check(analyzer: Analyzer, fact: Fact) -> None:
    problems = check_fact(fact)
    if fact.kind not in analyzer.kinds:
        problems.append(f"{analyzer.id} may not state {fact.kind}")
    if problems:
        raise ValueError("; ".join(problems))


def _coverage_of(name: str, missed: list[Limitation]) -> Coverage:
    crashed = any(item.code == "analyzer.crashed" for item in missed)
    state = CoverageState.PARTIAL if missed else CoverageState.FULL
    return Coverage(
        name=name,
        state=CoverageState.NONE if crashed else state,
        limitations=tuple(item.id for item in missed),
    )


def _mapping_path(request: Request) -> Path | None:
    return Path(request.mapping) if request.mapping else None


def main() -> None:
    """Answer the one request on standard input."""
    from analyzers.knowledge.preload import load_all
    from scanner.confine import confine_process

    request = msgspec.json.decode(sys.stdin.buffer.readline(), type=Request)
    out = sys.stdout.buffer
    # What a library prints must not reach the channel.
    sys.stdout = sys.stderr
    load_all()  # trusted data and its caches, while files can still be written
    unconfined = tuple(confine_process(request.limits))

    def tell(message: Message) -> None:
        out.write(msgspec.json.encode(message) + b"\n")
        out.flush()

    tell(examine(request, tell, unconfined))


if __name__ == "__main__":
    main()
