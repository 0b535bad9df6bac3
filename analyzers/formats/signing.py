"""Which signing schemes an APK carries, whether they verify, and who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.certificates import Certificate, read_certificate
from analyzers.formats.content_digest import ContentDigests
from analyzers.formats.signing_block import read_block
from analyzers.formats.signing_jar import verify_jar
from analyzers.formats.signing_model import SchemeResult, Signing
from analyzers.formats.signing_v2 import SCHEMES, verify_block_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analyzers.formats.zip import ZipArchive

STRENGTH = ("v3.1", "v3", "v2", "v1")
"""Schemes in the order a current device prefers them."""

BLOCK_SCHEMES_SINCE = 24


def read_signing(
    archive: ZipArchive, read: Callable[[str], bytes], *, min_sdk: int = 1, idsig: bool = False
) -> Signing:
    """Verify every scheme of a package.

    Args:
        archive: The package.
        read: Gives the content of an entry; may keep what it inflated before.
        min_sdk: Lowest API level the app runs on; from 24 on no device looks at v1 where a newer
            scheme verifies, and its entries, which that scheme covers, are not compared again.
        idsig: A v4 signature file lies beside the package.
    """
    block = read_block(archive)
    contents = ContentDigests(archive, block.start)
    results = {name: verify_block_scheme(block, contents, name) for name in SCHEMES}
    present = {name for name, result in results.items() if result.state != "absent"}
    covered = min_sdk >= BLOCK_SCHEMES_SINCE and any(
        result.state == "verified" for result in results.values()
    )
    results["v1"] = verify_jar(archive, read, present, compare_entries=not covered)
    results["v4"] = SchemeResult("v4", "not_checked" if idsig else "absent")
    ordered = tuple(results[name] for name in ("v1", "v2", "v3", "v3.1", "v4"))
    return Signing(schemes=ordered, certificates=_certificates(results), signers=_signers(results))


def _certificates(results: dict[str, SchemeResult]) -> tuple[Certificate, ...]:
    """Give every signer certificate once, the strongest scheme first."""
    ders = (der for name in STRENGTH for der in results[name].certificates)
    return tuple(map(read_certificate, dict.fromkeys(ders)))


def _signers(results: dict[str, SchemeResult]) -> tuple[Certificate, ...]:
    """Give the signers a current device takes; of broken signatures those they claim."""
    for wanted in ("verified", "not_checked", "invalid"):
        for name in STRENGTH:
            if results[name].state == wanted and results[name].certificates:
                return tuple(map(read_certificate, results[name].certificates))
    return ()


def join_signings(base: Signing, splits: Sequence[tuple[str, Signing]]) -> Signing:
    """Judge a set as a device does: every member must verify and carry the base's signers.

    Args:
        base: Signatures of the base.
        splits: File name and signatures of each split.
    """
    wanted = [signer.sha256 for signer in base.signers]
    schemes = list(base.schemes)
    for name, signing in splits:
        differs = [signer.sha256 for signer in signing.signers] != wanted
        for place, (mine, theirs) in enumerate(zip(schemes, signing.schemes, strict=True)):
            if mine.state != "verified":
                continue
            problem = theirs.problem or ("signer-differs" if differs else "")
            if problem or theirs.state != "verified":
                text = f"{name}: {problem or theirs.state}"
                schemes[place] = SchemeResult(mine.scheme, "invalid", text, mine.certificates)
    certificates = {one.sha256: one for one in base.certificates}
    for _, signing in splits:
        certificates.update((one.sha256, one) for one in signing.certificates)
    return Signing(tuple(schemes), tuple(certificates.values()), base.signers)
