"""Verifies one signature with one public key, for all signing schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

HASHES: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def verify_signature(
    key: CertificatePublicKeyTypes | None,
    signature: bytes,
    signed: bytes,
    digest: str,
    *,
    pss: bool = False,
) -> bool | None:
    """Tell whether a signature holds.

    Args:
        key: Public key of the signer.
        signature: Signature bytes.
        signed: What was signed.
        digest: Name of the digest in hashlib's spelling.
        pss: RSA with PSS padding and a salt as long as the digest.

    Returns:
        None where the key or the digest is of no known kind.
    """
    algorithm = HASHES.get(digest)
    if algorithm is None:
        return None
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme: padding.AsymmetricPadding = padding.PKCS1v15()
            if pss:
                scheme = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
            key.verify(signature, signed, scheme, algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        elif isinstance(key, dsa.DSAPublicKey):
            key.verify(signature, signed, algorithm)
        else:
            return None
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError):
        return None
    return True
