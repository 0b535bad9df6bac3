"""Writes code signatures and provisioning profiles that say what a sample wants them to say.

They are signed with a key of the samples; no phone would accept them. The same input gives the
same bytes.
"""

from __future__ import annotations

import hashlib
import plistlib
import struct
from typing import TYPE_CHECKING, Any

from asn1crypto import algos, cms, core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

if TYPE_CHECKING:
    from pathlib import Path

DIRECTORY, ENTITLEMENTS, WRAPPER = 0xFADE0C02, 0xFADE7171, 0xFADE0B01


def make_signature(
    identifier: str, team: str, rights: dict[str, Any], key: Path | None, password: bytes = b""
) -> bytes:
    """Write the blobs of a signature; without a key it is ad hoc."""
    directory = _directory(identifier, team, ad_hoc=key is None)
    blobs = [(0, directory)]
    if rights:
        blobs.append((5, _blob(ENTITLEMENTS, plistlib.dumps(rights))))
    message = make_message(b"", directory, key, password) if key else b""
    blobs.append((0x10000, _blob(WRAPPER, message)))
    at, index, content = 12 + 8 * len(blobs), b"", b""
    for slot, blob in blobs:
        index += struct.pack(">2I", slot, at + len(content))
        content += blob
    return struct.pack(">3I", 0xFADE0CC0, at + len(content), len(blobs)) + index + content


def make_profile(rows: dict[str, Any], key: Path, password: bytes) -> bytes:
    """Write a provisioning profile."""
    content = plistlib.dumps(rows)
    return make_message(content, content, key, password)


def make_message(content: bytes, signed: bytes, key: Path, password: bytes) -> bytes:
    """Write a CMS SignedData: ``content`` inside it, the signature over ``signed``."""
    private, certificate, _ = pkcs12.load_key_and_certificates(key.read_bytes(), password)
    if not isinstance(private, rsa.RSAPrivateKey) or certificate is None:
        raise ValueError(f"{key.name} holds no RSA key")
    parsed = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": parsed.issuer, "serial_number": parsed.serial_number},
            ),
            "digest_algorithm": digest,
            "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
            "signature": private.sign(signed, padding.PKCS1v15(), hashes.SHA256()),
        }
    )
    inner: dict[str, Any] = {"content_type": "data"}
    if content:
        inner["content"] = core.OctetString(content)
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": inner,
            "certificates": [parsed],
            "signer_infos": [signer],
        }
    )
    message: bytes = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    return message


def _blob(magic: int, content: bytes) -> bytes:
    return struct.pack(">2I", magic, 8 + len(content)) + content


def _directory(identifier: str, team: str, *, ad_hoc: bool) -> bytes:
    """Write a CodeDirectory of version 0x20200 without page hashes."""
    name, group = identifier.encode() + b"\0", team.encode() + b"\0" if team else b""
    start = 52
    content = struct.pack(
        ">7I4BI2I",
        0x20200, 2 if ad_hoc else 0, start + len(name) + len(group), start, 0, 0, 0,
        32, 2, 0, 14, 0,
        0, start + len(name) if team else 0,
    )  # fmt: skip
    return _blob(DIRECTORY, content + name + group + hashlib.sha256(name).digest())
