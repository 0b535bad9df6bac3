"""``appadmit doctor``: is everything here that a scan needs, and what to do where it is not."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import msgspec

from scanner import config
from scanner.cli.language import language, say
from scanner.cli.options import Lang, LangOption, WorkspaceOption, open_workspace
from scanner.cli.terminal import show
from scanner.errors import AppAdmitError, ExitCode


class State(StrEnum):
    """How an item of the environment is."""

    OK = "doctor.ok"
    PARTIAL = "doctor.partial"
    MISSING = "doctor.missing"


class Finding(msgspec.Struct, frozen=True):
    """One item of the environment."""

    item: str
    state: State
    detail: str


def doctor_command(
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Check each part; end with 4 where a scan would not work."""
    from rich.table import Table

    findings = [
        _check_python(),
        _check_workspace(workspace),
        _check_confinement(),
        _check_profiles(),
        _check_analyzers(),
    ]
    table = Table(box=None, pad_edge=False)
    for code in ("doctor.item", "doctor.state", "doctor.detail"):
        table.add_column(say(code), overflow="fold")
    for finding in findings:
        table.add_row(say(finding.item), say(finding.state), finding.detail)
    show(table)
    missing = any(finding.state is State.MISSING for finding in findings)
    return ExitCode.ENVIRONMENT if missing else ExitCode.DONE


def _check_python() -> Finding:
    return Finding("doctor.python", State.OK, config.python_version())


def _check_workspace(workspace: Path | None) -> Finding:
    store = open_workspace(workspace)
    try:
        store.check_writable()
    except AppAdmitError as error:
        detail = f"{say(error.code, **error.params)} {say('doctor.workspace.fix')}"
        return Finding("doctor.workspace", State.MISSING, detail)
    return Finding("doctor.workspace", State.OK, str(store.root))


def _check_confinement() -> Finding:
    program = (
        "from scanner.confine import confine_process\n"
        "from scanner.config import ReaderLimits\n"
        "print(' '.join(confine_process(ReaderLimits())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    measures = done.stdout.strip()
    if done.returncode:
        return Finding("doctor.confine", State.MISSING, done.stderr.strip()[-200:])
    if measures:
        return Finding(
            "doctor.confine", State.PARTIAL, say("doctor.confine.fix", measures=measures)
        )
    return Finding("doctor.confine", State.OK, "resources network privileges files")


def _check_profiles() -> Finding:
    from profiles.errors import ProfileError
    from profiles.loader import list_profiles, load_profile

    try:
        counts = {
            name: len(load_profile(name, config.DEFAULT_SCHOOL, allow_draft=True).items)
            for name in list_profiles()
        }
    except ProfileError as error:
        return Finding("doctor.profiles", State.MISSING, str(error))
    return Finding(
        "doctor.profiles", State.OK, ", ".join(f"{name} {count}" for name, count in counts.items())
    )


def _check_analyzers() -> Finding:
    from analyzers.registry import ANALYZERS

    return Finding("doctor.analyzers", State.OK, f"{len(ANALYZERS)} · {config.knowledge_hash()}")
