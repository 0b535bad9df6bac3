"""Puts a command line together that lets a JVM see nothing of the host.

Order (each wall needs the one before): user and network namespace in which every address is local
→ bubblewrap with process, IPC and mount namespaces, no capabilities, nested user namespaces closed
→ system-call filter → limits. The kernel enforces it; the witness inside is not relied on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.seccomp import make_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

CAGE = Path(__file__).parent / "foreign" / "cage.py"
SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib64", "/lib", "/lib64")
SCRATCH = "/scratch"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a run may use."""

    memory: int = 1_600 << 20
    """Resident bytes of all processes of the run together; the parent watches it."""
    scratch: int = 512 << 20
    """Bytes of the one writable directory."""
    cpu_seconds: int = 240
    processes: int = 2_000
    """Threads and processes."""
    file_size: int = 256 << 20
    """Bytes of one file."""
    log: int = 4 << 20
    """Bytes kept of what the JVM writes to standard error."""
    events: int = 64 << 20
    """Bytes of events of one start; more ends the start."""


class Cage(msgspec.Struct, frozen=True, kw_only=True):
    """One command to be run inside the walls."""

    argv: tuple[str, ...]
    readable: Mapping[str, Path]
    """Place inside -> file or directory of the host, read-only."""
    listeners: tuple[tuple[str, ...], ...] = ()
    """Commands that listen in the network namespace, outside bubblewrap."""
    writable: Mapping[str, Path] = {}
    """Place inside -> directory of the host that may be written (only for listeners)."""


def make_bubblewrap(cage: Cage, limits: Limits, filter_descriptor: int) -> list[str]:
    """Give the bubblewrap command of a cage."""
    command = [str(places.bubblewrap())]
    command += ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--disable-userns", "--cap-drop", "ALL"]
    command += ["--new-session", "--die-with-parent", "--hostname", "localhost", "--clearenv"]
    for library in SYSTEM_LIBRARIES:
        path = Path(library)
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), library]
        elif path.is_dir():
            command += ["--ro-bind", library, library]
    for inside, outside in cage.readable.items():
        command += ["--ro-bind", str(outside), inside]
    for inside, outside in cage.writable.items():
        command += ["--bind", str(outside), inside]
    command += ["--proc", "/proc", "--dev", "/dev", "--size", str(limits.scratch)]
    command += ["--tmpfs", SCRATCH, "--chdir", SCRATCH, "--remount-ro", "/"]
    command += ["--setenv", "LANG", "C.UTF-8", "--seccomp", str(filter_descriptor), "--"]
    return [*command, *cage.argv]


def write_filter(directory: Path) -> Path:
    """Write the system-call filter to a file that the cage opens."""
    path = directory / "filter.bpf"
    path.write_bytes(make_filter())
    return path


def make_cage_command(
    directory: Path, name: str, argv: Sequence[str], cage: Cage, limits: Limits, *, isolate: bool
) -> list[str]:
    """Write the plan of a cage and give the command that carries it out.

    Args:
        directory: private directory of the run, for the plan and the log.
        name: distinguishes the plans of one run.
        argv: the command to become (bubblewrap's, or the bare one without isolation).
        cage: for its listeners.
        limits: hard limits of the kernel.
        isolate: enter namespaces of its own.
    """
    plan = {
        "argv": list(argv),
        "listeners": [list(command) for command in cage.listeners],
        "log": str(directory / f"{name}-listeners.log"),
        "isolate": isolate,
        "limits": {
            "RLIMIT_CPU": limits.cpu_seconds,
            "RLIMIT_FSIZE": limits.file_size,
            "RLIMIT_NOFILE": 4096,
            "RLIMIT_CORE": 0,
            **({"RLIMIT_NPROC": limits.processes} if isolate and os.getuid() != 0 else {}),
        },
    }
    path = directory / f"{name}-cage.json"
    path.write_text(json.dumps(plan), "utf-8")
    return [sys.executable, "-I", "-S", str(CAGE), str(path)]
