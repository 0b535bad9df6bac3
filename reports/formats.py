"""All report formats by the extension of their file; each is loaded when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from profiles.model import Assessment


def render_file(name: str, assessment: Assessment, lang: str = "zh") -> bytes:
    """Render an assessment as the content of a file ``report.<name>``.

    Raises:
        KeyError: ``name`` is none of ``FORMATS``.
        TextError: the language is neither ``zh`` nor ``en``.
    """
    return FORMATS[name](assessment, lang)


def _html(assessment: Assessment, lang: str) -> bytes:
    from reports.html import render_html

    return render_html(assessment, lang).encode("utf-8")


def _json(assessment: Assessment, lang: str) -> bytes:
    from reports.json import encode_json, render_json

    return encode_json(render_json(assessment, lang), indent=1) + b"\n"


def _pdf(assessment: Assessment, lang: str) -> bytes:
    from reports.pdf import render_pdf

    return render_pdf(assessment, lang)


def _docx(assessment: Assessment, lang: str) -> bytes:
    from reports.docx import render_docx

    return render_docx(assessment, lang)


def _xlsx(assessment: Assessment, lang: str) -> bytes:
    from reports.xlsx import render_xlsx

    return render_xlsx(assessment, lang)


def _sarif(assessment: Assessment, lang: str) -> bytes:
    from reports.json import encode_json
    from reports.sarif import render_sarif

    return encode_json(render_sarif(assessment, lang), indent=1) + b"\n"


FORMATS: dict[str, Callable[[Assessment, str], bytes]] = {
    "html": _html,
    "json": _json,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "sarif": _sarif,
}
"""Report formats in the order the command line lists them."""
