"""Verifies APK Signature Schemes v2, v3 and v3.1 (source.android.com, "APK signing")."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.certificates import load_certificate, load_public_key, public_key_der
from analyzers.formats.errors import FormatError
from analyzers.formats.signature import verify_signature
from analyzers.formats.signing_block import Sequence, SigningBlock
from analyzers.formats.signing_model import SchemeResult

if TYPE_CHECKING:
    from analyzers.formats.content_digest import ContentDigests

SCHEMES = {"v2": 0x7109871A, "v3": 0xF05368C0, "v3.1": 0x1B93AD61}
STRIPPING_PROTECTION = 0xBEEFF00D
V3_LEVEL = 3
MAX_SIGNERS = 10


class Algorithm(msgspec.Struct, frozen=True):
    """One signature algorithm id of the schemes."""

    digest: str
    """hashlib name of the signature's digest."""
    content: str
    """How the content digest is made: sha256, sha512 or verity."""
    pss: bool = False


ALGORITHMS = {
    0x0101: Algorithm("sha256", "sha256", pss=True),
    0x0102: Algorithm("sha512", "sha512", pss=True),
    0x0103: Algorithm("sha256", "sha256"),
    0x0104: Algorithm("sha512", "sha512"),
    0x0201: Algorithm("sha256", "sha256"),
    0x0202: Algorithm("sha512", "sha512"),
    0x0301: Algorithm("sha256", "sha256"),
    0x0421: Algorithm("sha256", "verity"),
    0x0423: Algorithm("sha256", "verity"),
    0x0425: Algorithm("sha256", "verity"),
}


class _Broken(Exception):
    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def verify_block_scheme(block: SigningBlock, contents: ContentDigests, scheme: str) -> SchemeResult:
    """Verify one scheme of the signing block."""
    value = block.pairs.get(SCHEMES[scheme])
    if value is None:
        return SchemeResult(scheme, "absent")
    certificates: list[bytes] = []
    known = True
    try:
        signers = list(Sequence(Sequence(value).part()).parts())
        if not signers or len(signers) > MAX_SIGNERS:
            raise _Broken("signers")
        for signer in signers:
            known &= _verify_signer(block, contents, signer, scheme, certificates)
    except FormatError:
        return SchemeResult(scheme, "invalid", "truncated", tuple(certificates))
    except _Broken as broken:
        return SchemeResult(scheme, "invalid", broken.problem, tuple(certificates))
    if not known:
        return SchemeResult(scheme, "not_checked", "algorithm", tuple(certificates))
    return SchemeResult(scheme, "verified", "", tuple(certificates))


def _verify_signer(
    block: SigningBlock,
    contents: ContentDigests,
    signer: memoryview,
    scheme: str,
    certificates: list[bytes],
) -> bool:
    """Verify one signer; False where none of its algorithms is known."""
    parts = Sequence(signer)
    signed = parts.part()
    levels = (parts.number(), parts.number()) if scheme != "v2" else None
    signatures, public_key = _read_pairs(parts.part()), parts.part()
    content = Sequence(signed)
    digests, chain = _read_pairs(content.part()), list(Sequence(content.part()).parts())
    if not chain:
        raise _Broken("no-certificate")
    certificates.append(bytes(chain[0]))
    if levels is not None and levels != (content.number(), content.number()):
        raise _Broken("api-levels-differ")
    certificate = load_certificate(bytes(chain[0]))
    if certificate is None:
        raise _Broken("certificate")
    if public_key_der(certificate) != bytes(public_key):
        raise _Broken("public-key-differs")
    if list(digests) != list(signatures):
        raise _Broken("algorithms-differ")
    _check_stripped(block, content.part() if content.rest else memoryview(b""), scheme)
    known = False
    for number, signature in signatures.items():
        algorithm = ALGORITHMS.get(number)
        if algorithm is None:
            continue
        key = load_public_key(certificate)
        holds = verify_signature(
            key, bytes(signature), bytes(signed), algorithm.digest, pss=algorithm.pss
        )
        if holds is False:
            raise _Broken("signature")
        if contents.get(algorithm.content) != bytes(digests[number]):
            raise _Broken("content-digest")
        known |= bool(holds)
    return known


def _read_pairs(data: memoryview) -> dict[int, memoryview]:
    """Read parts of an id and a length-prefixed value."""
    pairs = {}
    for part in Sequence(data).parts():
        sequence = Sequence(part)
        number = sequence.number()
        pairs[number] = sequence.part()
    return pairs


def _check_stripped(block: SigningBlock, attributes: memoryview, scheme: str) -> None:
    """Refuse a v2 signature that says a v3 signature was there, where there is none."""
    for part in Sequence(attributes).parts():
        sequence = Sequence(part)
        if scheme != "v2" or sequence.number() != STRIPPING_PROTECTION:
            continue
        if sequence.number() == V3_LEVEL and SCHEMES["v3"] not in block.pairs:
            raise _Broken("newer-scheme-removed")
