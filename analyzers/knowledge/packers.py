"""The catalogue of packers and protectors (``packers.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("packers.toml")
KINDS = ("packer", "native", "guard", "compressor", "framework", "sandbox")


class PackerError(ValueError):
    """The data file breaks the schema; one line per mistake."""


class Packer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One packer or protector and what it leaves in a package."""

    name: str
    vendor: str
    kind: str
    """What it does to the code; ``packer`` and ``native`` hide it from a reader."""
    sources: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    """Stub classes or packages; matched without case, as published lists differ in it."""
    libraries: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    """Names in the archive; ``*`` stands for anything but a slash, a trailing slash for a folder."""
    elf: tuple[str, ...] = ()
    """Section names or strings inside its native libraries."""
    magic: tuple[str, ...] = ()
    """Marks near the start or end of a native library."""
    weak: tuple[str, ...] = ()
    """Signatures too common to count alone."""

    @property
    def hides_code(self) -> bool:
        """Whether code behind it cannot be read."""
        return self.kind in ("packer", "native")


@cache
def load_packers(file: Path = FILE) -> dict[str, Packer]:
    """Read all packers by id.

    Raises:
        PackerError: when the file breaks the schema.
    """
    packers: dict[str, Packer] = {}
    problems: list[str] = []
    for packer_id, row in tomllib.loads(file.read_text("utf-8")).items():
        try:
            packer = msgspec.convert(row, Packer)
        except msgspec.ValidationError as error:
            problems.append(f"{file.name}: {packer_id}: {error}")
            continue
        known = {*packer.classes, *packer.libraries, *packer.assets}
        if packer.kind not in KINDS:
            problems.append(f"{file.name}: {packer_id}: unknown kind {packer.kind}")
        problems += [
            f"{file.name}: {packer_id}: weak {name} is no signature"
            for name in packer.weak
            if name not in known
        ]
        packers[packer_id] = packer
    if problems:
        raise PackerError("\n".join(problems))
    return packers
