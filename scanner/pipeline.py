"""The way from an app file to its report, on one screen.

file ─ read ─ analyse ─ (observe) ─ facts ─ derive ─ judge ─ assessment ─ report
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from analyzers.model import (
    CoverageState,
    Fact,
    FactSet,
    Limitation,
    Sample,
    Versions,
    make_limitation,
)
from profiles.model import Assessment
from profiles.override import apply_overrides
from profiles.rules import Profile
from scanner import config
from scanner.errors import UnreadableInput
from scanner.examine import Request
from scanner.fingerprint import Fingerprint, read_fingerprint
from scanner.inputs.journal import NOTHING_GIVEN, DeclarationGiven, Given, Journal
from scanner.reader import Reader, ReaderDied
from scanner.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.progress import Progress


class Watcher(Protocol):
    """What runs an app (``scanner/observe.py``); loaded only where a run is wanted."""

    def observe(self, path: Path, facts: FactSet, progress: Progress) -> FactSet:
        """Run the app and give the facts with those of the run."""


class ScanRequest(msgspec.Struct, frozen=True):
    """What is to be scanned, judged and written."""

    path: Path
    profile: Profile
    workspace: Workspace
    out: Path | None
    """Folder for the report files; None writes none."""
    formats: tuple[str, ...]
    lang: str
    fresh: bool = False
    """Read the app again even where facts of the same versions are stored."""
    mapping: Path | None = None
    """R8 mapping.txt that turns names back."""
    declaration: Path | None = None
    """The applicant's declaration (YAML or XLSX); kept with the sample."""
    observer: Watcher | None = None
    """Runs the app and adds what it did; None where no run is wanted."""
    limits: config.ReaderLimits = config.ReaderLimits()


class ScanResult(msgspec.Struct, frozen=True):
    """What came of one scan."""

    assessment: Assessment
    files: tuple[Path, ...]
    reused: bool
    """Stored facts were used again."""


def scan(request: ScanRequest, progress: Progress) -> ScanResult:
    """Scan one app file and write its reports.

    Raises:
        UnreadableInput: no device could read the file, or the declaration is faulty.
        EnvironmentProblem: the workspace or the output folder does not take the result.
    """
    try:
        progress.stage("read")
        fingerprint = read_fingerprint(request.path)
        request.workspace.check_writable()
        if request.mapping is not None and not request.mapping.is_file():
            raise UnreadableInput("input.missing", file=str(request.mapping))
        journal = Journal(request.workspace, fingerprint.sha256)
        declared = _read_declaration(request.declaration)
        facts, reused = _gather(request, fingerprint, progress)
        if declared:
            journal.add(declared)
        progress.stage("judge")
        assessment = judge(facts, request.profile, journal.read())
        request.workspace.store_assessment(assessment)
        progress.stage("report")
        from scanner.publish import publish

        files = publish(assessment, request.out, request.formats, request.lang)
        return ScanResult(assessment=assessment, files=files, reused=reused)
    finally:
        progress.finished()


def judge(facts: FactSet, profile: Profile, given: Given = NOTHING_GIVEN) -> Assessment:
    """Derive and judge: facts to assessment, without the app.

    Args:
        facts: what the analyzers found.
        profile: the rules.
        given: declarations, documents, answers and decisions of people.
    """
    from profiles.evaluate import evaluate

    now = datetime.now(UTC).astimezone()
    known = {fact.id: fact for fact in (*facts.facts, *given.facts)}
    known.update((fact.id, fact) for fact in _find_vulnerable(facts))
    everything = msgspec.structs.replace(facts, facts=tuple(known.values()))
    assessment = evaluate(everything, profile, created=now)
    return apply_overrides(assessment, given.overrides, profile, on=now.date())


def _find_vulnerable(facts: FactSet) -> Iterable[Fact]:
    """Look versions up in the advisories a person imported; without them nothing is claimed."""
    folder = config.lists_dir().parent
    if not folder.is_dir():
        return ()
    from analyzers.knowledge.advisories import load_advisories
    from analyzers.software.vulnerable import derive_vulnerable

    return derive_vulnerable(facts.facts, load_advisories(folder))


def _read_declaration(path: Path | None) -> DeclarationGiven | None:
    if path is None:
        return None
    from scanner.inputs.declaration import read_declaration
    from scanner.inputs.declared_facts import make_declared_facts

    facts = make_declared_facts(read_declaration(path), path.name)
    return DeclarationGiven(file=path.name, facts=facts)


def _gather(
    request: ScanRequest, fingerprint: Fingerprint, progress: Progress
) -> tuple[FactSet, bool]:
    """Take stored facts where they stand for a new scan; else read the app, and run it if asked."""
    store, versions, observed = request.workspace, current_versions(), request.observer is not None
    stored = store.facts_path(fingerprint.sha256, versions, observed=observed)
    unread = store.facts_path(fingerprint.sha256, versions)
    again = request.fresh or request.mapping is not None
    if stored.is_file() and not again:
        return _named(store.load_facts(stored), request.path), True
    if unread.is_file() and not again:
        facts = _named(store.load_facts(unread), request.path)
    else:
        progress.stage("analyse")
        facts = _read(request, fingerprint, versions, progress)
        if _is_whole(facts, request):
            store.store_facts(facts)
    if request.observer and facts.coverage:
        progress.stage("observe")
        facts = request.observer.observe(request.path, facts, progress)
        ran = any(fact.fields["phases"] for fact in facts.of_kind("runtime.run"))
        if ran and _is_whole(facts, request):
            store.store_facts(facts, observed=True)
    return facts, False


def _named(facts: FactSet, path: Path) -> FactSet:
    """Give stored facts under the name the file has now."""
    return msgspec.structs.replace(
        facts, sample=msgspec.structs.replace(facts.sample, name=path.name)
    )


def _is_whole(facts: FactSet, request: ScanRequest) -> bool:
    """Tell whether facts may stand for a later scan: nothing crashed, no names turned back."""
    crashed = any(item.state is CoverageState.NONE for item in facts.coverage)
    return bool(facts.coverage) and not crashed and request.mapping is None


def _read(
    request: ScanRequest, fingerprint: Fingerprint, versions: Versions, progress: Progress
) -> FactSet:
    asked = Request(
        path=str(request.path.resolve()),
        limits=request.limits,
        mapping=str(request.mapping.resolve()) if request.mapping else "",
        foreign=str(config.lists_dir()) if config.lists_dir().is_dir() else "",
    )
    try:
        reader = Reader()
        reader.ask(asked)
        _load_ahead()
        answer = reader.take(request.path, request.limits, progress)
    except ReaderDied as death:
        return _unread(fingerprint, versions, death)
    if answer.sample.sha256 != fingerprint.sha256:
        raise UnreadableInput("input.changed", file=str(request.path))
    return FactSet(
        sample=msgspec.structs.replace(answer.sample, name=request.path.name),
        facts=answer.facts,
        limitations=answer.limitations,
        coverage=answer.coverage,
        versions=versions,
    )


def _load_ahead() -> None:
    """Load what judging and reporting need while the child reads."""
    import reports.html
    import reports.summary  # noqa: F401


def current_versions() -> Versions:
    """Give the versions that key a stored result."""
    return Versions(
        tool=config.tool_version(),
        knowledge=config.knowledge_hash(),
        python=config.python_version(),
    )


def _unread(fingerprint: Fingerprint, versions: Versions, death: ReaderDied) -> FactSet:
    """Keep the scan going when the reading child died: no facts, one limitation, no coverage."""
    died: Limitation = make_limitation(
        "scan.reader_died", analyzer="scan", hides=("*",), cause=death.cause
    )
    sample = Sample(
        sha256=fingerprint.sha256,
        md5=fingerprint.md5,
        size=fingerprint.size,
        name=fingerprint.name,
        platform="unknown",
    )
    return FactSet(sample=sample, facts=(), limitations=(died,), coverage=(), versions=versions)
