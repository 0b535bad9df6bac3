"""One file that carries the whole environment to a machine without a network."""

from __future__ import annotations

import subprocess
import tarfile
from typing import TYPE_CHECKING

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.jars import check_jar, load_jars
from analyzers.runtime.errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def run_bundle(target: Path, progress: Callable[[str, float], None]) -> None:
    """Write wheels and jars of the installed environment into one tar file.

    Raises:
        InstallError: when the environment is not complete or the wheels cannot be had.
    """
    wheels = places.environment() / "wheels"
    wheels.mkdir(exist_ok=True)
    progress("wheels", 0.1)
    command = [str(places.virtual_python()), "-m", "pip", "wheel", "--quiet", "--require-hashes"]
    command += ["--requirement", str(places.LOCK), "--wheel-dir"]
    done = subprocess.run([*command, str(wheels)], capture_output=True, check=False, timeout=1800)
    if done.returncode != 0:
        raise InstallError("runtime.pip_failed", done.stderr[-2000:].decode("utf-8", "replace"))
    with tarfile.open(target, "w") as archive:
        for path in sorted(wheels.iterdir()):
            archive.add(path, f"wheels/{path.name}")
        for number, jar in enumerate(load_jars()):
            framework = "framework" in jar.roles
            path = places.framework_jar() if framework else places.jar_path(jar.file_name)
            check_jar(jar, path)
            progress(f"jar {jar.file_name}", 0.4 + 0.6 * number / len(load_jars()))
            archive.add(path, f"{'framework' if framework else 'jars'}/{jar.file_name}")


def run_unpack(bundle: Path, root: Path, progress: Callable[[str, float], None]) -> None:
    """Lay the files of a bundle into an environment that is being made.

    Raises:
        InstallError: when the file is no bundle, or a jar in it is not the listed one.
    """
    progress("bundle", 0.05)
    try:
        with tarfile.open(bundle) as archive:
            archive.extractall(root, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise InstallError("runtime.bundle_unreadable", str(error)) from error
    for jar in load_jars():
        folder = "framework" if "framework" in jar.roles else "jars"
        check_jar(jar, root / folder / jar.file_name)
