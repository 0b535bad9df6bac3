"""Renders an assessment as SARIF 2.1.0 (OASIS), for code-scanning views and pipelines.

Each check item is a rule. Lines that fail, need review or ended in an error are results of kind
``fail``, ``review`` and ``open``; lines that pass are results of kind ``pass``. What the app was
never tested for is a notification of the invocation, so that an empty list is no clean bill.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from profiles.model import Outcome, Severity
from reports.gaps import make_not_examined
from reports.telling import make_telling
from reports.visible import visible

if TYPE_CHECKING:
    from analyzers.model import Evidence, Fact
    from profiles.model import Assessment, Verdict
    from reports.telling import Telling

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LOCATIONS = 20
"""At most so many places per result."""
_KINDS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.REVIEW: "review",
    Outcome.NEEDS_DOCUMENT: "open",
    Outcome.NOT_TESTED: "open",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.ERROR: "open",
}
_LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}


def render_sarif(assessment: Assessment, lang: str = "zh") -> dict[str, Any]:
    """Give the log as plain dicts and lists; sentences in the language asked for.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    telling = make_telling(assessment.fact_set, lang)
    facts = {fact.id: fact for fact in assessment.fact_set.facts}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(assessment, telling)},
                "language": {"zh": "zh-CN", "en": "en-US"}[lang],
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(assessment)],
                "invocations": [_invocation(assessment, telling)],
                "results": [_result(one, facts, telling) for one in assessment.verdicts],
                "properties": {
                    "profile": assessment.profile,
                    "school": assessment.school,
                    "conclusion": str(assessment.conclusion.kind),
                },
            }
        ],
    }


def _driver(assessment: Assessment, telling: Telling) -> dict[str, Any]:
    return {
        "name": "AppAdmit",
        "version": assessment.versions.tool,
        "rules": [_rule(verdict, telling) for verdict in assessment.verdicts],
    }


def _rule(verdict: Verdict, telling: Telling) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": verdict.item,
        "name": visible(telling.pick(verdict.title)),
        "shortDescription": _message(telling.pick(verdict.title)),
        "fullDescription": _message(telling.pick(verdict.question)),
        "defaultConfiguration": {"level": _LEVELS[verdict.severity]},
        "properties": {"tags": [verdict.line, verdict.group, str(verdict.mode)]},
    }
    if verdict.advice_developer:
        rule["help"] = _message(telling.pick(verdict.advice_developer))
    return rule


def _message(text: str) -> dict[str, str]:
    """Give a message; brackets would be links and braces places to fill (SARIF 3.11)."""
    shown = visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": (shown.replace("{", "{{").replace("}", "}}")) or "-"}


def _artifact(assessment: Assessment) -> dict[str, Any]:
    sample = assessment.fact_set.sample
    return {
        "location": {"uri": _uri(sample.name)},
        "length": sample.size,
        "hashes": {"sha-256": sample.sha256, "md5": sample.md5},
    }


def _invocation(assessment: Assessment, telling: Telling) -> dict[str, Any]:
    return {
        "executionSuccessful": all(one.outcome != Outcome.ERROR for one in assessment.verdicts),
        "toolExecutionNotifications": [
            {"level": "note", "message": _message(gap)}
            for gap in make_not_examined(assessment, telling)
        ],
    }


def _result(verdict: Verdict, facts: dict[str, Fact], telling: Telling) -> dict[str, Any]:
    known = [facts[one] for one in verdict.facts if one in facts]
    kind = _KINDS[verdict.outcome]
    places = [place for fact in known for place in fact.evidence][:LOCATIONS]
    result: dict[str, Any] = {
        "ruleId": verdict.item,
        "kind": kind,
        "level": _LEVELS[verdict.severity] if kind == "fail" else "none",
        "message": _message(telling.pick(verdict.reason)),
        "locations": [_location(place) for place in places],
        "partialFingerprints": {"appadmit/v1": _fingerprint(verdict, known)},
        "properties": {"outcome": str(verdict.outcome), "code": verdict.code},
    }
    if verdict.override and verdict.standing in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        reason = visible(verdict.override.reason)
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _fingerprint(verdict: Verdict, facts: list[Fact]) -> str:
    """Give a fingerprint that stays while the same rule decides for the same kinds of facts."""
    key = [verdict.code, *sorted(f"{fact.kind} {fact.subject}" for fact in facts)]
    return hashlib.sha256("\n".join(key).encode("utf-8")).hexdigest()


def _location(evidence: Evidence) -> dict[str, Any]:
    location = evidence.location
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(location.file)}}
    if location.offset is not None and location.offset >= 0:
        physical["region"] = {"byteOffset": location.offset, "byteLength": 0}
    found: dict[str, Any] = {"physicalLocation": physical}
    if location.place:
        found["logicalLocations"] = [{"fullyQualifiedName": visible(location.place)}]
    return found


def _uri(path: str) -> str:
    """Give a relative reference; a colon or a leading slash must not make it anything else."""
    return quote(path.lstrip("/"), safe="/", errors="replace") or "-"
