"""All analyzers in one explicit, ordered tuple; the order is the order of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from analyzers.model import Fact, Limitation
from analyzers.software import packers, sdks

if TYPE_CHECKING:
    from analyzers.package import AppPackage

Found = Iterable[Fact | Limitation]


class Analyzer(msgspec.Struct, frozen=True):
    """One analyzer: what it is called, for which platform it works, and what it may state."""

    id: str
    """Lower case with dots, equal to its module path: ``android.permissions``."""
    platforms: tuple[str, ...]
    kinds: tuple[str, ...]
    """The fact kinds it may state; stating another is an error."""
    doc: str
    """One sentence for ``appadmit analyzers list``."""
    extract: Callable[[AppPackage], Found]


ANALYZERS: tuple[Analyzer, ...] = (
    Analyzer(
        id="software.packers",
        platforms=("android",),
        kinds=("software.packer",),
        doc="Packers and protectors, and what cannot be judged because of them.",
        extract=packers.extract,
    ),
    Analyzer(
        id="software.sdks",
        platforms=("android",),
        kinds=("software.sdk",),
        doc="Third-party SDKs, trackers and plain libraries, with version and evidence.",
        extract=sdks.extract,
    ),
)
