"""Place observed accesses before or after the user's decision (DESIGN §2, AR-3.x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Phase
from profiles.derive.marks import Source, make_derived, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact

BEFORE = frozenset((Phase.START, Phase.CONSENT_SHOWN, Phase.NO_CONSENT_UI))
AFTER_REFUSAL = frozenset((Phase.REFUSED, Phase.RELAUNCHED_AFTER_REFUSAL))


def derive_consent(source: Source) -> Iterator[Fact]:
    """Give one fact per access and permission request without consent.

    The phase decides, not the reader's flag: pre-consent is ``start``, ``consent_shown`` and
    ``no_consent_ui``; what happens after a refusal is told apart.
    """
    for event in source.of_kind("runtime.event"):
        kind = _kind_of(event, "access")
        if kind:
            yield _make_access(kind, event)
    for request in source.of_kind("runtime.permission_request"):
        kind = _kind_of(request, "request")
        if kind:
            yield make_derived(
                kind,
                request.subject,
                [request],
                line=text_of(request, "line"),
                group=text_of(request, "group"),
                phase=text_of(request, "phase"),
                owner=text_of(request, "owner"),
            )


def _kind_of(fact: Fact, what: str) -> str:
    phase = fact.fields.get("phase")
    if phase in BEFORE:
        return f"derived.pre_consent_{what}"
    return f"derived.after_refusal_{what}" if phase in AFTER_REFUSAL else ""


def _make_access(kind: str, event: Fact) -> Fact:
    fields = event.fields
    return make_derived(
        kind,
        event.subject,
        [event],
        line=text_of(event, "line"),
        type=text_of(event, "type"),
        strength=strength_of(event),
        result=text_of(event, "result"),
        api=text_of(event, "api"),
        owner=text_of(event, "owner"),
        owner_name=text_of(event, "owner_name"),
        phase=text_of(event, "phase"),
        frame=text_of(event, "frame"),
        first_ms=fields.get("first_ms", 0),
        count=fields.get("count", 1),
    )


def strength_of(event: Fact) -> str:
    """Say what an access can prove.

    ``supporting``: an API that never makes a FAIL alone. ``pregranted``: seen only because the
    permissions had been granted beforehand. ``proved``: a decisive API gave the app a value.
    ``attempt``: it was called and gave nothing, or what it gave is not known.
    """
    if event.fields.get("weight") != "decisive":
        return "supporting"
    if event.fields.get("pregranted") is True:
        return "pregranted"
    return "proved" if event.fields.get("result") == "returned" else "attempt"
