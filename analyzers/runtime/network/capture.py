"""The listeners of a start: what they are run with, and behind which walls."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.sandbox import SYSTEM_LIBRARIES
from analyzers.runtime.network.authority import write_authority

if TYPE_CHECKING:
    from collections.abc import Sequence

FOREIGN = Path(__file__).parent.parent / "embedded" / "foreign"
PLAIN_PORTS = (80, 8080)
TLS_PORTS = (443, 8443)
NOWHERE = "127.0.0.1:9"


class Capture(msgspec.Struct, frozen=True):
    """Listeners to be started in the network namespace, and what the app must trust."""

    commands: tuple[tuple[str, ...], ...]
    trust: Path
    directory: Path
    """Where they write (names.jsonl, flows.jsonl, raw.jsonl)."""


def make_capture(directory: Path, number: int) -> Capture:
    """Lay the capture of one start out below the run's directory."""
    out = directory / f"net-{number}"
    out.mkdir()
    config = directory / "authority"
    trust = config / "trust.jks"
    if not trust.is_file():
        write_authority(config)
    python = str(places.virtual_python())
    modes = [f"--mode=reverse:http://{NOWHERE}@{port}" for port in PLAIN_PORTS]
    modes += [f"--mode=reverse:https://{NOWHERE}@{port}" for port in TLS_PORTS]
    proxy = [python, "-I", "-c", "from mitmproxy.tools.main import mitmdump; mitmdump()"]
    proxy += ["--quiet", *modes]
    for option in ("confdir=/config", "keep_host_header=true", "connection_strategy=lazy",
                   "upstream_cert=false", "flow_detail=0", "stream_large_bodies=4m"):  # fmt: skip
        proxy += ["--set", option]
    proxy += ["--scripts", "/foreign/proxy_addon.py"]
    return Capture(
        commands=(
            _walled(
                out, config, [python, "-I", "-S", "/foreign/answer_names.py", "/out/names.jsonl"]
            ),
            _walled(out, config, [python, "-I", "-S", "/foreign/listen_raw.py", "/out/raw.jsonl"]),
            _walled(out, config, proxy),
        ),
        trust=trust,
        directory=out,
    )


def _walled(out: Path, config: Path, command: Sequence[str]) -> tuple[str, ...]:
    """Put a listener into process and mount namespaces of its own; only its output is writable."""
    wall = [str(places.bubblewrap()), "--unshare-user", "--unshare-pid", "--unshare-ipc"]
    wall += ["--unshare-uts", "--cap-drop", "ALL", "--cap-add", "CAP_NET_BIND_SERVICE"]
    wall += ["--die-with-parent", "--new-session", "--clearenv", "--tmpfs", "/tmp"]
    for library in SYSTEM_LIBRARIES:
        path = Path(library)
        if path.is_symlink():
            wall += ["--symlink", str(path.readlink()), library]
        elif path.is_dir():
            wall += ["--ro-bind", library, library]
    venv = places.environment() / "venv"
    for inside, outside in (
        (sys.base_prefix, sys.base_prefix), (str(venv), str(venv)), ("/foreign", str(FOREIGN)),
    ):  # fmt: skip
        wall += ["--ro-bind", outside, inside]
    wall += ["--bind", str(config), "/config", "--bind", str(out), "/out"]
    wall += ["--proc", "/proc", "--dev", "/dev", "--chdir", "/tmp"]
    wall += ["--setenv", "APPADMIT_FLOWS", "/out/flows.jsonl", "--setenv", "HOME", "/tmp"]
    return (*wall, "--", *command)
