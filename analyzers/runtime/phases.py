"""The course of a run: which phase follows which, and what is tapped in between."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

import msgspec

from analyzers.model import Phase
from analyzers.runtime.consent import Control, Prompt, classify, find_prompt
from analyzers.runtime.errors import DriverError
from analyzers.runtime.record import ConsentRecord, PhaseRecord
from analyzers.runtime.screens import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzers.runtime.settings import RunSettings

MOST_STEPS = 3
HOUR_MS = 3_600_000
COUNTDOWN_MS = 30_000
"""Virtual time after which every countdown on a button is over."""


class Phone(Protocol):
    """One start of the app, as the course handles it."""

    number: int

    def enter(self, phase: Phase) -> None:
        """Open a phase; canary accesses prove the witness awake in it."""

    def launch(self) -> str:
        """Start the launcher activity; gives its class, empty where there is none."""

    def dwell(self, real_ms: int, virtual_ms: int) -> bool:
        """Let time pass; False when the app ended itself."""

    def look(self, name: str) -> tuple[Screen, str]:
        """Read the screen and keep it under a name; gives its file."""

    def tap(self, control: Control) -> bool:
        """Tap a control; False when the app ended itself."""

    def answer_permissions(self, *, grant: bool) -> str:
        """Answer a standing request; gives what was asked for."""

    def back(self) -> None:
        """Go back one activity."""

    def background(self) -> None:
        """Leave the app."""

    def keep(self) -> None:
        """Keep the app's files for the next start."""

    def end(self) -> None:
        """End the start."""


class Course:
    """Goes through the phases of one run."""

    def __init__(
        self,
        start: Callable[[Phase, bool, bool], Phone],
        settings: RunSettings,
        progress: Callable[[str, float], None],
    ) -> None:
        """Take what makes a start (phase, carry the kept files over, permissions pre-granted)."""
        self._start = start
        self._settings = settings
        self._progress = progress
        self._deadline = time.monotonic() + settings.wall_seconds
        self.phases: list[PhaseRecord] = []
        self.problems: list[tuple[str, str]] = []
        self.consent: ConsentRecord | None = None
        self.consent_ui: bool | None = None

    def run(self) -> None:
        """Go through all phases that can be reached."""
        try:
            self._first_start()
        except DriverError as error:
            self._note(error)
        if self._settings.pregranted and self._time_left():
            try:
                self._pregranted_start()
            except DriverError as error:
                self._note(error)

    def _note(self, error: DriverError) -> None:
        self.problems.append((error.code, error.reason))
        if self.phases:
            last = self.phases[-1]
            self.phases[-1] = msgspec.structs.replace(last, complete=False)

    def _time_left(self) -> bool:
        if time.monotonic() < self._deadline:
            return True
        if ("runtime.wall_time", "") not in self.problems:
            self.problems.append(("runtime.wall_time", ""))
        return False

    def _first_start(self) -> None:
        phone = self._start(Phase.START, False, False)
        try:
            prompt = self._open(phone, Phase.START, self._settings.start_ms)
            if prompt is None:
                self._use_without_prompt(phone)
                return
            self._phase(phone, Phase.CONSENT_SHOWN)
            screen, file = phone.look("consent_shown")
            prompt = find_prompt(screen) or prompt
            self.consent = _make_consent(prompt, file)
            if prompt.refuse is None:
                self._agree_and_use(phone, prompt)
                return
            self._refuse(phone, prompt)
        finally:
            phone.end()
        self._after_refusal()

    def _open(self, phone: Phone, phase: Phase, dwell_ms: int) -> Prompt | None:
        """Start the app and wait until a prompt or a settled screen stands."""
        self._progress(phase.value, 0.1)
        self.phases.append(PhaseRecord(phase=phase.value, start=phone.number, complete=False))
        if not phone.launch():
            self.problems.append(("runtime.no_launcher", ""))
        alive = phone.dwell(dwell_ms, dwell_ms)
        prompt = None
        for _ in range(MOST_STEPS):
            screen, file = phone.look(phase.value)
            prompt, kind = find_prompt(screen), classify(screen)
            self._close(file, kind, screen)
            if prompt is not None or kind in ("main", "login") or not alive:
                break
            phone.answer_permissions(grant=False)
            alive = phone.dwell(self._settings.phase_ms // 2, 3_000)
        phone.answer_permissions(grant=False)
        if self.consent_ui is None and phase is Phase.START and self.phases[-1].kind != "none":
            self.consent_ui = prompt is not None
        return prompt

    def _close(self, file: str, kind: str, screen: Screen) -> None:
        last = self.phases[-1]
        self.phases[-1] = msgspec.structs.replace(
            last, screen=file, kind=kind, web=last.web or screen.shows_web, complete=True
        )

    def _phase(self, phone: Phone, phase: Phase, virtual_ms: int = 0) -> bool:
        """Open a phase and dwell in it; gives False when the app ended itself."""
        self._progress(phase.value, 0.1 + 0.1 * len(self.phases))
        self.phases.append(PhaseRecord(phase=phase.value, start=phone.number, complete=False))
        phone.enter(phase)
        alive = phone.dwell(self._settings.phase_ms, virtual_ms or self._settings.phase_ms)
        screen, file = phone.look(phase.value)
        self._close(file, classify(screen), screen)
        return alive

    def _use_without_prompt(self, phone: Phone) -> None:
        self._phase(phone, Phase.NO_CONSENT_UI)
        phone.answer_permissions(grant=False)
        self._use(phone)

    def _refuse(self, phone: Phone, prompt: Prompt) -> None:
        self.phases.append(PhaseRecord(phase="refused", start=phone.number, complete=False))
        phone.enter(Phase.REFUSED)
        alive, steps = True, 0
        current: Prompt | None = prompt
        while alive and current is not None and current.refuse is not None and steps < MOST_STEPS:
            alive = phone.tap(current.refuse) and phone.dwell(self._settings.phase_ms // 2, 1_000)
            steps += 1
            current = find_prompt(phone.look("refused")[0]) if alive else None
        if alive:
            alive = phone.dwell(self._settings.phase_ms, self._settings.phase_ms)
            phone.answer_permissions(grant=False)
        screen, file = phone.look("refused")
        self._close(file, classify(screen), screen)
        gone = not alive or not screen.activity
        if self.consent is not None:
            self.consent = msgspec.structs.replace(self.consent, exit_on_refusal=gone, steps=steps)
        phone.keep()

    def _after_refusal(self) -> None:
        """Start again with what the app kept, then consent."""
        if not self._time_left():
            return
        phone = self._start(Phase.RELAUNCHED_AFTER_REFUSAL, True, False)
        try:
            ms = self._settings.phase_ms
            self._open(phone, Phase.RELAUNCHED_AFTER_REFUSAL, ms)
            for hours in (1, 48):
                phone.background()
                phone.dwell(ms // 8, hours * HOUR_MS)
                phone.launch()
                phone.dwell(ms // 4, ms)
                phone.answer_permissions(grant=False)
            prompt = find_prompt(phone.look("relaunched_after_refusal")[0])
            if prompt is not None:
                self._agree_and_use(phone, prompt)
                return
        finally:
            phone.end()
        if self._time_left():
            self._consent_in_fresh_start()

    def _consent_in_fresh_start(self) -> None:
        phone = self._start(Phase.START, False, False)
        try:
            prompt = self._open(phone, Phase.START, self._settings.phase_ms)
            if prompt is not None:
                self._agree_and_use(phone, prompt)
        finally:
            phone.end()

    def _agree_and_use(self, phone: Phone, prompt: Prompt) -> None:
        if prompt.agree is None or not self._time_left():
            return
        if not prompt.agree.enabled:
            phone.dwell(self._settings.phase_ms // 2, COUNTDOWN_MS)
            prompt = find_prompt(phone.look("countdown")[0]) or prompt
        phone.enter(Phase.CONSENTED)
        for box in prompt.boxes:
            phone.tap(box)
        for _ in range(MOST_STEPS):
            if prompt.agree is None or not phone.tap(prompt.agree):
                self.problems.append(("runtime.ended_on_consent", ""))
                return
            phone.dwell(self._settings.phase_ms // 4, 500)
            again = find_prompt(phone.look("consented")[0])
            if again is None or again.agree is None:
                break
            prompt = again
        else:
            self.problems.append(("runtime.prompt_stays", ""))
            return
        self._phase_going_on(phone, Phase.CONSENTED)
        self._use(phone)

    def _phase_going_on(self, phone: Phone, phase: Phase) -> None:
        self.phases.append(PhaseRecord(phase=phase.value, start=phone.number, complete=False))
        phone.dwell(self._settings.phase_ms, self._settings.phase_ms)
        if phone.answer_permissions(grant=True):
            phone.dwell(self._settings.phase_ms // 2, 1_000)
        screen, file = phone.look(phase.value)
        self._close(file, classify(screen), screen)

    def _use(self, phone: Phone) -> None:
        from analyzers.runtime.explore import Explorer

        if not self._time_left():
            return
        self._progress("in_use", 0.7)
        self.phases.append(PhaseRecord(phase="in_use", start=phone.number, complete=False))
        phone.enter(Phase.IN_USE)
        alive = Explorer(phone, self._settings, self._deadline).run()
        screen, file = phone.look("in_use")
        self._close(file, classify(screen), screen)
        if not alive:
            self.problems.append(("runtime.ended_in_use", ""))
            return
        self.phases.append(PhaseRecord(phase="background", start=phone.number, complete=False))
        if not phone.look("in_use")[0].activity:
            phone.launch()
        phone.enter(Phase.BACKGROUND)
        phone.background()
        phone.dwell(self._settings.phase_ms, 60_000)
        self._close("", "none", Screen(windows=()))

    def _pregranted_start(self) -> None:
        self._progress("start", 0.9)
        phone = self._start(Phase.START, False, True)
        try:
            phone.launch()
            phone.dwell(self._settings.start_ms // 2, self._settings.start_ms)
        finally:
            phone.end()


def _make_consent(prompt: Prompt, file: str) -> ConsentRecord:
    return ConsentRecord(
        screen=file,
        text=prompt.text,
        agree=prompt.agree.label if prompt.agree else "",
        refuse=prompt.refuse.label if prompt.refuse else "",
        prechecked=prompt.prechecked,
        policy_links=prompt.links,
    )
