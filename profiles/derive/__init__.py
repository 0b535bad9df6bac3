"""Facts that follow from other facts: comparisons across sources, phases against consent.

``derive_facts`` is pure and runs before the rules. Every step is a plain function; the order
matters only for coverage, which is lowered first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from profiles.derive.advertising import derive_advertising
from profiles.derive.capability import derive_capability
from profiles.derive.consent import derive_consent
from profiles.derive.coverage import lower_coverage
from profiles.derive.disclosure import derive_disclosure
from profiles.derive.identity import derive_identity
from profiles.derive.marks import ANALYZER, Source
from profiles.derive.necessity import derive_necessity
from profiles.derive.sensitive import derive_sensitive

if TYPE_CHECKING:
    from analyzers.model import Fact, FactSet
    from profiles.rules import Profile

STEPS = (
    derive_consent,
    derive_capability,
    derive_identity,
    derive_disclosure,
    derive_sensitive,
    derive_necessity,
    derive_advertising,
)
"""Every step, in the order in which its facts are stored."""


def derive_facts(facts: FactSet, profile: Profile) -> FactSet:
    """Add the derived facts and lower the coverage that limitations void.

    Facts that an earlier call added are made anew, so calling it twice changes nothing.

    Args:
        facts: What analyzers, the run and the inputs gave.
        profile: Gives the school's parameters.
    """
    given = tuple(fact for fact in facts.facts if fact.analyzer != ANALYZER)
    source = Source(
        msgspec.structs.replace(facts, facts=given, coverage=lower_coverage(facts)),
        profile.parameters,
    )
    made: dict[str, Fact] = {}
    for step in STEPS:
        for fact in step(source):
            made.setdefault(fact.id, fact)
    return msgspec.structs.replace(source.facts, facts=(*given, *made.values()))
