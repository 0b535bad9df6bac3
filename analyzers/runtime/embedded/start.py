"""Puts one start of an app together: what lies where inside, and the JVM's command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import msgspec

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.driver import Driver
from analyzers.runtime.embedded.jars import jars_for
from analyzers.runtime.embedded.sandbox import (
    SCRATCH,
    Cage,
    Limits,
    make_bubblewrap,
    make_cage_command,
    write_filter,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzers.runtime.channel import Message

OPENED = (
    "java.lang", "java.lang.reflect", "java.util", "java.util.concurrent", "java.io", "java.net",
    "java.nio", "java.text", "java.security", "jdk.internal.misc", "sun.security.action",
)  # fmt: skip
"""Packages of java.base that the framework reaches into."""


class App(msgspec.Struct, frozen=True, kw_only=True):
    """The app as a start needs it."""

    apk: Path
    jar: Path
    plan: Path
    package: str
    target_sdk: int
    resources: Path
    """The package whose resources can be read: the APK itself, or a repaired copy."""


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """One start to be made."""

    number: int
    phase: str
    state: Path | None = None
    """What the app kept from an earlier start."""
    pregranted: bool = False
    listeners: tuple[tuple[str, ...], ...] = ()
    trust: Path | None = None
    """Trust store with the proxy's certificate."""


def make_start(
    app: App,
    start: Start,
    directory: Path,
    *,
    sandboxed: bool,
    limits: Limits,
    hear: Callable[[Message], None],
) -> Driver:
    """Start the app once in a directory of the run.

    Raises:
        DriverError: when the process cannot be spoken to.
    """
    manifest = directory / "manifest.xml"
    manifest.write_text(f"<manifest package={quoteattr(app.package)}/>\n", "utf-8")
    inside = _places(app, start, directory, sandboxed=sandboxed)
    java = _java_command(app, start, inside)
    name = f"start-{start.number}"
    readable = {str(inside[key]): path for key, path in _outside(app, start, directory).items()}
    cage = Cage(argv=tuple(java), readable=readable, listeners=start.listeners)
    descriptors: list[int] = []
    argv = java
    try:
        if sandboxed:
            descriptors.append(os.open(write_filter(directory), os.O_RDONLY))
            argv = make_bubblewrap(cage, limits, descriptors[0])
        command = make_cage_command(directory, name, argv, cage, limits, isolate=sandboxed)
        return Driver(
            command,
            lines=directory / f"{name}.jsonl",
            log=directory / f"{name}.log",
            limits=limits,
            hear=hear,
            pass_descriptors=descriptors,
        )
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _outside(app: App, start: Start, directory: Path) -> dict[str, Path]:
    parts = {
        "java": places.java_home(),
        "jars": places.environment() / "jars",
        "own": places.own_classes(),
        "framework": places.framework(),
        "apk": app.resources,
        "app": app.jar,
        "plan": app.plan,
        "manifest": directory / "manifest.xml",
        "seeds": directory / "seeds.properties",
        "phone": directory / "phone",
    }
    if start.state is not None:
        parts["state"] = start.state
    if start.trust is not None:
        parts["trust"] = start.trust
    return parts


def _places(app: App, start: Start, directory: Path, *, sandboxed: bool) -> dict[str, Path]:
    outside = _outside(app, start, directory)
    if not sandboxed:
        scratch = directory / "scratch"
        scratch.mkdir(exist_ok=True)
        return {**outside, "scratch": scratch}
    names = {"apk": "base.apk", "app": "app.jar", "state": "state.zip"}
    inside = {key: Path("/run") / names.get(key, key) for key in outside}
    return {**inside, "scratch": Path(SCRATCH)}


def _java_command(app: App, start: Start, inside: dict[str, Path]) -> list[str]:
    scratch = inside["scratch"]
    own = inside["own"]
    hooks = f"plan={inside['plan']},app={inside['app']},root={scratch}/phone,"
    hooks += f"target={app.target_sdk},phase={start.phase}"
    properties = {
        "java.io.tmpdir": scratch,
        "java.net.preferIPv4Stack": "true",
        "user.home": scratch,
        "robolectric.offline": "true",
        "robolectric.dependency.dir": inside["framework"],
        "robolectric.allowPlatformPermissions": "true",
        "robolectric.logging.enabled": "false",
        "appadmit.apk": inside["apk"],
        "appadmit.manifest": inside["manifest"],
        "appadmit.package": app.package,
        "appadmit.seeds": inside["seeds"],
        "appadmit.phone": inside["phone"],
        "appadmit.state": inside.get("state", scratch / "no-state"),
        "appadmit.pregranted": str(start.pregranted).lower(),
    }
    if start.trust is not None:
        properties["javax.net.ssl.trustStore"] = inside["trust"]
        properties["javax.net.ssl.trustStorePassword"] = "changeit"
        properties["javax.net.ssl.trustStoreType"] = "JKS"
    path = [own / "driver.jar", *(inside["jars"] / jar.file_name for jar in jars_for("host"))]
    path += [inside["app"], inside["framework"] / jars_for("framework")[0].file_name]
    return [
        str(inside["java"] / "bin" / "java"),
        "-XX:+IgnoreUnrecognizedVMOptions", "-Xmx640m", "-XX:MaxMetaspaceSize=320m", "-Xss1m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-noverify",
        "-XX:CICompilerCount=1", "-Xshare:auto",
        f"-javaagent:{own / 'agent.jar'}={hooks}",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED),
        *(f"-D{name}={value}" for name, value in properties.items()),
        "-cp", os.pathsep.join(map(str, path)),
        "appadmit.driver.Main",
    ]  # fmt: skip
