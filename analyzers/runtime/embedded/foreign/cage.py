"""Runs first in the sandbox's process: leaves the host's network, then becomes the given program.

Standard library only. Argument: a JSON file ``{"argv": [...], "network": [[...], ...], "limits":
{...}}``. A user and a network namespace of its own are entered; in them every address is local, so
that nothing reaches the outside and everything ends at the listeners started here.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG = 1
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
RTM_NEWROUTE, NLM_FLAGS = 24, 0x605  # request, acknowledge, create, replace
RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_HOST, RTN_LOCAL = 254, 3, 254, 2
RTA_OIF = 4

libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def enter_namespaces() -> None:
    """Enter a new user and network namespace, keeping the own user id inside."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def make_every_address_local() -> None:
    """Bring the loopback device up and route all of IPv4 and IPv6 to it as local."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack("16xh14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
    index = socket.if_nametoindex("lo")
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            _add_local_default(family, index)
        except OSError:
            if family == socket.AF_INET:
                raise


def _add_local_default(family: int, index: int) -> None:
    route = struct.pack(
        "BBBBBBBBI", family, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_HOST, RTN_LOCAL, 0
    )
    attribute = struct.pack("HHI", 8, RTA_OIF, index)
    body = route + attribute
    header = struct.pack("IHHII", 16 + len(body), RTM_NEWROUTE, NLM_FLAGS, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as link:
        link.send(header + body)
        answer = link.recv(4096)
    (error,) = struct.unpack_from("i", answer, 16)
    if error:
        raise OSError(-error, "local route")


def open_low_ports() -> None:
    """Let listeners without capabilities take every port of this namespace."""
    Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").write_text("0")


def set_limits(limits: dict[str, int]) -> None:
    """Set hard limits by the names of the resource module."""
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))


def start_listeners(commands: list[list[str]], log: Path) -> None:
    """Start the listeners of the namespace and wait until each has said that it listens."""
    for command in commands:
        with log.open("ab") as errors:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                preexec_fn=die_with_parent,
                close_fds=False,
            )
        deadline = time.monotonic() + 30
        if child.stdout is None or not _says_ready(child.stdout.fileno(), deadline):
            raise OSError(f"listener did not start: {command[:3]}")


def _says_ready(descriptor: int, deadline: float) -> bool:
    os.set_blocking(descriptor, False)
    said = b""
    while b"ready" not in said:
        if time.monotonic() > deadline:
            return False
        try:
            part = os.read(descriptor, 4096)
        except BlockingIOError:
            time.sleep(0.02)
            continue
        if not part:
            return False
        said += part
    return True


def main() -> None:
    """Do it all in order and become the program."""
    die_with_parent()
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    if os.getppid() == 1:
        sys.exit(3)
    if plan["isolate"]:
        enter_namespaces()
        make_every_address_local()
        open_low_ports()
    set_limits(plan["limits"])
    start_listeners(plan["listeners"], Path(plan["log"]))
    os.execv(plan["argv"][0], plan["argv"])


if __name__ == "__main__":
    main()
