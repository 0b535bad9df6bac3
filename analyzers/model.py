"""The values every layer shares: sample, fact, evidence, limitation, coverage, phase.

All are frozen msgspec structs and travel as JSON unchanged; text for people is never stored
here, only codes and parameters (the sentences live in ``reports/text``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Scalar = str | int | float | bool | None
Value = Scalar | Sequence[Scalar | Mapping[str, Scalar]] | Mapping[str, Scalar]
"""What a field of a fact may hold: plain JSON of at most two levels."""


class Phase(StrEnum):
    """A named part of a run (DESIGN §5; P0 to P5 of the 03 phase table in brackets)."""

    START = "start"  # before the first line of app code ... first screen (P0)
    CONSENT_SHOWN = "consent_shown"  # the prompt stands, nobody touched it (P1)
    REFUSED = "refused"  # after 不同意 (P3)
    RELAUNCHED_AFTER_REFUSAL = "relaunched_after_refusal"  # (P5)
    CONSENTED = "consented"  # after 同意, idle (P2a)
    IN_USE = "in_use"  # after 同意, functions tapped (P2b)
    BACKGROUND = "background"  # (P4)
    WITHDRAWN = "withdrawn"  # consent taken back
    NO_CONSENT_UI = "no_consent_ui"  # everything before the first tap where no prompt was found


class Confidence(StrEnum):
    """How sure a detection is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class CoverageState(StrEnum):
    """How much of a named thing was examined; silence has meaning only where it is FULL."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all shared values: frozen, strict, JSON in and out."""


class Location(Model, frozen=True):
    """Where in the sample something was seen."""

    file: str
    """Path inside the sample; nested archives joined by ``!/`` (``assets/a.apk!/classes.dex``)."""
    place: str = ""
    """XPath-like place, ``Lcls;->method(args)ret`` with ``@pc``, table row, event or flow id."""
    offset: int | None = None
    """Byte offset in ``file`` where one is meaningful."""


class Evidence(Model, frozen=True):
    """Enough for a person to check a fact by hand."""

    location: Location
    excerpt: str = ""
    """What stands there, shortened to at most 400 characters; secrets and identifiers redacted."""
    sha256: str = ""
    """SHA-256 of the file or excerpt the evidence was taken from, where it was computed."""


class Fact(Model, frozen=True):
    """A statement without judgement, always with evidence."""

    id: str
    kind: str
    subject: str
    fields: dict[str, Value]
    evidence: tuple[Evidence, ...]
    analyzer: str
    confidence: Confidence = Confidence.CERTAIN


class Limitation(Model, frozen=True):
    """Something that could not be examined, and why."""

    id: str
    analyzer: str
    code: str
    """Names the sentence in ``reports/text/*/limitations.toml``, for example ``dex.damaged``."""
    params: dict[str, Scalar] = {}
    hides: tuple[str, ...] = ()
    """Coverage names whose silence means nothing because of this."""


class Coverage(Model, frozen=True):
    """How far one named examination reached (``android.permissions``, ``runtime.start.location``)."""

    name: str
    state: CoverageState
    limitations: tuple[str, ...] = ()
    """Ids of the limitations that lowered the state."""


class Signer(Model, frozen=True):
    """The certificate that signed a package, in the shapes App filing asks for."""

    sha256: str
    sha1: str
    md5: str
    subject: str
    public_key: str
    """Public key: RSA modulus in hex, or the uncompressed point in hex for EC keys."""
    public_key_algorithm: str


class Sample(Model, frozen=True):
    """The app file (or split set) under test."""

    sha256: str
    """SHA-256 of the file; of the members' sorted hashes for a split set."""
    md5: str
    size: int
    name: str
    """File name as given (data: may be hostile)."""
    platform: str
    """``android`` or ``ios``."""
    app_id: str = ""
    label: str = ""
    label_zh: str = ""
    version_name: str = ""
    version_code: int | None = None
    min_sdk: int | None = None
    target_sdk: int | None = None
    abis: tuple[str, ...] = ()
    signer: Signer | None = None
    icon_png: str = ""
    """Launcher icon, decoded and written anew as PNG, base64; empty where there is none."""
    members: tuple[str, ...] = ()
    """SHA-256 of each member of a split set; empty for a single file."""


class Versions(Model, frozen=True):
    """What made a result: the same sample under the same versions gives the same result."""

    tool: str
    knowledge: str
    """Hash over the knowledge data."""
    rules: str = ""
    """Hash over the rule files that were used."""
    python: str = ""


class FactSet(Model, frozen=True):
    """Everything that was found in one sample, and how far the search reached."""

    sample: Sample
    facts: tuple[Fact, ...]
    limitations: tuple[Limitation, ...]
    coverage: tuple[Coverage, ...]
    versions: Versions

    def of_kind(self, kind: str) -> Iterator[Fact]:
        """Give the facts of one kind in stored order."""
        return (fact for fact in self.facts if fact.kind == kind)


def make_fact(
    kind: str,
    subject: str,
    *,
    analyzer: str,
    evidence: Iterable[Evidence],
    confidence: Confidence = Confidence.CERTAIN,
    **fields: Value,
) -> Fact:
    """Make a fact whose id follows from its content, so that equal scans give equal ids."""
    key = msgspec.json.encode([kind, subject, fields], order="deterministic")
    digest = hashlib.blake2b(key, digest_size=6).hexdigest()
    return Fact(
        id=f"f-{digest}",
        kind=kind,
        subject=subject,
        fields=fields,
        evidence=tuple(evidence),
        analyzer=analyzer,
        confidence=confidence,
    )


def make_limitation(
    code: str, *, analyzer: str, hides: Iterable[str] = (), **params: Scalar
) -> Limitation:
    """Make a limitation whose id follows from its content."""
    key = msgspec.json.encode([code, analyzer, params], order="deterministic")
    digest = hashlib.blake2b(key, digest_size=6).hexdigest()
    return Limitation(
        id=f"l-{digest}", analyzer=analyzer, code=code, params=params, hides=tuple(hides)
    )


def shorten(text: str, limit: int = 400) -> str:
    """Cut an excerpt to ``limit`` characters and mark the cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def to_builtins(value: Model) -> Any:  # noqa: ANN401  (JSON shapes)
    """Give a model as plain dicts and lists (JSON shapes)."""
    return msgspec.to_builtins(value)
