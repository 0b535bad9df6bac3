"""The error tree of the application; each leaf is one exit code.

    AppAdmitError
     ├── ThresholdMet          1   --fail-on was met (a result, not a fault)
     ├── UsageError            2   the command was asked something it cannot do
     ├── UnreadableInput       3   no device could read this file either
     ├── EnvironmentProblem    4   disk, workspace, missing part
     └── InternalError         5   a fault of AppAdmit itself

An interruption by the user ends with 130. Every error carries a text code (``scanner/cli/text``)
and parameters, never a finished sentence, so that the command can say it in either language.
"""

from __future__ import annotations

import errno
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    THRESHOLD = 1
    USAGE = 2
    UNREADABLE = 3
    ENVIRONMENT = 4
    INTERNAL = 5
    INTERRUPTED = 130


class AppAdmitError(Exception):
    """Base of all errors a command reports in one line."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class UsageError(AppAdmitError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class UnreadableInput(AppAdmitError):
    """The input is not an app package that any device could read."""

    exit_code = ExitCode.UNREADABLE


class EnvironmentProblem(AppAdmitError):
    """Disk, workspace or a missing part of the installation."""

    exit_code = ExitCode.ENVIRONMENT


class InternalError(AppAdmitError):
    """A fault of AppAdmit itself."""

    exit_code = ExitCode.INTERNAL


_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def explain_os_error(error: OSError, place: str) -> EnvironmentProblem:
    """Turn a failed write at ``place`` into the problem a person can act on."""
    if error.errno in _DISK_FULL:
        return EnvironmentProblem("environment.disk_full", place=place)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}:
        return EnvironmentProblem("environment.not_writable", place=place)
    return EnvironmentProblem(
        "environment.os_error", place=place, reason=error.strerror or type(error).__name__
    )
