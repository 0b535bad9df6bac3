"""The run's certificate authority can sign, and Java's trust store holds it."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

from cryptography import x509

from analyzers.runtime.network.authority import PASSWORD, make_trust_store, write_authority


def test_authority_is_written_for_proxy_and_app(tmp_path: Path) -> None:
    store = write_authority(tmp_path / "authority")
    pem = (tmp_path / "authority" / "mitmproxy-ca.pem").read_bytes()
    certificate = x509.load_pem_x509_certificate(pem[pem.index(b"-----BEGIN CERTIFICATE") :])
    limits = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert limits.ca
    assert b"PRIVATE KEY" in pem
    data = store.read_bytes()
    assert struct.unpack_from(">III", data) == (0xFEEDFEED, 2, 1)


def test_trust_store_is_sealed_as_java_wants_it() -> None:
    data = make_trust_store(b"certificate")
    body, seal = data[:-20], data[-20:]
    whitened = PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + body
    assert hashlib.sha1(whitened, usedforsecurity=False).digest() == seal
    assert body.endswith(b"\x00\x05X.509\x00\x00\x00\x0bcertificate")
