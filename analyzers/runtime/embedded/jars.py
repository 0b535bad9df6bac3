"""The committed list of jars: coordinates, hashes, and what each is for."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from analyzers.runtime.errors import InstallError

HERE = Path(__file__).parent


class Jar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One jar of the list."""

    group: str
    artifact: str
    version: str
    sha256: str
    size: int
    """Bytes."""
    roles: tuple[str, ...]
    """``host`` (class path of a run), ``framework``, ``convert``, ``compile``."""

    @property
    def file_name(self) -> str:
        """Name the jar has in the environment."""
        return f"{self.artifact}-{self.version}.jar"


@cache
def load_jars() -> tuple[Jar, ...]:
    """Give the committed list."""
    table = tomllib.loads((HERE / "jars.toml").read_text("utf-8"))
    return tuple(msgspec.convert(table["jar"], list[Jar]))


def jars_for(role: str) -> tuple[Jar, ...]:
    """Give the jars of one role, in the order of the list."""
    return tuple(jar for jar in load_jars() if role in jar.roles)


def check_jar(jar: Jar, path: Path) -> None:
    """Refuse a file that is not the listed one.

    Raises:
        InstallError: when the file is missing or its SHA-256 differs.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InstallError("runtime.jar_missing", jar.file_name) from error
    if found != jar.sha256:
        raise InstallError("runtime.jar_differs", jar.file_name)
