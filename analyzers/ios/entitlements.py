"""ios.entitlements: what the signature, or else the provisioning profile, lets the app do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.ios.evidence import plist_evidence, write
from analyzers.ios.tables import load_plist_rows
from analyzers.model import make_fact, make_limitation, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios_package import IosPackage
    from analyzers.model import Fact, Limitation

ANALYZER = "ios.entitlements"
MAX_ENTITLEMENTS = 500


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State every entitlement."""
    signature, profile = package.signature, package.provisioning
    if signature is not None and signature.problem.startswith("plist."):
        yield make_limitation(
            "ios.entitlements-unreadable",
            analyzer=ANALYZER,
            hides=[ANALYZER],
            reason=signature.problem,
        )
    if signature is not None and (signature.entitlements or profile is None):
        rights, main = signature.entitlements, package.main
        file = main.file if main else package.root
    elif profile is not None:
        rights, file = profile.entitlements, package.root + "embedded.mobileprovision"
    else:
        yield make_limitation("ios.unsigned", analyzer=ANALYZER, hides=[ANALYZER])
        return
    known = load_plist_rows().entitlements
    for key, value in list(rights.items())[:MAX_ENTITLEMENTS]:
        yield make_fact(
            "ios.entitlement",
            key,
            analyzer=ANALYZER,
            evidence=[plist_evidence(file, f"entitlements/{key}", value)],
            value=shorten(write(value), 200),
            types=list(known.get(key, ())),
            known=key in known,
        )
