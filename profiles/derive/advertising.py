"""Advertising components that were active in the run (AR-2.8, S0 第三条（五）)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.derive.marks import Source, make_derived, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact


def derive_advertising(source: Source) -> Iterator[Fact]:
    """Give one fact per ad component and way in which it showed itself."""
    ads = {
        f.subject: f for f in source.of_kind("software.sdk") if f.fields.get("category") == "ads"
    }
    for how, kind in (("flow", "runtime.flow"), ("access", "runtime.event")):
        told: set[str] = set()
        for fact in source.of_kind(kind):
            owner = text_of(fact, "owner")
            if owner in ads and owner not in told:
                told.add(owner)
                yield make_derived(
                    "derived.ad_active",
                    owner,
                    [fact, ads[owner]],
                    name=text_of(ads[owner], "name_zh") or text_of(ads[owner], "name_en"),
                    how=how,
                    phase=text_of(fact, "phase"),
                )
