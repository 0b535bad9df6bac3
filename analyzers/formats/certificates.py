"""X.509 certificates of app signers, in the words App filing and apksigner use."""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

CURVES = {"secp256r1": "P256", "secp384r1": "P384", "secp521r1": "P521"}
WEAK_DIGESTS = ("MD2", "MD4", "MD5", "SHA1")
WEAK_RSA_BITS = 2048


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate; where it is damaged only its digests are filled."""

    sha256: str
    sha1: str
    md5: str
    der: bytes
    subject: str = ""
    """RFC 4514 name."""
    issuer: str = ""
    serial: str = ""
    """Hexadecimal."""
    not_before: str = ""
    """ISO 8601, UTC."""
    not_after: str = ""
    signature_algorithm: str = ""
    """Such as SHA256-RSA."""
    public_key: str = ""
    """RSA modulus, uncompressed EC point, or DSA public number, in hexadecimal."""
    public_key_algorithm: str = ""
    """Such as RSA-2048 or EC-P256."""
    weak: bool = False
    """MD5 or SHA-1 signature, or an RSA key below 2048 bits."""


def read_certificate(der: bytes) -> Certificate:
    """Describe a certificate."""
    bare = Certificate(
        der=der,
        sha256=_digest("sha256", der),
        sha1=_digest("sha1", der),
        md5=_digest("md5", der),
    )
    certificate = load_certificate(der)
    if certificate is None:
        return bare
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd serial numbers are told by the fact itself
        return _describe(bare, certificate)


def _describe(bare: Certificate, certificate: x509.Certificate) -> Certificate:
    key, key_name, bits = _describe_key(certificate)
    digest = _digest_name(certificate)
    return msgspec.structs.replace(
        bare,
        subject=_name(certificate, "subject"),
        issuer=_name(certificate, "issuer"),
        serial=f"{certificate.serial_number:x}",
        not_before=_moment(certificate, "not_valid_before_utc"),
        not_after=_moment(certificate, "not_valid_after_utc"),
        signature_algorithm=f"{digest}-{key_name.partition('-')[0]}".strip("-"),
        public_key=key,
        public_key_algorithm=key_name,
        weak=digest in WEAK_DIGESTS or (key_name.startswith("RSA") and bits < WEAK_RSA_BITS),
    )


def _digest(name: str, der: bytes) -> str:
    return hashlib.new(name, der, usedforsecurity=False).hexdigest()


def load_certificate(der: bytes) -> x509.Certificate | None:
    """Load a certificate; None where it is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion):
        return None


def load_public_key(certificate: x509.Certificate) -> CertificatePublicKeyTypes | None:
    """Load the key of a certificate; None where its kind is unknown or it is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


def public_key_der(certificate: x509.Certificate) -> bytes:
    """Give the SubjectPublicKeyInfo of a certificate, empty where the key is damaged."""
    key = load_public_key(certificate)
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) if key else b""


def _describe_key(certificate: x509.Certificate) -> tuple[str, str, int]:
    """Give the public number in hexadecimal, the kind with its size, and the size in bits."""
    key = load_public_key(certificate)
    if isinstance(key, rsa.RSAPublicKey):
        return f"{key.public_numbers().n:x}", f"RSA-{key.key_size}", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()
        return point, f"EC-{CURVES.get(key.curve.name, key.curve.name)}", key.key_size
    if isinstance(key, dsa.DSAPublicKey):
        return f"{key.public_numbers().y:x}", f"DSA-{key.key_size}", key.key_size
    return "", "", 0


def _digest_name(certificate: x509.Certificate) -> str:
    try:
        algorithm = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return ""
    return algorithm.name.upper().replace("-", "") if algorithm else ""


def _name(certificate: x509.Certificate, field: str) -> str:
    try:
        name: x509.Name = getattr(certificate, field)
        return name.rfc4514_string()
    except ValueError:
        return ""


def _moment(certificate: x509.Certificate, field: str) -> str:
    try:
        moment: datetime = getattr(certificate, field)
    except ValueError:
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
