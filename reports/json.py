"""Renders an assessment as the JSON document whose names stay stable."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from analyzers.model import to_builtins
from reports.telling import make_telling
from reports.visible import is_hidden

if TYPE_CHECKING:
    from profiles.model import Assessment, Verdict
    from reports.telling import Telling

SCHEMA = "appadmit.report/1"
_SUSPECT = re.compile(r"[^\x20-\x7e\n]")


def render_json(assessment: Assessment, lang: str = "zh") -> dict[str, Any]:
    """Give the document of ``reports/schema/report-1.json``: plain dicts, lists and scalars.

    Codes are the same in every language; ``title``, ``question``, ``reason`` and the advice are
    in the language asked for. Strings of the app are given as they are.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    facts = assessment.fact_set
    telling = make_telling(facts, lang)
    return {
        "schema": SCHEMA,
        "lang": lang,
        "created": assessment.created,
        "sample": to_builtins(facts.sample),
        "profile": assessment.profile,
        "profile_version": assessment.profile_version,
        "profile_title": telling.pick(assessment.profile_title),
        "school": assessment.school,
        "school_title": telling.pick(assessment.school_title),
        "conclusion": str(assessment.conclusion.kind),
        "conclusion_detail": {
            "word": telling.word("conclusion", assessment.conclusion.kind),
            "code": assessment.conclusion.code,
            "reason": telling.pick(assessment.conclusion.reason),
            "because": list(assessment.conclusion.because),
        },
        "counts": dict(assessment.counts),
        "groups": [{"id": one.id, "title": telling.pick(one.title)} for one in assessment.groups],
        "verdicts": [_verdict(one, telling) for one in assessment.verdicts],
        "facts": [to_builtins(one) for one in facts.facts],
        "limitations": [
            {**to_builtins(one), "reason": telling.limitation(one)} for one in facts.limitations
        ],
        "coverage": [to_builtins(one) for one in facts.coverage],
        "parameters": assessment.parameters,
        "versions": to_builtins(assessment.versions),
    }


def _verdict(verdict: Verdict, telling: Telling) -> dict[str, Any]:
    """Give a verdict with its sentences in one language."""
    told = {
        "title": telling.pick(verdict.title),
        "question": telling.pick(verdict.question),
        "reason": telling.pick(verdict.reason),
        "standing": str(verdict.standing),
        "outcome_word": telling.word("outcome", verdict.outcome),
        "advice_reviewer": telling.pick(verdict.advice_reviewer),
        "advice_developer": telling.pick(verdict.advice_developer),
    }
    return {**to_builtins(verdict), **told}


def encode_json(document: dict[str, Any], indent: int | None = None) -> bytes:
    r"""Encode a document as UTF-8; hidden characters and lone surrogates become ``\uXXXX``.

    The document reads back unchanged, and printing it to a terminal cannot move the cursor or
    reorder the line.
    """
    text = json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False)
    return _SUSPECT.sub(_escape, text).encode("utf-8")


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if not is_hidden(character):
        return character
    return json.dumps(character)[1:-1]
