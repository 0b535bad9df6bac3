"""Compare the package's identity with what is declared, registered, listed or filed (AR-1.2, 1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.derive.marks import Source, make_derived, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact

IDENTITY_FIELDS = frozenset(("package_id", "signer_sha256", "signer_md5", "public_key"))
HEX_FIELDS = frozenset(("signer_sha256", "signer_md5", "public_key", "sha256"))


def derive_identity(source: Source) -> Iterator[Fact]:
    """Give one match or mismatch per stated field that the package has a value for."""
    stated = source.of_kind("declaration.identity")
    if not stated:
        return
    found = _package_values(source)
    behind = [*source.of_kind("android.package"), *source.of_kind("android.signing.certificate")]
    versions = {
        text_of(fact, "source"): text_of(fact, "value")
        for fact in stated
        if fact.subject == "version_name"
    }
    for fact in stated:
        values = [value for value in found.get(fact.subject, ()) if value]
        expected, where = _normal(fact.subject, text_of(fact, "value")), text_of(fact, "source")
        if not values or not expected:
            continue
        if expected in values:
            yield make_derived(
                "derived.identity_match",
                fact.subject,
                [fact, *behind],
                source=where,
                value=expected,
            )
            continue
        other_version = where in versions and versions[where] not in found["version_name"]
        yield make_derived(
            "derived.identity_mismatch",
            fact.subject,
            [fact, *behind],
            source=where,
            weight=_weight(fact.subject, other_version),
            found=" / ".join(values),
            expected=expected,
        )


def _weight(field: str, other_version: bool) -> str:
    """Another file hash is an identity breach only where the same version is claimed."""
    if field in IDENTITY_FIELDS or (field == "sha256" and not other_version):
        return "identity"
    return "detail"


def _package_values(source: Source) -> dict[str, list[str]]:
    sample = source.facts.sample
    certificates = source.of_kind("android.signing.certificate")
    values = {
        "package_id": [
            sample.app_id,
            *(fact.subject for fact in source.of_kind("android.package")),
        ],
        "label": [sample.label, sample.label_zh],
        "version_name": [sample.version_name],
        "version_code": ["" if sample.version_code is None else str(sample.version_code)],
        "sha256": [sample.sha256],
        "signer_sha256": [fact.subject for fact in certificates],
        "signer_md5": [text_of(fact, "md5") for fact in certificates],
        "public_key": [text_of(fact, "public_key") for fact in certificates],
    }
    return {field: [_normal(field, value) for value in many] for field, many in values.items()}


def _normal(field: str, value: str) -> str:
    """Hashes and keys are compared without separators, case and leading zeros of a DER integer."""
    if field not in HEX_FIELDS:
        return value.strip()
    plain = "".join(c for c in value.lower() if c in "0123456789abcdef")
    return plain.lstrip("0") if field == "public_key" else plain
