"""Adds what an observed run showed to what the package says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from analyzers.knowledge.owners import Owners, derive_app_namespaces
from analyzers.model import Coverage, Fact, FactSet, Limitation, make_limitation
from analyzers.runtime.errors import RuntimeProblem
from analyzers.runtime.facts import extract_run
from analyzers.runtime.run import run_embedded
from analyzers.runtime.settings import RunSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.progress import Progress
    from scanner.workspace import Workspace

_STEPS = 100
T = TypeVar("T", Fact, Limitation, Coverage)
ANALYZER = "runtime"


class Observer:
    """Runs apps under observation and keeps the records in a workspace."""

    def __init__(self, workspace: Workspace, settings: RunSettings | None = None) -> None:
        self._workspace = workspace
        self._settings = settings or RunSettings()

    def observe(self, path: Path, facts: FactSet, progress: Progress) -> FactSet:
        """Run the app and add facts, limitations and coverage; the package's own stay as they are.

        Where no run can take place, the reason is added as a limitation.
        """
        if facts.sample.platform == "ios":
            return _add(facts, [make_limitation("run.ios", analyzer=ANALYZER)])
        if path.is_dir() or any(item.code == "package.container" for item in facts.limitations):
            return _add(facts, [make_limitation("run.needs_single_package", analyzer=ANALYZER)])
        runs = self._workspace.root / facts.sample.sha256 / "runs"
        settings = msgspec.structs.replace(self._settings, directory=str(runs))
        try:
            record = run_embedded(
                path,
                sample=facts.sample,
                static_facts=facts.facts,
                settings=settings,
                progress=lambda step, share: progress.step(step, int(share * _STEPS), _STEPS),
            )
        except RuntimeProblem as problem:
            _remove_empty(runs)
            limitation = make_limitation(problem.code, analyzer=ANALYZER, detail=problem.reason)
            return _add(facts, [limitation])
        return _add(facts, extract_run(Path(record.directory), make_owners(facts)))


def make_owners(facts: FactSet) -> Owners:
    """Make the finder of owners for one app from its manifest facts."""
    components = list(facts.of_kind("android.component"))
    launchers = [fact.subject for fact in components if fact.fields["launcher"]]
    namespaces = derive_app_namespaces(facts.sample.app_id, "", launchers)
    return Owners(namespaces, [fact.subject for fact in components])


def _add(facts: FactSet, found: Iterable[Fact | Limitation | Coverage]) -> FactSet:
    items = list(found)
    known = {fact.id: fact for fact in (*facts.facts, *_of(Fact, items))}
    limits = {item.id: item for item in (*facts.limitations, *_of(Limitation, items))}
    return msgspec.structs.replace(
        facts,
        facts=tuple(known.values()),
        limitations=tuple(limits.values()),
        coverage=(*facts.coverage, *_of(Coverage, items)),
    )


def _of(wanted: type[T], items: Iterable[object]) -> list[T]:
    return [item for item in items if isinstance(item, wanted)]


def _remove_empty(runs: Path) -> None:
    """Leave no folder behind when no run took place."""
    if runs.is_dir() and not any((one / "run.json").is_file() for one in runs.iterdir()):
        shutil.rmtree(runs, ignore_errors=True)
