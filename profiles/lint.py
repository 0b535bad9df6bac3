"""Find what is wrong or unwise in a loaded profile; the loader has already checked its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Model

if TYPE_CHECKING:
    from profiles.rules import Profile


class Finding(Model, frozen=True):
    """One remark of the linter."""

    item: str
    code: str
    detail: str


def lint(profile: Profile) -> list[Finding]:
    """List findings; empty for a clean profile."""
    return [
        Finding(item=item.id, code="example.missing", detail=rule.code)
        for item in profile.items
        for rule in item.rules
        if rule.code not in {example.expect for example in item.examples}
    ]
