"""The system-call filter refuses what it says, on a small interpreter of classic BPF."""

from __future__ import annotations

import struct

import pytest

from analyzers.runtime.embedded.seccomp import make_filter
from analyzers.runtime.errors import SandboxError

X86, ARM = 0xC000003E, 0xC00000B7
ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026


def decide(program: bytes, number: int, arguments: tuple[int, ...] = (), machine: int = X86) -> int:
    data = struct.pack("<IIQ6Q", number, machine, 0, *(arguments + (0,) * (6 - len(arguments))))
    steps = list(struct.iter_unpack("=HBBI", program))
    at, value = 0, 0
    while True:
        code, yes, no, operand = steps[at]
        if code == 0x20:
            (value,) = struct.unpack_from("<I", data, operand)
        elif code == 0x06:
            return operand
        else:
            test = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}[
                code
            ]
            at += yes if test else no
        at += 1


@pytest.mark.parametrize("number", [101, 272, 308, 165, 155, 321, 323, 248, 250, 298, 310])
def test_dangerous_calls_are_refused(number: int) -> None:
    assert decide(make_filter("x86_64"), number) == EPERM


@pytest.mark.parametrize("number", [435, 425, 426, 427])
def test_calls_with_fallbacks_seem_absent(number: int) -> None:
    assert decide(make_filter("x86_64"), number) == ENOSYS


@pytest.mark.parametrize("number", [0, 1, 2, 9, 59, 202, 231, 41, 42])
def test_ordinary_calls_pass(number: int) -> None:
    assert decide(make_filter("x86_64"), number) == ALLOW


def test_threads_pass_and_namespaces_do_not() -> None:
    program = make_filter("x86_64")
    assert decide(program, 56, (0x3D0F00,)) == ALLOW
    assert decide(program, 56, (0x10000000,)) == EPERM
    assert decide(program, 56, (0x00020000,)) == EPERM


def test_terminal_injection_is_refused() -> None:
    program = make_filter("x86_64")
    assert decide(program, 16, (0, 0x5412)) == EPERM
    assert decide(program, 16, (0, 0x5413)) == ALLOW


def test_other_machines_and_doors() -> None:
    assert decide(make_filter("x86_64"), 0, machine=ARM) == KILL
    assert decide(make_filter("x86_64"), 0x40000000 | 1) == EPERM
    assert decide(make_filter("aarch64"), 117, machine=ARM) == EPERM
    with pytest.raises(SandboxError):
        make_filter("riscv64")
