"""android.signing: the signing schemes, whether they verify, and who signed."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.android.evidence import file_evidence
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.certificates import Certificate
    from analyzers.formats.signing_model import SchemeResult, Signing
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.signing"
BLOCK = "APK Signing Block"


@cache
def test_certificates() -> dict[str, str]:
    """Give publicly known test certificates: SHA-256 to what they are."""
    path = Path(__file__).parent / "test-certificates.toml"
    certificates: dict[str, str] = tomllib.loads(path.read_text("utf-8"))["certificates"]
    return certificates


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every scheme and every signer certificate."""
    signing = package.signing
    for scheme in signing.schemes:
        yield _scheme(scheme)
        if scheme.state == "not_checked":
            yield make_limitation("signing.not_checked", analyzer=ANALYZER, scheme=scheme.scheme)
    for certificate in signing.certificates:
        yield _certificate(certificate, signing)
        if not certificate.public_key:
            yield make_limitation(
                "certificate.damaged", analyzer=ANALYZER, sha256=certificate.sha256
            )


def _scheme(result: SchemeResult) -> Fact:
    place = "META-INF" if result.scheme == "v1" else BLOCK
    return make_fact(
        "android.signing.scheme",
        result.scheme,
        analyzer=ANALYZER,
        evidence=[file_evidence(place, f"{result.scheme} {result.state} {result.problem}".strip())],
        state=result.state,
        problem=result.problem,
    )


def _certificate(certificate: Certificate, signing: Signing) -> Fact:
    schemes = signing.schemes_of(certificate)
    excerpt = (
        f"{certificate.subject}; {certificate.signature_algorithm}; "
        f"{certificate.public_key_algorithm}; {certificate.not_before} – {certificate.not_after}"
    )
    return make_fact(
        "android.signing.certificate",
        certificate.sha256,
        analyzer=ANALYZER,
        evidence=[
            file_evidence("META-INF" if schemes == ("v1",) else BLOCK, excerpt, certificate.sha256)
        ],
        sha1=certificate.sha1,
        md5=certificate.md5,
        public_key=certificate.public_key,
        public_key_algorithm=certificate.public_key_algorithm,
        subject_name=certificate.subject,
        issuer_name=certificate.issuer,
        serial=certificate.serial,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        signature_algorithm=certificate.signature_algorithm,
        debug=is_debug(certificate),
        weak=certificate.weak,
        schemes=list(schemes),
    )


def is_debug(certificate: Certificate) -> bool:
    """Tell whether a certificate is the SDK's debug certificate or a publicly known test one."""
    names = {part.strip().lower() for part in certificate.subject.split(",")}
    return "cn=android debug" in names or certificate.sha256 in test_certificates()
