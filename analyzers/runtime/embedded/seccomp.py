"""Makes the system-call filter of the sandbox as a classic BPF program.

Source: seccomp(2), linux/filter.h. The program is handed to bubblewrap as it is.
"""

from __future__ import annotations

import platform
import struct
import tomllib
from typing import TYPE_CHECKING

from analyzers.runtime.embedded.jars import HERE
from analyzers.runtime.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_GREATER_EQUAL = 0x35
_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_EPERM = 0x00050001
_ENOSYS = 0x00050026
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_SECOND_ARGUMENT = 24
_X32_BIT = 0x40000000
_NAMESPACE_FLAGS = 0x7E020000 | 0x00000080  # CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET,TIME}
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C


def make_filter(machine: str = "") -> bytes:
    """Give the program for a machine (default: this one), 8 bytes an instruction.

    Raises:
        SandboxError: when the numbers of the machine are not known.
    """
    table = tomllib.loads((HERE / "syscalls.toml").read_text("utf-8"))["machine"]
    numbers = table.get(machine or platform.machine())
    if numbers is None:
        raise SandboxError("runtime.machine_unknown", machine or platform.machine())
    return _assemble(numbers)


def _assemble(numbers: Mapping[str, object]) -> bytes:
    deny, absent = numbers["deny"], numbers["absent"]
    if not isinstance(deny, dict) or not isinstance(absent, dict):
        raise SandboxError("runtime.machine_unknown", "syscalls.toml")
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _as_int(numbers["audit"])),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_GREATER_EQUAL, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _EPERM),
    ]
    for number in sorted(deny.values()):
        program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _EPERM)]
    for number in sorted(absent.values()):
        program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ENOSYS)]
    program += _if_bits(_as_int(numbers["clone"]), _FIRST_ARGUMENT, _NAMESPACE_FLAGS)
    for request in (_TIOCSTI, _TIOCLINUX):
        program += _if_equal(_as_int(numbers["ioctl"]), _SECOND_ARGUMENT, request)
    program.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)


def _if_bits(number: int, argument: int, bits: int) -> list[tuple[int, int, int, int]]:
    return _if_argument(number, argument, (_ANY_BIT, 0, 1, bits))


def _if_equal(number: int, argument: int, value: int) -> list[tuple[int, int, int, int]]:
    return _if_argument(number, argument, (_EQUAL, 0, 1, value))


def _if_argument(
    number: int, argument: int, test: tuple[int, int, int, int]
) -> list[tuple[int, int, int, int]]:
    """Refuse one call when its argument passes the test; the number is loaded again after."""
    return [
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, argument),
        test,
        (_RETURN, 0, 0, _EPERM),
        (_LOAD, 0, 0, _NUMBER),
    ]


def _as_int(value: object) -> int:
    if not isinstance(value, int):
        raise SandboxError("runtime.machine_unknown", "syscalls.toml")
    return value
