"""Turns the dex code of an app into a class path, once per file."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.compile import class_path
from analyzers.runtime.errors import ConversionError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Converted(msgspec.Struct, frozen=True):
    """The code of one app as classes."""

    jar: Path
    failed: tuple[str, ...]
    """Methods that could not be converted; running into one is recorded as a crash of its own."""
    classes: int
    """Number of classes in the jar."""
    seconds: float
    cached: bool


class _Note(msgspec.Struct, frozen=True):
    failed: list[str]
    classes: int
    seconds: float


def make_jar(apks: Sequence[Path], *, timeout: float = 600.0) -> Converted:
    """Convert all dex files of an app's packages (base first, then splits).

    Raises:
        ConversionError: when nothing could be converted.
    """
    key = _key(apks)
    folder = places.cache_root() / "converted" / key[:2]
    jar = folder / f"{key}.jar"
    note = folder / f"{key}.json"
    if jar.is_file() and note.is_file():
        known = msgspec.json.decode(note.read_bytes(), type=_Note)
        return Converted(jar, tuple(known.failed), known.classes, known.seconds, cached=True)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        target = Path(work) / "app.jar"
        found = _run(apks, target, timeout)
        note_bytes = msgspec.json.encode(found)
        (Path(work) / "note.json").write_bytes(note_bytes)
        target.replace(jar)
        (Path(work) / "note.json").replace(note)
    return Converted(jar, tuple(found.failed), found.classes, found.seconds, cached=False)


def _key(apks: Sequence[Path]) -> str:
    digest = hashlib.sha256(places.java_key().encode())
    for apk in apks:
        with apk.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _run(apks: Sequence[Path], target: Path, timeout: float) -> _Note:
    path = os.pathsep.join([str(places.own_classes() / "convert.jar"), *class_path("convert")])
    command = [str(places.java()), "-Xmx1500m", "-Xss4m", "-XX:+UseSerialGC", "-cp", path]
    command += ["appadmit.convert.Convert", str(target), *map(str, apks)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise ConversionError("runtime.conversion_timeout") from error
    if done.returncode != 0 or not target.is_file():
        tail = done.stderr[-1000:].decode("utf-8", "replace")
        raise ConversionError("runtime.conversion_failed", tail)
    try:
        return msgspec.json.decode(done.stdout, type=_Note)
    except msgspec.DecodeError as error:
        raise ConversionError("runtime.conversion_failed", str(error)) from error
