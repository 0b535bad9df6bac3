"""Renders a comparison of two assessments as a page, a workbook and a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from reports.html import render_template
from reports.text import load_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.changes import Changes

SCHEMA = "appadmit.changes/1"


def render_changes(name: str, changes: Changes) -> bytes:
    """Render a comparison as the content of a file ``changes.<name>``.

    Raises:
        KeyError: ``name`` is none of ``CHANGES_FORMATS``.
    """
    return CHANGES_FORMATS[name](changes)


def _html(changes: Changes) -> bytes:
    text = load_text(changes.lang)
    page = render_template("changes.html", script="", view=changes, label=text.label)
    return page.encode("utf-8")


def _json(changes: Changes) -> bytes:
    from reports.json import encode_json

    document: dict[str, Any] = {"schema": SCHEMA, **msgspec.to_builtins(changes)}
    return encode_json(document, indent=1) + b"\n"


def _xlsx(changes: Changes) -> bytes:
    from reports.xlsx import render_tables

    tables = [table for section in changes.sections for table in section.tables]
    return render_tables(changes.title, tables)


CHANGES_FORMATS: dict[str, Callable[[Changes], bytes]] = {
    "html": _html,
    "json": _json,
    "xlsx": _xlsx,
}
