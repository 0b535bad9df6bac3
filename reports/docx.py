"""Renders an assessment as the editable review form (准入审查表) of a Word template."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate

from reports.html import TEMPLATES
from reports.text import load_text
from reports.view import make_view

if TYPE_CHECKING:
    from pathlib import Path

    from profiles.model import Assessment
    from reports.model import CheckLine, View
    from reports.text import Catalogue

TEMPLATE = TEMPLATES / "review.docx"
LABELS = {
    "title": "report.title", "form": "docx.form", "created": "report.created",
    "identity": "identity.title", "conclusion": "conclusion.title",
    "proposal": "conclusion.proposal", "not_examined": "not_examined.title",
    "checklist": "checklist.title", "line": "checklist.line", "subject": "xlsx.title",
    "outcome": "checklist.outcome", "reason": "checklist.reason", "answer": "checklist.answer",
    "sign": "sign.title", "sign_conclusion": "sign.conclusion", "opinion": "sign.opinion",
    "reviewer": "sign.reviewer", "date": "sign.date", "unit": "sign.unit",
}  # fmt: skip
"""What the template calls a label, and its place in the label file."""


def render_docx(assessment: Assessment, lang: str = "zh", template: Path = TEMPLATE) -> bytes:
    """Fill the form; values are escaped and never read as fields.

    ``template`` may be a school's own form with the same fields (``docs/reports.md``).

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    view, text = make_view(assessment, lang), load_text(lang)
    form = DocxTemplate(template)
    form.render(make_fields(view, text, assessment.fact_set.sample.sha256), autoescape=True)
    file = io.BytesIO()
    form.save(file)
    return file.getvalue()


def make_fields(view: View, text: Catalogue, sha256: str) -> dict[str, Any]:
    """Give the fields of the form as plain values."""
    return {
        "t": {key: text.label(label) for key, label in LABELS.items()},
        "app_name": view.app_name,
        "profile": view.profile,
        "school": view.school,
        "created": view.created[:19].replace("T", " "),
        "sha256": sha256,
        "identity": [
            {"label": row.label, "value": row.value} for row in (*view.identity, *view.signer)
        ],
        "conclusion": {
            "symbol": view.conclusion.symbol,
            "word": view.conclusion.word,
            "reason": view.conclusion.reason,
        },
        "counts": "　".join(
            f"{one.mark.symbol} {one.mark.word} {one.count}" for one in view.counts
        ),
        "not_examined": view.not_examined or (text.label("not_examined.none"),),
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "lines": [_line(line, text) for line in chapter.lines],
            }
            for chapter in view.chapters
        ],
        "choices": "　".join(f"□ {word}" for word in text.words["conclusion"].values()),
    }


def _line(line: CheckLine, text: Catalogue) -> dict[str, str]:
    more = [text.label("docx.clause", clause=one.reference) for one in line.clauses]
    if line.facts_total:
        more.append(text.label("checklist.evidence_count", count=line.facts_total))
    return {
        "line": line.line,
        "title": line.title,
        "mark": f"{line.mark.symbol} {line.mark.word}",
        "reason": line.reason,
        "decision": f"{line.decision.mark.symbol} {line.decision.mark.word} {line.decision.sentence}"
        if line.decision
        else "",
        "more": "".join(f"\n{one}" for one in more),
    }
