"""Compiles our own Java once, with the compiler that is part of the environment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.jars import jars_for
from analyzers.runtime.errors import InstallError

MANIFEST = (
    "Manifest-Version: 1.0\n"
    "Premain-Class: appadmit.agent.Agent\n"
    "Boot-Class-Path: witness.jar\n"
    "Can-Retransform-Classes: true\n\n"
)
PARTS = {
    "witness.jar": ("appadmit/witness/",),
    "agent.jar": ("appadmit/agent/",),
    "driver.jar": ("appadmit/driver/", "androidx/"),
    "install.jar": ("appadmit/install/",),
    "convert.jar": ("appadmit/convert/", "appadmit/witness/Line"),
}
"""Which classes go into which jar; the witness alone lies on the boot class path."""


def class_path(role: str) -> list[str]:
    """Give the jars of a role as places."""
    return [str(places.jar_path(jar.file_name)) for jar in jars_for(role)]


def run_java(arguments: list[str], *, timeout: float, code: str) -> None:
    """Run the JRE for one of our tools.

    Raises:
        InstallError: when it fails; the reason is the end of what it said.
    """
    command = [str(places.java()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallError(code, str(error)) from error
    if done.returncode != 0:
        tail = (done.stdout + done.stderr)[-2000:].decode("utf-8", "replace")
        raise InstallError(code, tail)


def make_stub_jar() -> None:
    """Write the framework without code, which compiler and planner read."""
    with tempfile.TemporaryDirectory(dir=places.environment()) as folder:
        _compile([str(places.JAVA_SOURCES / "appadmit" / "install")], class_path("compile"), folder)
        target = Path(folder) / "stubs.jar"
        path = os.pathsep.join([folder, *class_path("compile")])
        run_java(
            ["-cp", path, "appadmit.install.StubJar", str(places.framework_jar()), str(target)],
            timeout=300,
            code="runtime.stubs_failed",
        )
        target.replace(places.stub_jar())


def make_own_classes() -> None:
    """Compile our Java and pack it into the jars of PARTS."""
    with tempfile.TemporaryDirectory(dir=places.environment()) as folder:
        classes = Path(folder) / "classes"
        jars = Path(folder) / "jars"
        jars.mkdir()
        path = [*class_path("host"), *class_path("convert"), str(places.stub_jar())]
        _compile([str(places.JAVA_SOURCES)], path, str(classes))
        for name, prefixes in PARTS.items():
            _pack(jars / name, classes, prefixes)
        if not places.own_classes().is_dir():
            with contextlib.suppress(OSError):
                jars.replace(places.own_classes())  # another process may have been faster
        if not places.own_classes().is_dir():
            raise InstallError("runtime.compile_failed", "the compiled classes cannot be stored")


def _compile(sources: list[str], path: list[str], target: str) -> None:
    compiler = next(jar for jar in jars_for("compile") if jar.artifact == "ecj")
    arguments = ["-jar", str(places.jar_path(compiler.file_name)), "-17", "-nowarn", "-proc:none"]
    arguments += ["-g", "-encoding", "UTF-8", "-cp", os.pathsep.join(path), "-d", target, *sources]
    run_java(arguments, timeout=300, code="runtime.compile_failed")


def _pack(jar: Path, classes: Path, prefixes: tuple[str, ...]) -> None:
    with zipfile.ZipFile(jar, "w") as archive:
        if jar.name == "agent.jar":
            archive.writestr("META-INF/MANIFEST.MF", MANIFEST)
        for path in sorted(classes.rglob("*.class")):
            name = path.relative_to(classes).as_posix()
            if name.startswith(prefixes):
                archive.write(path, name)
