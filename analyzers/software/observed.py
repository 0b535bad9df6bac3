"""What a package shows of the software inside it: the only thing the matchers look at.

Made from an Android package, from an iOS package, or by hand in tests.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """Names and strings of one package."""

    platform: str = "android"
    classes: Sequence[str] = ()
    """Defined classes as dotted names, sorted by code point."""
    own: tuple[str, ...] = ()
    """Package prefixes of the app itself: code below them is nobody else's."""
    components: tuple[str, ...] = ()
    """Class names of the manifest's components, and of its Application."""
    meta: tuple[str, ...] = ()
    """Names of manifest meta-data."""
    files: tuple[str, ...] = ()
    """Names in the archive."""
    strings: frozenset[str] = frozenset()
    """Those exact strings of the catalogue that are string constants of the package."""
    hosts: frozenset[str] = frozenset()
    """Hosts of the URLs among the string constants."""
    symbols: tuple[str, ...] = ()
    """iOS: names of Objective-C and Swift classes, frameworks and static libraries."""
    code_hidden: bool = False
    """The readable dex is only a packer's shell: absence of classes says nothing."""

    @property
    def libraries(self) -> dict[str, str]:
        """Native libraries: file name -> first place in the archive."""
        found: dict[str, str] = {}
        for name in self.files:
            if name.endswith(".so"):
                found.setdefault(name.rpartition("/")[2], name)
        return found
