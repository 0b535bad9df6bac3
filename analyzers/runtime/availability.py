"""Tells whether a run can take place here, and what to do where it cannot."""

from __future__ import annotations

import platform
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.install import is_installed

if TYPE_CHECKING:
    from collections.abc import Sequence

PROBE = "import ctypes,os,sys; sys.exit(ctypes.CDLL(None).unshare(0x10000000|0x40000000) != 0)"
MACHINES = ("x86_64", "aarch64")


class Problem(msgspec.Struct, frozen=True):
    """Something that stands in the way of a run."""

    code: str
    """Names the sentence in ``reports/text``."""
    fix: str
    """What to do, as a command or the name of a setting; empty where nothing helps."""


def availability(*, sandbox: str = "kernel") -> list[Problem]:
    """List what stands in the way, gravest first; empty when a run can take place."""
    if not sys.platform.startswith("linux"):
        return [Problem("runtime.not_linux", "")]
    problems = []
    if platform.machine() not in MACHINES:
        problems.append(Problem("runtime.machine_unknown", platform.machine()))
    if sandbox == "kernel" and not _succeeds([sys.executable, "-I", "-c", PROBE]):
        problems.append(Problem("runtime.no_user_namespaces", "kernel.unprivileged_userns_clone=1"))
    if not is_installed():
        problems.append(Problem("runtime.not_installed", "appadmit runtime install"))
    elif not _succeeds([str(places.java()), "-version"]):
        problems.append(Problem("runtime.no_java", "appadmit runtime install"))
    return problems


def _succeeds(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
