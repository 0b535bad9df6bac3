"""android.flags: security-relevant switches of the application, as the platform reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.android.evidence import manifest_evidence
from analyzers.model import make_fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact
    from analyzers.package import AppPackage

ANALYZER = "android.flags"


class Flag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The platform's default of one switch."""

    default: bool = False
    target: int | None = None
    """Target API level from which the default changes."""
    below: bool = False
    otherwise: bool = False

    def value(self, target_sdk: int) -> bool:
        """Give the default for an app of this target."""
        if self.target is None:
            return self.default
        return self.below if target_sdk < self.target else self.otherwise


@cache
def load_flags() -> dict[str, Flag]:
    """Read the switches by attribute name."""
    content = (Path(__file__).parent / "flags.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(content), dict[str, Flag])


def extract(package: AppPackage) -> Iterator[Fact]:
    """State every switch, written or default."""
    application = package.manifest.application
    if application.element is None:
        return
    evidence = [manifest_evidence(package, application.element)]
    for name, flag in load_flags().items():
        written = application.flags.get(name)
        default = flag.value(package.manifest.effective_target_sdk)
        yield make_fact(
            "android.application.flag",
            name,
            analyzer=ANALYZER,
            evidence=evidence,
            value=default if written is None else written,
            explicit=written is not None,
        )
