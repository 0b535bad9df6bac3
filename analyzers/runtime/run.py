"""Runs an app on the embedded runtime and leaves a record of what happened."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.runtime.availability import availability
from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.catalogue import make_plan, read_plan
from analyzers.runtime.embedded.convert import make_jar
from analyzers.runtime.embedded.install import run_install
from analyzers.runtime.embedded.phone import EmbeddedPhone
from analyzers.runtime.embedded.resources import make_readable_resources
from analyzers.runtime.embedded.seeds import make_canaries, write_seeds
from analyzers.runtime.embedded.start import App, Start, make_start
from analyzers.runtime.errors import RuntimeProblem
from analyzers.runtime.network.capture import make_capture
from analyzers.runtime.phases import Course
from analyzers.runtime.record import RECORD, RunRecord, write_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analyzers.model import Fact, Phase, Sample
    from analyzers.runtime.settings import RunSettings

RUN_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
LEFTOVER_SECONDS = 3 * 3600.0
PLATFORM = "Android 14 framework on JVM 17"


def run_embedded(
    apk: Path,
    *,
    sample: Sample,
    static_facts: Iterable[Fact],
    settings: RunSettings,
    progress: Callable[[str, float], None],
) -> RunRecord:
    """Run an app through its phases.

    Args:
        apk: the package (base of a split set).
        sample: what is known of it; its id and target SDK are used.
        static_facts: declared permissions and packers are used.
        settings: times, bounds and choices.
        progress: told the step and the share done, 0 to 1.

    Raises:
        RuntimeProblem: when no run can take place; its code names the sentence for people.
    """
    began = time.monotonic()
    problems = availability(sandbox=settings.sandbox)
    blocking = [problem for problem in problems if problem.code != "runtime.not_installed"]
    if blocking:
        raise RuntimeProblem(blocking[0].code, blocking[0].fix)
    run_install(lambda step, share: progress(f"install {step}", share))
    known = _Known.of(static_facts)
    directory = _make_directory(settings)
    progress("convert", 0.05)
    converted = make_jar([apk])
    canaries = make_canaries(secrets.token_hex(8))
    write_seeds(directory / "seeds.properties", canaries, known.dangerous)
    runner = _Runner(_make_app(apk, sample, converted.jar, directory), directory, settings)
    course = Course(runner.start, settings, progress)
    course.run()
    record = msgspec.structs.replace(
        _make_record(runner, course, settings),
        seconds=round(time.monotonic() - began, 2),
        conversion_failed=converted.failed[:50],
        packed=known.packed,
        declared=known.declared,
        canaries={f"{canary.name} {canary.type}": canary.value for canary in canaries},
    )
    write_record(record)
    runner.clean()
    return record


def _make_app(apk: Path, sample: Sample, jar: Path, directory: Path) -> App:
    return App(
        apk=apk,
        jar=jar,
        plan=make_plan(),
        package=sample.app_id,
        target_sdk=sample.target_sdk or sample.min_sdk or 1,
        resources=make_readable_resources(apk, directory),
    )


def _make_record(runner: _Runner, course: Course, settings: RunSettings) -> RunRecord:
    return RunRecord(
        directory=str(runner.directory),
        id=runner.directory.name,
        platform=PLATFORM,
        app_id=runner.app.package,
        target_sdk=runner.app.target_sdk,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        consent=course.consent,
        consent_ui=course.consent_ui,
        phases=tuple(course.phases),
        starts=tuple(phone.record(f"start-{phone.number}.jsonl") for phone in runner.phones),
        problems=tuple(course.problems),
        hook_places=len(read_plan(runner.app.plan)),
        flows="net-{start}" if settings.network and settings.sandbox == "kernel" else "",
        sandbox=settings.sandbox,
    )


class _Known(msgspec.Struct, frozen=True):
    """What static analysis says that a run needs."""

    declared: tuple[str, ...]
    dangerous: tuple[str, ...]
    packed: bool

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> _Known:
        declared, dangerous, packed = [], [], False
        for fact in facts:
            if fact.kind == "android.permission.declared":
                declared.append(fact.subject)
                if fact.fields.get("level") in ("dangerous", "special", "signature"):
                    dangerous.append(fact.subject)
            elif fact.kind == "software.packer" and fact.fields.get("hides_code"):
                packed = True
        return cls(tuple(declared), tuple(dangerous), packed)


def _make_directory(settings: RunSettings) -> Path:
    root = Path(settings.directory) if settings.directory else places.cache_root() / "runs"
    root.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(root)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    directory = root / name
    directory.mkdir(parents=True, mode=0o700)
    (directory / "screens").mkdir()
    (directory / "phone").mkdir()
    return directory


def _clear_leftovers(root: Path) -> None:
    """Remove what runs left behind that were killed before their end."""
    for directory in root.iterdir():
        ours = RUN_NAME.fullmatch(directory.name) is not None and directory.is_dir()
        unfinished = ours and not (directory / RECORD).is_file()
        if unfinished and time.time() - directory.stat().st_mtime > LEFTOVER_SECONDS:
            shutil.rmtree(directory, ignore_errors=True)


class _Runner:
    """Makes the starts of one run and knows them all."""

    def __init__(self, app: App, directory: Path, settings: RunSettings) -> None:
        self.app = app
        self.directory = directory
        self._settings = settings
        self.phones: list[EmbeddedPhone] = []

    def start(self, phase: Phase, carry: bool, pregranted: bool) -> EmbeddedPhone:
        """Start the app once more."""
        phone = EmbeddedPhone(
            len(self.phones), self.directory, self._settings.command_seconds, pregranted=pregranted
        )
        self.phones.append(phone)
        state = self.directory / "state.zip"
        isolated = self._settings.sandbox == "kernel"
        capture = None
        if self._settings.network and isolated:
            capture = make_capture(self.directory, phone.number)
        start = Start(
            number=phone.number,
            phase=phase.value,
            state=state if carry and state.is_file() else None,
            pregranted=pregranted,
            listeners=capture.commands if capture is not None else (),
            trust=capture.trust if capture is not None else None,
        )
        phone.begin(
            lambda hear: make_start(
                self.app,
                start,
                self.directory,
                sandboxed=isolated,
                limits=self._settings.limits,
                hear=hear,
            )
        )
        return phone

    def clean(self) -> None:
        """Remove what is no evidence."""
        for name in ("state.zip", "seeds.properties", "manifest.xml", "filter.bpf", "readable.apk"):
            (self.directory / name).unlink(missing_ok=True)
        for path in self.directory.glob("*-cage.json"):
            path.unlink()
        for name in ("phone", "scratch", "authority"):
            shutil.rmtree(self.directory / name, ignore_errors=True)
