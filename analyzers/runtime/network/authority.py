"""Makes the certificate authority of one run, and the trust store in which the app finds it."""

from __future__ import annotations

import hashlib
import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "changeit"
_MAGIC, _VERSION, _TRUSTED = 0xFEEDFEED, 2, 2


def write_authority(directory: Path) -> Path:
    """Write key and certificate as the proxy wants them; give the Java trust store.

    Args:
        directory: the proxy's configuration directory; it is made.
    """
    directory.mkdir(parents=True, exist_ok=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "AppAdmit run")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    (directory / "mitmproxy-ca.pem").write_bytes(private + public)
    (directory / "mitmproxy-ca-cert.pem").write_bytes(public)
    store = directory / "trust.jks"
    store.write_bytes(make_trust_store(certificate.public_bytes(serialization.Encoding.DER)))
    return store


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip


def make_trust_store(certificate: bytes) -> bytes:
    """Give a JKS file with one trusted certificate (format: sun.security.provider.JavaKeyStore)."""
    body = struct.pack(">III", _MAGIC, _VERSION, 1)
    body += struct.pack(">I", _TRUSTED) + _text("run") + struct.pack(">q", 0)
    body += _text("X.509") + struct.pack(">I", len(certificate)) + certificate
    digest = hashlib.sha1(usedforsecurity=False)
    digest.update(PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + body)
    return body + digest.digest()


def _text(value: str) -> bytes:
    data = value.encode("utf-8")
    return struct.pack(">H", len(data)) + data
