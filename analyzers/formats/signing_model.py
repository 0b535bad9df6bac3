"""The values of signature verification."""

from __future__ import annotations

import msgspec

from analyzers.formats.certificates import Certificate


class SchemeResult(msgspec.Struct, frozen=True):
    """One signing scheme of a package."""

    scheme: str
    """v1, v2, v3, v3.1 or v4."""
    state: str
    """verified, invalid, absent or not_checked."""
    problem: str = ""
    """Code of why it does not verify; empty otherwise."""
    certificates: tuple[bytes, ...] = ()
    """DER of each signer's own certificate, in order."""


class Signing(msgspec.Struct, frozen=True):
    """All schemes and signers of a package."""

    schemes: tuple[SchemeResult, ...]
    certificates: tuple[Certificate, ...]
    """Every signer certificate of every scheme, once."""
    signers: tuple[Certificate, ...]
    """The certificates a current device takes the package to be signed with."""

    def schemes_of(self, certificate: Certificate) -> tuple[str, ...]:
        """Name the schemes that carry a certificate."""
        return tuple(s.scheme for s in self.schemes if certificate.der in s.certificates)
