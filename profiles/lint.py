"""Find what is wrong or unwise in a loaded profile; the loader has already checked its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.finding import Finding
from profiles.lint_facts import lint_facts
from profiles.lint_outcomes import lint_outcomes
from profiles.lint_words import lint_words
from profiles.references import walk_rule

if TYPE_CHECKING:
    from profiles.rules import Profile

__all__ = ["Finding", "lint"]


def lint(profile: Profile) -> list[Finding]:
    """List findings with their item, code and detail; empty for a clean profile.

    Needs a profile with its examples (``load_profile``, not the cached one).
    """
    findings: list[Finding] = []
    for item in profile.items:
        findings += lint_facts(item, profile)
        findings += lint_outcomes(item, profile)
        findings += lint_words(item, profile)
    findings += _lint_profile(profile)
    return findings


def _lint_profile(profile: Profile) -> list[Finding]:
    used = {
        node.use
        for item in profile.items
        for rule in item.rules
        for node in walk_rule(rule, profile.conditions)
    }
    findings = [
        Finding(item="", code="condition.unused", detail=name)
        for name in profile.conditions.keys() - used
    ]
    lines: dict[str, str] = {}
    for item in profile.items:
        if item.line in lines:
            detail = f"{item.line} stands in {lines[item.line]} too"
            findings.append(Finding(item=item.id, code="line.repeated", detail=detail))
        lines[item.line] = item.id
    return findings
