"""android.network_security: cleartext, user-added authorities and pins, per domain.

Defaults after the platform reference "Network security configuration": cleartext is permitted below
target 28, user-added authorities are trusted below target 24; debug-overrides count only for
debuggable apps but are stated.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec

from analyzers.android.evidence import file_evidence, manifest_evidence
from analyzers.formats.element_text import write_element
from analyzers.formats.errors import FormatError
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.axml import Element
    from analyzers.model import Evidence, Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.network_security"
CLEARTEXT_OFF_SINCE = 28
USER_CAS_OFF_SINCE = 24
MAX_DOMAINS = 2_000


class Trust(msgspec.Struct, frozen=True):
    """What one configuration allows; inner ones inherit what they do not state."""

    cleartext: bool
    user_cas: bool
    pins: int = 0
    pins_expired: bool = False


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State the base, the debug overrides and every domain."""
    manifest = package.manifest
    application = manifest.application
    target = manifest.effective_target_sdk
    cleartext = application.flags.get("usesCleartextTraffic", target < CLEARTEXT_OFF_SINCE)
    default = Trust(cleartext=cleartext, user_cas=target < USER_CAS_OFF_SINCE)
    if not application.network_security_config:
        evidence = manifest_evidence(package, application.element)
        yield _fact("base", default, evidence, from_config=False)
        return
    default = msgspec.structs.replace(default, cleartext=target < CLEARTEXT_OFF_SINCE)
    path = _config_path(package)
    try:
        root = package.read_xml(path).root
    except (KeyError, FormatError) as error:
        reason = error.code if isinstance(error, FormatError) else "missing"
        yield make_limitation(
            "network_security.unreadable", analyzer=ANALYZER, file=path, reason=reason
        )
        return
    yield from _read_config(package, path, root, default)


def _config_path(package: AppPackage) -> str:
    if package.resources is None:
        return ""
    value = package.resources.resolve(package.manifest.application.network_security_config)
    return package.find_resource_file(value.text) if value else ""


def _read_config(
    package: AppPackage, path: str, root: Element, default: Trust
) -> Iterator[Fact | Limitation]:
    base = root.find("base-config")
    trust = _read_trust(base, default) if base else default
    yield _fact("base", trust, _evidence(package, path, base or root), from_config=base is not None)
    debug = root.find("debug-overrides")
    if debug is not None:
        overridden = msgspec.structs.replace(
            trust, user_cas=_trusts_user(debug, default=trust.user_cas)
        )
        yield _fact("debug", overridden, _evidence(package, path, debug), from_config=True)
    waiting = [(element, trust) for element in root.find_all("domain-config")]
    stated = 0
    while waiting:
        element, parent = waiting.pop(0)
        inner = _read_trust(element, parent)
        waiting += [(child, inner) for child in element.find_all("domain-config")]
        evidence = _evidence(package, path, element)
        for domain in element.find_all("domain"):
            stated += 1
            if stated > MAX_DOMAINS:
                yield make_limitation(
                    "network_security.many_domains", analyzer=ANALYZER, limit=MAX_DOMAINS
                )
                return
            subdomains = domain.attribute("includeSubdomains")
            yield _fact(
                domain.text.strip().lower(),
                inner,
                evidence,
                from_config=True,
                include_subdomains=bool(subdomains and subdomains.as_bool(default=False)),
            )


def _read_trust(element: Element, parent: Trust) -> Trust:
    cleartext = element.attribute("cleartextTrafficPermitted")
    pins = element.find("pin-set")
    return Trust(
        cleartext=cleartext.as_bool(parent.cleartext) if cleartext else parent.cleartext,
        user_cas=_trusts_user(element, default=parent.user_cas),
        pins=sum(1 for _ in pins.find_all("pin")) if pins else parent.pins,
        pins_expired=_is_expired(pins) if pins else parent.pins_expired,
    )


def _trusts_user(element: Element, *, default: bool) -> bool:
    anchors = element.find("trust-anchors")
    if anchors is None:
        return default
    sources = (certificates.attribute("src") for certificates in anchors.find_all("certificates"))
    return any(source is not None and source.as_text() == "user" for source in sources)


def _is_expired(pins: Element) -> bool:
    written = pins.attribute("expiration")
    if written is None:
        return False
    try:
        return date.fromisoformat(written.as_text()) < datetime.now(UTC).date()
    except ValueError:
        return False


def _evidence(package: AppPackage, path: str, element: Element) -> Evidence:
    return file_evidence(
        path,
        write_element(element, package.resources),
        place=f"/network-security-config/{element.tag}",
    )


def _fact(
    subject: str,
    trust: Trust,
    evidence: Evidence,
    *,
    from_config: bool,
    include_subdomains: bool = False,
) -> Fact:
    return make_fact(
        "android.network_security",
        subject,
        analyzer=ANALYZER,
        evidence=[evidence],
        cleartext=trust.cleartext,
        user_cas=trust.user_cas,
        pins=trust.pins,
        pins_expired=trust.pins_expired,
        include_subdomains=include_subdomains,
        from_config=from_config,
    )
