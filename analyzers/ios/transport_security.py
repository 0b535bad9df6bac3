"""ios.transport_security: where plain HTTP is allowed (NSAppTransportSecurity).

After Apple's reference: without the key everything needs TLS 1.2 with forward secrecy; where a
key for web content, media or local networking stands, NSAllowsArbitraryLoads does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.ipa import INFO
from analyzers.formats.plist import Plain, table_of, text_of
from analyzers.ios.evidence import plist_evidence
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios_package import IosPackage
    from analyzers.model import Fact, Limitation

ANALYZER = "ios.transport_security"
KEY = "NSAppTransportSecurity"
NARROWER = (
    "NSAllowsArbitraryLoadsInWebContent",
    "NSAllowsArbitraryLoadsForMedia",
    "NSAllowsLocalNetworking",
)
INSECURE = (
    "NSExceptionAllowsInsecureHTTPLoads",
    "NSThirdPartyExceptionAllowsInsecureHTTPLoads",
    "NSTemporaryExceptionAllowsInsecureHTTPLoads",
)
MAX_DOMAINS = 2_000


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State the base and every exception domain."""
    rows = table_of(package.info, KEY)
    file = package.root + INFO
    narrowed = any(key in rows for key in NARROWER)
    loads = rows.get("NSAllowsArbitraryLoads") is True and not narrowed
    in_web = any(rows.get(key) is True for key in NARROWER[:2])
    yield make_fact(
        "ios.transport",
        "base",
        analyzer=ANALYZER,
        evidence=[plist_evidence(file, KEY, {k: v for k, v in rows.items() if v is not None})],
        cleartext=loads or in_web,
        subdomains=True,
        web_only=in_web and not loads,
        minimum_tls="",
        forward_secrecy=not loads,
    )
    domains = list(table_of(rows, "NSExceptionDomains").items())
    for domain, row in domains[:MAX_DOMAINS]:
        if isinstance(row, dict):
            yield _domain(file, domain, row)
    if len(domains) > MAX_DOMAINS:
        yield make_limitation("ios.many-domains", analyzer=ANALYZER, limit=MAX_DOMAINS)


def _domain(file: str, domain: str, row: dict[str, Plain]) -> Fact:
    secrecy = ("NSExceptionRequiresForwardSecrecy", "NSThirdPartyExceptionRequiresForwardSecrecy")
    return make_fact(
        "ios.transport",
        domain,
        analyzer=ANALYZER,
        evidence=[plist_evidence(file, f"{KEY}/NSExceptionDomains/{domain}", row)],
        cleartext=any(row.get(key) is True for key in INSECURE),
        subdomains=row.get("NSIncludesSubdomains") is True,
        web_only=False,
        minimum_tls=text_of(row, "NSExceptionMinimumTLSVersion"),
        forward_secrecy=all(row.get(key) is not False for key in secrecy),
    )
