"""Renders an assessment as a PDF document: bookmarks, page numbers, signature block."""

from __future__ import annotations

import base64
import binascii
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import noto_cjk_sans_otc
import typst

from reports.html import OPEN_OUTCOMES, TEMPLATES
from reports.pictures import draw_pictures
from reports.text import load_text
from reports.view import make_view

if TYPE_CHECKING:
    from profiles.model import Assessment
    from reports.model import CheckLine, Table, View
    from reports.pictures import Picture
    from reports.text import Catalogue

TEMPLATE = "report.typ"
PAPER_FACTS = 8
"""Facts per line that are printed; the page and the JSON hold more."""
PNG = b"\x89PNG\r\n\x1a\n"
LABELS = {
    "created": "report.created", "contents": "report.contents", "identity": "identity.title",
    "signer": "signer.title", "signer_none": "signer.none", "conclusion": "conclusion.title",
    "because": "conclusion.because", "proposal": "conclusion.proposal", "counts": "counts.title",
    "not_examined": "not_examined.title", "not_examined_none": "not_examined.none",
    "not_examined_lead": "not_examined.lead", "checklist": "checklist.title",
    "missing_coverage": "checklist.missing_coverage", "unverified": "checklist.unverified",
    "advice_reviewer": "checklist.advice_reviewer", "answer": "checklist.answer",
    "advice_developer": "checklist.advice_developer", "answer_agree": "checklist.answer_agree",
    "answer_change": "checklist.answer_change", "answer_note": "checklist.answer_note",
    "versions": "versions.title", "sign": "sign.title", "sign_conclusion": "sign.conclusion",
    "opinion": "sign.opinion", "reviewer": "sign.reviewer", "date": "sign.date",
    "unit": "sign.unit",
}  # fmt: skip
"""What the template calls a label, and its place in the label file."""


def render_pdf(assessment: Assessment, lang: str = "zh") -> bytes:
    """Render the document; typst gets values as JSON and never as markup.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    view, text = make_view(assessment, lang), load_text(lang)
    with tempfile.TemporaryDirectory(prefix="appadmit-pdf-") as name:
        folder = Path(name)
        icon = _write_icon(folder, view.icon_png)
        pictures = [
            _write_picture(folder, number, one)
            for number, one in enumerate(draw_pictures(assessment, lang))
        ]
        data = {
            "view": _printed(view, text),
            "labels": {key: text.label(label) for key, label in LABELS.items()},
            "choices": list(text.words["conclusion"].values()),
            "sha256": assessment.fact_set.sample.sha256,
            "created": view.created[:19].replace("T", " "),
            "icon": icon,
            "pictures": pictures,
        }
        (folder / "view.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        (folder / TEMPLATE).write_bytes((TEMPLATES / TEMPLATE).read_bytes())
        made = typst.compile(
            folder / TEMPLATE,
            root=folder,
            font_paths=[Path(str(noto_cjk_sans_otc.FONT_PATH)).parent],
            ignore_system_fonts=True,
        )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made


def _write_picture(folder: Path, number: int, picture: Picture) -> dict[str, str]:
    """Write a picture beside the template and give what the template needs of it."""
    name = f"picture-{number}.svg"
    (folder / name).write_text(picture.svg, "utf-8")
    return {"section": picture.section, "title": picture.title, "alt": picture.alt, "file": name}


def _write_icon(folder: Path, encoded: str) -> bool:
    """Write the icon beside the template, if it is a PNG."""
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return False
    if not content.startswith(PNG):
        return False
    (folder / "icon.png").write_bytes(content)
    return True


def _printed(view: View, text: Catalogue) -> dict[str, Any]:
    """Give the view as JSON shapes, cut to what is printed."""
    printed: dict[str, Any] = msgspec.to_builtins(view)
    printed.pop("icon_png")
    printed["chapters"] = [
        {"id": one.id, "title": one.title, "lines": [_line(line, text) for line in one.lines]}
        for one in view.chapters
    ]
    for section, shown in zip(view.sections, printed["sections"], strict=True):
        shown["tables"] = [_table(table, text) for table in section.tables]
    return printed


def _line(line: CheckLine, text: Catalogue) -> dict[str, Any]:
    facts = line.facts[:PAPER_FACTS]
    shown, total = len(facts), line.facts_total
    cut = text.label("checklist.facts_cut", shown=shown, total=total) if total > shown else ""
    return {
        **msgspec.to_builtins(line),
        "facts": msgspec.to_builtins(facts),
        "open": line.mark.code in OPEN_OUTCOMES,
        "missing": text.label("list.separator").join(line.missing_coverage),
        "facts_cut": cut,
    }


def _table(table: Table, text: Catalogue) -> dict[str, Any]:
    """Give a table with the rows that are printed and the sentence on the rest."""
    return {
        "title": table.title,
        "columns": msgspec.to_builtins(table.columns),
        "rows": msgspec.to_builtins(table.shown),
        "cut": table.cut,
        "cut_text": text.label("table.cut", shown=table.limit, total=len(table.rows)),
    }
