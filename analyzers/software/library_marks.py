"""Looking for packers' marks inside native libraries, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.errors import FormatError
from analyzers.software.packing import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.knowledge.packers import Packer
    from analyzers.package import AppPackage

MAX_LIBRARIES = 40
MAX_BYTES = 4 << 20
EDGE = 200
"""Changed UPX marks lie within so many bytes of the start or the end (after APKiD)."""


def read_marks(package: AppPackage, packers: Iterable[Packer]) -> Marks:
    """Search the smaller native libraries for section names, strings and marks of packers."""
    all_packers = tuple(packers)
    elf = {mark: mark.encode() for packer in all_packers for mark in packer.elf}
    magic = {mark: mark.encode() for packer in all_packers for mark in packer.magic}
    found = Marks({}, {})
    paths = [next(iter(by_abi.values())) for by_abi in package.native_libraries.values()]
    for path in paths[:MAX_LIBRARIES]:
        try:
            content = package.read(path, MAX_BYTES)
        except FormatError:
            continue  # too large or damaged: other analyzers say so
        edges = content[:EDGE] + content[-EDGE:]
        found.elf.update(
            (m, path) for m, raw in elf.items() if m not in found.elf and raw in content
        )
        found.magic.update(
            (m, path) for m, raw in magic.items() if m not in found.magic and raw in edges
        )
    return found
