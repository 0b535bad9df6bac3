"""Writes an assessment as report files, all or none."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from reports.html import render_html
from reports.json import render_json
from scanner.workspace import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from profiles.model import Assessment


def _html(assessment: Assessment, lang: str) -> bytes:
    return render_html(assessment, lang).encode("utf-8")


def _json(assessment: Assessment, lang: str) -> bytes:
    document = render_json(assessment, lang)
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


FORMATS: dict[str, Callable[[Assessment, str], bytes]] = {"html": _html, "json": _json}
"""Report formats by file extension."""


def publish(
    assessment: Assessment, out: Path | None, formats: tuple[str, ...], lang: str
) -> tuple[Path, ...]:
    """Render every format first, then write the files; nothing is written where one fails.

    Raises:
        EnvironmentProblem: when the folder does not take them.
    """
    if out is None:
        return ()
    rendered = {name: FORMATS[name](assessment, lang) for name in formats}
    folder = out / folder_name(assessment)
    written = []
    for name, content in rendered.items():
        path = folder / f"report.{name}"
        write_atomically(path, content)
        written.append(path)
    return tuple(written)


def folder_name(assessment: Assessment) -> str:
    """Name the report folder of a sample: its package id, made harmless, and its hash."""
    sample = assessment.fact_set.sample
    stem = re.sub(r"[^A-Za-z0-9._-]+", "_", sample.app_id)[:80].strip("._-") or "app"
    return f"{stem}-{sample.sha256[:8]}"
