"""Signs built packages with schemes v1, v2 and v3, so that tests need no Java."""

from __future__ import annotations

import base64
import datetime
import hashlib
import struct
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from analyzers.formats.content_digest import chunked_digest, verity_digest
from analyzers.formats.zip import ZipArchive
from tests.analyzers.formats.zip_builder import Entry, make_zip

IDS = {"v2": 0x7109871A, "v3": 0xF05368C0, "v3.1": 0x1B93AD61}


@cache
def make_key(kind: str = "rsa") -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 1024 if kind == "short" else 2048)


@cache
def make_certificate(kind: str = "rsa", name: str = "Campus") -> x509.Certificate:
    key = make_key(kind)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        ]
    )
    start = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(0x1234)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def sign_v1(entries: list[Entry], *, kind: str = "rsa", header: str = "") -> list[Entry]:
    """Give the entries with META-INF added; ``header`` adds a line to the signature file."""
    manifest = b"Manifest-Version: 1.0\r\n\r\n"
    for entry in entries:
        manifest += f"Name: {entry.name.decode()}\r\n".encode()
        manifest += (
            b"SHA-256-Digest: "
            + base64.b64encode(hashlib.sha256(entry.content).digest())
            + b"\r\n\r\n"
        )
    digest = base64.b64encode(hashlib.sha256(manifest).digest()).decode()
    signature = (
        f"Signature-Version: 1.0\r\nSHA-256-Digest-Manifest: {digest}\r\n{header}\r\n".encode()
    )
    block = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(signature)
        .add_signer(make_certificate(kind), make_key(kind), hashes.SHA256())
        .sign(
            serialization.Encoding.DER,
            [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary],
        )
    )
    return [
        *entries,
        Entry("META-INF/MANIFEST.MF", manifest),
        Entry("META-INF/CERT.SF", signature),
        Entry("META-INF/CERT.RSA", block),
    ]


def part(*pieces: bytes) -> bytes:
    """Write pieces behind their common length."""
    joined = b"".join(pieces)
    return struct.pack("<I", len(joined)) + joined


def sign_block(
    package: bytes, schemes: tuple[str, ...] = ("v2",), *, kind: str = "rsa", algorithm: int = 0x0103,
    attributes: bytes = b"",
) -> bytes:  # fmt: skip
    """Put a signing block in front of the directory."""
    archive = ZipArchive(package)
    start, end = archive.directory.start, archive.directory.end
    moved = bytearray(package)
    signers = {
        IDS[scheme]: _signer(archive, start, scheme, kind, algorithm, attributes)
        for scheme in schemes
    }
    pairs = b"".join(struct.pack("<QI", len(v) + 4, k) + v for k, v in signers.items())
    size = len(pairs) + 24
    block = struct.pack("<Q", size) + pairs + struct.pack("<Q", size) + b"APK Sig Block 42"
    struct.pack_into("<I", moved, end + 16, start + len(block))
    return bytes(moved[:start]) + block + bytes(moved[start:])


def _signer(
    archive: ZipArchive, start: int, scheme: str, kind: str, algorithm: int, attributes: bytes
) -> bytes:
    if algorithm >= 0x0421:
        digest = verity_digest(archive, start)
    else:
        digest = chunked_digest(
            archive, start, "sha512" if algorithm in (0x0102, 0x0104, 0x0202) else "sha256"
        )
    certificate = der(make_certificate(kind))
    levels = b"" if scheme == "v2" else struct.pack("<II", 24, 35)
    digests = part(part(struct.pack("<I", algorithm), part(digest)))
    signed = digests + part(part(certificate)) + levels + part(attributes)
    public = (
        make_key(kind)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    signature = part(part(struct.pack("<I", algorithm), part(_sign(kind, algorithm, signed))))
    return part(part(part(signed), levels, signature, part(public)))


def _sign(kind: str, algorithm: int, signed: bytes) -> bytes:
    key = make_key(kind)
    digest = hashes.SHA512() if algorithm in (0x0102, 0x0104, 0x0202) else hashes.SHA256()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(signed, ec.ECDSA(digest))
    scheme = (
        padding.PSS(padding.MGF1(digest), digest.digest_size)
        if algorithm < 0x0103
        else padding.PKCS1v15()
    )
    return key.sign(signed, scheme, digest)


def make_signed(
    *entries: Entry, schemes: tuple[str, ...] = ("v1", "v2"), **options: object
) -> bytes:
    """Write a package and sign it."""
    chosen = list(entries)
    if "v1" in schemes:
        chosen = sign_v1(chosen)
    blocks = tuple(scheme for scheme in schemes if scheme != "v1")
    package = make_zip(*chosen)
    return sign_block(package, blocks, **options) if blocks else package
