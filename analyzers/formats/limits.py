"""How much a reader takes in before it stops; every size is checked before memory is asked for."""

from __future__ import annotations

import msgspec

MIB = 1 << 20


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Upper bounds for one package."""

    file_bytes: int = 4096 * MIB
    """Size of the package file."""
    entries: int = 200_000
    """Entries in the central directory."""
    entry_bytes: int = 512 * MIB
    """Inflated size of one entry that is read."""
    total_bytes: int = 8192 * MIB
    """Sum of the inflated sizes the directory states."""
    ratio: int = 200
    """Inflated to stored size of the whole package, where more than ``ratio_from`` is stated."""
    ratio_from: int = 1024 * MIB
    """Stated sums below this are never judged by their ratio."""
    xml_bytes: int = 32 * MIB
    """Size of one binary XML file."""
    table_bytes: int = 256 * MIB
    """Size of the resource table."""
    nested_bytes: int = 256 * MIB
    """Size of one package inside the package."""
    image_pixels: int = 4096 * 4096
    """Pixels of one icon bitmap that is decoded."""


DEFAULT_LIMITS = Limits()
