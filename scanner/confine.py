"""A process takes its own rights away before it opens hostile input (Linux; partly elsewhere).

Each measure is independent; what could not be put in force is returned by name, so that the
result can say so.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.config import ReaderLimits

_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
# x86-64 and arm64 share these numbers (asm-generic/unistd.h).
_SYS_LANDLOCK_CREATE_RULESET, _SYS_LANDLOCK_RESTRICT_SELF = 444, 446
# All rights of Landlock ABI 1 that write, make or remove (linux/landlock.h):
# WRITE_FILE, REMOVE_DIR, REMOVE_FILE, MAKE_CHAR ... MAKE_SYM.
_LANDLOCK_WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
_LANDLOCK_EXECUTE = 1 << 0


def confine_process(limits: ReaderLimits) -> list[str]:
    """Give up network, file writing, program starts and unbounded resources.

    Returns:
        The names of the measures that could not be put in force.
    """
    failed = []
    measures: list[tuple[str, Callable[[], bool]]] = [
        ("resources", lambda: _limit_resources(limits)),
        ("network", _drop_network),
        ("privileges", _drop_privileges),
        ("files", _drop_file_rights),
    ]
    for name, measure in measures:
        done = False
        with contextlib.suppress(OSError, ValueError, ImportError, AttributeError):
            done = measure()
        if not done:
            failed.append(name)
    return failed


def _limit_resources(limits: ReaderLimits) -> bool:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.address_space, limits.address_space))
    return True


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _drop_network() -> bool:
    if sys.platform != "linux":
        return False
    return bool(_libc().unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _drop_privileges() -> bool:
    if sys.platform != "linux":
        return False
    return bool(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def _drop_file_rights() -> bool:
    if sys.platform != "linux":
        return False
    libc = _libc()
    handled = ctypes.c_uint64(_LANDLOCK_WRITES | _LANDLOCK_EXECUTE)
    ruleset = libc.syscall(
        _SYS_LANDLOCK_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0
    )
    if ruleset < 0:
        return False
    try:
        return bool(libc.syscall(_SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)
