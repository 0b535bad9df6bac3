"""Renders an assessment as one self-contained HTML page."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.pictures import draw_pictures
from reports.text import load_text
from reports.view import make_view

if TYPE_CHECKING:
    from profiles.model import Assessment

TEMPLATES = Path(__file__).parent / "templates"
GAPS_SHOWN = 14
OPEN_OUTCOMES = ("FAIL", "REVIEW", "ERROR")
"""Lines whose evidence is printed on paper too."""


def render_html(assessment: Assessment, lang: str = "zh") -> str:
    """Render the whole report as one page that loads nothing and runs only its own script.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    view, text = make_view(assessment, lang), load_text(lang)
    pictures = draw_pictures(assessment, lang)
    return render_template(
        "report.html",
        script=_read("report.js"),
        view=view,
        label=text.label,
        sha256=assessment.fact_set.sample.sha256,
        pictures=pictures,
        inline=_inline,
        choices=tuple(text.words["conclusion"].values()),
        gaps_shown=GAPS_SHOWN,
        open_outcomes=OPEN_OUTCOMES,
    )


def _inline(svg: str) -> str:
    """Give a picture as an address that holds it: drawn as an image it can run and load nothing."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode()


def render_template(name: str, *, script: str, **values: object) -> str:
    """Render a page of the templates with our style, our script and a policy that fits them."""
    return (
        _environment()
        .get_template(name)
        .render(
            policy=make_policy(script),
            # Both come from our own files beside this module and never hold a value.
            style=Markup(_read("report.css")),
            script=Markup(script),
            **values,
        )
    )


def make_policy(script: str) -> str:
    """Give the content security policy: nothing is loaded, only this one script runs."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")
