"""Verifies the detached PKCS #7 signature of a .SF file (RFC 5652, section 5)."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from asn1crypto import cms, core

from analyzers.formats.certificates import load_certificate, load_public_key
from analyzers.formats.errors import FormatError
from analyzers.formats.signature import verify_signature

MAX_SIGNERS = 10


class Signed(msgspec.Struct, frozen=True):
    """What a signature block says and whether it holds."""

    certificates: tuple[bytes, ...]
    """DER of each signer's own certificate."""
    problem: str = ""
    """Empty where every signature holds."""


def verify_pkcs7(block: bytes, signed: bytes) -> Signed:
    """Verify all signers of a block over the signed bytes.

    Raises:
        FormatError: the block is not a PKCS #7 SignedData.
    """
    try:
        return _verify(block, signed)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError("pkcs7.damaged") from error


def _verify(block: bytes, signed: bytes) -> Signed:
    content = cms.ContentInfo.load(block)
    if content["content_type"].native != "signed_data":
        raise FormatError("pkcs7.damaged")
    data = content["content"]
    signers = data["signer_infos"]
    if not 0 < len(signers) <= MAX_SIGNERS:
        return Signed((), "signers")
    chosen: list[bytes] = []
    for signer in signers:
        der = _find_certificate(data["certificates"], signer["sid"])
        if der is None:
            return Signed(tuple(chosen), "no-certificate")
        chosen.append(der)
        problem = _check_signer(signer, der, signed)
        if problem:
            return Signed(tuple(chosen), problem)
    return Signed(tuple(chosen))


def _find_certificate(certificates: Any, sid: Any) -> bytes | None:  # noqa: ANN401 - asn1crypto
    """Find the certificate a signer names by issuer and serial number."""
    wanted = sid.chosen
    for choice in certificates:
        certificate = choice.chosen
        if sid.name != "issuer_and_serial_number":
            return bytes(certificate.dump())
        if (
            certificate["tbs_certificate"]["serial_number"].contents
            == wanted["serial_number"].contents
            and certificate.issuer.dump() == wanted["issuer"].dump()
        ):
            return bytes(certificate.dump())
    return None


def _check_signer(signer: Any, der: bytes, signed: bytes) -> str:  # noqa: ANN401 - asn1crypto
    digest = signer["digest_algorithm"]["algorithm"].native
    certificate = load_certificate(der)
    if certificate is None:
        return "certificate"
    if digest not in hashlib.algorithms_available:
        return "algorithm"
    attributes = signer["signed_attrs"]
    message = signed
    if not isinstance(attributes, core.Void) and len(attributes):
        stated = [a["values"][0].native for a in attributes if a["type"].native == "message_digest"]
        if stated != [hashlib.new(digest, signed, usedforsecurity=False).digest()]:
            return "signed-attributes"
        message = b"\x31" + attributes.dump()[1:]
    holds = verify_signature(
        load_public_key(certificate), signer["signature"].native, message, digest
    )
    return "" if holds else "algorithm" if holds is None else "signature"
