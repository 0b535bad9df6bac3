"""android.signing states schemes and signers."""

from __future__ import annotations

import msgspec
import pytest

from analyzers.android.signing import extract, is_debug
from analyzers.android.signing import test_certificates as known_certificates
from analyzers.formats.certificates import read_certificate
from analyzers.package import read_package
from tests.analyzers.formats.apk_signer import der, make_certificate, make_signed
from tests.analyzers.formats.zip_builder import make_zip
from tests.analyzers.package_builder import codes_of, facts_of, make_entries


def test_schemes_and_certificate() -> None:
    package = read_package(make_signed(*make_entries(), schemes=("v1", "v2")), "x")
    found = list(extract(package))
    schemes = facts_of(found, "android.signing.scheme")
    assert {name: fields["state"] for name, fields in schemes.items()} == {
        "v1": "verified", "v2": "verified", "v3": "absent", "v3.1": "absent", "v4": "absent",
    }  # fmt: skip
    certificate = read_certificate(der(make_certificate()))
    fields = facts_of(found, "android.signing.certificate")[certificate.sha256]
    assert (fields["sha1"], fields["md5"]) == (certificate.sha1, certificate.md5)
    assert (fields["schemes"], fields["debug"], fields["weak"]) == (["v1", "v2"], False, False)
    assert (fields["subject_name"], fields["not_after"]) == (
        "C=CN,CN=Campus",
        "2033-12-29T00:00:00Z",
    )
    assert codes_of(found) == []


def test_an_unsigned_package_states_only_schemes() -> None:
    found = list(extract(read_package(make_zip(*make_entries()), "x")))
    assert facts_of(found, "android.signing.certificate") == {}
    assert len(facts_of(found, "android.signing.scheme")) == 5


def test_what_was_not_checked_is_a_limitation() -> None:
    package = read_package(make_zip(*make_entries()), "x", has_idsig=True)
    assert codes_of(extract(package)) == ["signing.not_checked"]


@pytest.mark.parametrize(
    ("subject", "debug"),
    [
        ("CN=Android Debug,O=Android,C=US", True),
        ("C=US,O=Android,CN=Android Debug", True),
        ("CN=Campus", False),
    ],
)
def test_debug_certificates(subject: str, debug: bool) -> None:
    certificate = msgspec.structs.replace(
        read_certificate(der(make_certificate())), subject=subject
    )
    assert is_debug(certificate) is debug


def test_public_test_keys_count_as_debug() -> None:
    assert len(known_certificates()) == 4
    for sha256 in known_certificates():
        certificate = msgspec.structs.replace(
            read_certificate(der(make_certificate())), sha256=sha256
        )
        assert is_debug(certificate)


def test_a_damaged_certificate_keeps_its_digests() -> None:
    certificate = read_certificate(b"no certificate")
    assert len(certificate.sha256) == 64
    assert certificate.subject == ""
