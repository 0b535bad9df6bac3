"""ios.signing: the team, the kind of signature, and for whom it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.ios.evidence import code_evidence
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios_package import IosPackage
    from analyzers.model import Fact, Limitation

ANALYZER = "ios.signing"
PROFILE = "embedded.mobileprovision"


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State the signature and the provisioning profile."""
    signature, profile, main = package.signature, package.provisioning, package.main
    certificates = signature.certificates if signature else ()
    team = (signature.team if signature else "") or (profile.team if profile else "")
    rights = (signature.entitlements if signature else {}) or (
        profile.entitlements if profile else {}
    )
    excerpt = (
        f"{signature.identifier} {team} {'ad hoc' if signature.ad_hoc else ''}".strip()
        if signature
        else ""
    )
    file = main.file if main else package.root + "Info.plist"
    evidence = [code_evidence(file, "LC_CODE_SIGNATURE", excerpt)]
    if profile is not None:
        evidence.append(code_evidence(package.root + PROFILE, "", f"{profile.name} {profile.uuid}"))
    yield make_fact(
        "ios.signing",
        team or ("ad hoc" if signature else "unsigned"),
        analyzer=ANALYZER,
        evidence=evidence,
        type=_type(package),
        team_name=profile.team_name if profile else "",
        identifier=signature.identifier if signature else "",
        signer=certificates[0].subject if certificates else "",
        profile=profile.name if profile else "",
        expires=profile.expires if profile else "",
        devices=profile.devices if profile else 0,
        debuggable=rights.get("get-task-allow") is True,
    )
    yield make_limitation("ios.signature-not-verified", analyzer=ANALYZER)
    for name, reason in sorted(package.damaged.items()):
        if name.endswith((PROFILE, "#signature")):
            yield make_limitation(
                "ios.signature-unreadable", analyzer=ANALYZER, file=name, reason=reason
            )


def _type(package: IosPackage) -> str:
    """Tell how the app can be installed."""
    if package.provisioning is not None:
        return package.provisioning.type
    signature = package.signature
    if signature is None or signature.ad_hoc:
        return "none"
    encrypted = package.main is not None and package.main.code.encrypted is not None
    subject = signature.certificates[0].subject if signature.certificates else ""
    return "app_store" if encrypted or "Apple iPhone OS" in subject else "unknown"
