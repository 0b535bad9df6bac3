"""What a process behind the walls can see and do, tried by one that wants out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyzers.runtime.embedded.sandbox import (
    Cage,
    Limits,
    make_bubblewrap,
    make_cage_command,
    write_filter,
)

WAYS_OUT = """
import json, os, socket, ctypes
libc = ctypes.CDLL(None, use_errno=True)
def tried(act):
    try:
        return str(act())[:200]
    except Exception as error:
        return f"{type(error).__name__}"
out = {
    "home": tried(lambda: os.listdir("/root") + os.listdir("/home")),
    "passwd": tried(lambda: open("/etc/passwd").read()),
    "write": tried(lambda: open("/usr/lib/x", "w")),
    "root": tried(lambda: open("/x", "w")),
    "scratch": tried(lambda: open("/scratch/x", "w").write("ok")),
    "host processes": tried(lambda: [p for p in os.listdir("/proc") if p.isdigit() and int(p) > 50]),
    "shell": tried(lambda: os.execv("/bin/sh", ["sh"])),
    "devices": tried(lambda: [d for d in os.listdir("/dev") if d.startswith(("sd", "vd", "kvm", "mem"))]),
    "user namespace": tried(lambda: libc.unshare(0x10000000)),
    "net namespace": tried(lambda: libc.unshare(0x40000000)),
    "ptrace": tried(lambda: libc.ptrace(16, 1, 0, 0)),
    "mount": tried(lambda: libc.mount(b"x", b"/scratch", b"tmpfs", 0, None)),
    "interfaces": tried(lambda: [name for _, name in socket.if_nameindex()]),
    "outside": tried(lambda: socket.create_connection(("203.0.113.7", 81), 2)),
    "capabilities": tried(lambda: [l for l in open("/proc/self/status") if l.startswith("CapEff")][0].split()[1]),
    "new privileges": tried(lambda: [l for l in open("/proc/self/status") if l.startswith("NoNewPrivs")][0].split()[1]),
    "environment": tried(lambda: sorted(set(os.environ) - {"LANG", "PWD", "LC_CTYPE"})),
    "flood": tried(lambda: open("/scratch/flood", "wb").write(b"x" * (12 << 20))),
}
print(json.dumps(out))
"""


@pytest.fixture
def report(installed: None, tmp_path: Path) -> dict[str, str]:
    script = tmp_path / "ways_out.py"
    script.write_text(WAYS_OUT, "utf-8")
    python = str(Path(sys.executable).resolve())
    argv = (python, "-I", "-S", "/run/ways_out.py")
    readable = {"/run/ways_out.py": script, sys.base_prefix: Path(sys.base_prefix)}
    cage, limits = Cage(argv=argv, readable=readable), Limits(scratch=8 << 20)
    descriptor = os.open(write_filter(tmp_path), os.O_RDONLY)
    try:
        inner = make_bubblewrap(cage, limits, descriptor)
        command = make_cage_command(tmp_path, "test", inner, cage, limits, isolate=True)
        done = subprocess.run(
            command, capture_output=True, pass_fds=(descriptor,), timeout=120, check=False
        )
    finally:
        os.close(descriptor)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_nothing_of_the_host_is_reached(report: dict[str, str]) -> None:
    assert report["home"] == "FileNotFoundError"
    assert report["passwd"] == "FileNotFoundError"
    assert report["write"] == "OSError"
    assert report["root"] == "OSError"
    assert report["host processes"] == "[]"
    assert report["shell"] == "FileNotFoundError"
    assert report["devices"] == "[]"
    assert report["environment"] == "[]"
    assert report["interfaces"] == "['lo']"
    assert report["outside"] == "ConnectionRefusedError"


def test_the_kernel_refuses_more_power(report: dict[str, str]) -> None:
    assert report["capabilities"] == "0000000000000000"
    assert report["new privileges"] == "1"
    for way in ("user namespace", "net namespace", "ptrace", "mount"):
        assert report[way] == "-1", way


def test_the_one_writable_place_is_bounded(report: dict[str, str]) -> None:
    assert report["scratch"] == "2"
    assert report["flood"] == "OSError"
