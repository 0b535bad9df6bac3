"""Finds privacy policies among the texts of a package and states what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.content.policy_text import PolicyReading, looks_like_policy, read_policy
from analyzers.content.texts import AppText, read_page_texts, read_resource_texts
from analyzers.model import Confidence, Evidence, Location, make_fact, make_limitation, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "content.policy"
MAX_POLICIES = 4


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State the policies inside the package; that there is none inside proves nothing."""
    found = 0
    for text in (*read_page_texts(package), *read_resource_texts(package)):
        if found < MAX_POLICIES and looks_like_policy(text.text):
            found += 1
            yield from make_policy_facts(read_policy(text.text), text, source="package")
    if not found:
        yield make_limitation("content.no-policy-inside", analyzer=ID)


def make_policy_facts(
    reading: PolicyReading, text: AppText, *, source: str, clicks: int | None = None
) -> Iterator[Fact]:
    """State what one policy says.

    Args:
        reading: what was read.
        text: the text and its place.
        source: ``package``, ``screen``, ``address`` or ``document``.
        clicks: taps from the main screen, where measured.
    """
    subject = f"{text.file}:{text.place}" if text.place else text.file

    def evidence(excerpt: str) -> list[Evidence]:
        place = Location(file=text.file, place=text.place)
        return [Evidence(location=place, excerpt=shorten(excerpt))]

    yield make_fact(
        "content.policy", subject, analyzer=ID, evidence=evidence(text.text[:200]),
        confidence=Confidence.CERTAIN, source=source, language=reading.language,
        characters=reading.characters, date=reading.date, clicks=clicks,
    )  # fmt: skip
    for element in reading.elements:
        yield make_fact(
            "content.policy_element", element.name, analyzer=ID,
            evidence=evidence(element.sentence), confidence=Confidence.LIKELY,
            value=shorten(element.sentence, 160), days=element.days,
        )  # fmt: skip
    for named in reading.types:
        yield make_fact(
            "content.policy_type", named.type, analyzer=ID, evidence=evidence(named.sentence),
            confidence=Confidence.LIKELY, purpose=named.purpose, denied=named.denied,
        )  # fmt: skip
    for sdk in reading.sdks:
        yield make_fact(
            "content.policy_sdk", sdk.id, analyzer=ID, evidence=evidence(sdk.sentence),
            confidence=Confidence.LIKELY, name=sdk.name, purpose=sdk.purpose,
            types=list(sdk.types),
        )  # fmt: skip
