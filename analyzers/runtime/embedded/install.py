"""Makes the runtime environment: a Python of its own with the JRE, the jars, our compiled Java."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.runtime.embedded import compile as own_java
from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.jars import Jar, check_jar, load_jars
from analyzers.runtime.errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[str, float], None]

READY = "ready.json"


def is_installed() -> bool:
    """Tell whether the environment of the present lists is complete."""
    return (places.environment() / READY).is_file() and places.own_classes().is_dir()


def run_install(progress: Progress, *, bundle: Path | None = None) -> Path:
    """Install what is missing; a complete environment is left as it is.

    Args:
        progress: told the step and the share done, 0 to 1.
        bundle: a file made by ``run_bundle``; nothing is fetched then.

    Raises:
        InstallError: when a step fails; what was finished stays and is not repeated.
    """
    root = places.environment()
    root.mkdir(parents=True, exist_ok=True)
    if not (root / READY).is_file():
        if bundle is not None:
            from analyzers.runtime.embedded.bundle import run_unpack

            run_unpack(bundle, root, progress)
        if not places.virtual_python().is_file():
            progress("python", 0.0)
            _make_python(root, root / "wheels" if bundle is not None else None)
        _fetch_jars(root, progress)
        progress("stubs", 0.85)
        own_java.make_stub_jar()
        (root / READY).write_text(json.dumps({"python": sys.version.split()[0]}), "utf-8")
    if not places.own_classes().is_dir():
        progress("java", 0.95)
        own_java.make_own_classes()
    progress("done", 1.0)
    return root


def _make_python(root: Path, wheels: Path | None) -> None:
    target = root / "venv"
    shutil.rmtree(target, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(target)], "runtime.venv_failed")
    command = [str(target / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    if wheels is None:
        command += ["--require-hashes", "--requirement", str(places.LOCK)]
    else:
        command += ["--no-index", "--no-deps", *map(str, sorted(wheels.glob("*.whl")))]
    try:
        _run(command, "runtime.pip_failed")
    except InstallError:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _run(command: list[str], code: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False, timeout=1800)
    if done.returncode != 0:
        raise InstallError(code, (done.stdout + done.stderr)[-2000:].decode("utf-8", "replace"))


def _place_of(jar: Jar) -> Path:
    if "framework" in jar.roles:
        return places.framework_jar()
    return places.jar_path(jar.file_name)


def _fetch_jars(root: Path, progress: Progress) -> None:
    missing = [jar for jar in load_jars() if not _place_of(jar).is_file()]
    total = sum(jar.size for jar in missing) or 1
    done = 0
    with tempfile.TemporaryDirectory(dir=root) as folder:
        for jar, fetched in _fetched(missing, folder):
            check_jar(jar, fetched)
            target = _place_of(jar)
            target.parent.mkdir(exist_ok=True)
            fetched.replace(target)
            done += jar.size
            progress(f"jar {jar.file_name}", 0.3 + 0.5 * done / total)


def _fetched(jars: list[Jar], folder: str) -> list[tuple[Jar, Path]]:
    if not jars:
        return []
    script = Path(__file__).parent / "foreign" / "fetch_jars.py"
    request = json.dumps([[jar.group, jar.artifact, jar.version] for jar in jars])
    done = subprocess.run(
        [str(places.virtual_python()), "-I", str(script), folder],
        input=request.encode(),
        capture_output=True,
        check=False,
        timeout=1800,
        env={**os.environ, "PYTHONNOUSERSITE": "1"},
    )
    if done.returncode != 0:
        raise InstallError("runtime.fetch_failed", done.stderr[-2000:].decode("utf-8", "replace"))
    rows = dict(json.loads(line) for line in done.stdout.splitlines())
    return [(jar, Path(rows[f"{jar.group}:{jar.artifact}"])) for jar in jars]
