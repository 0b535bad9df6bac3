"""Writes an assessment as report files, all or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.formats import FORMATS, render_file
from scanner.workspace import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from profiles.model import Assessment


FORMAT_NAMES = (*FORMATS, "cyclonedx")
"""Everything ``--format`` takes; the bill of materials is made from facts, not from verdicts."""


def publish(
    assessment: Assessment, out: Path | None, formats: tuple[str, ...], lang: str
) -> tuple[Path, ...]:
    """Render every format first, then write the files; nothing is written where one fails.

    Raises:
        EnvironmentProblem: when the folder does not take them.
    """
    if out is None:
        return ()
    rendered = {name: _render(name, assessment, lang) for name in formats}
    folder = out / folder_name(assessment)
    written = []
    for name, content in rendered.items():
        path = folder / ("bom.cdx.json" if name == "cyclonedx" else f"report.{name}")
        write_atomically(path, content)
        written.append(path)
    return tuple(written)


def _render(name: str, assessment: Assessment, lang: str) -> bytes:
    if name != "cyclonedx":
        return render_file(name, assessment, lang)
    from analyzers.software.sbom import make_cyclonedx
    from reports.json import encode_json

    return encode_json(make_cyclonedx(assessment.fact_set), indent=1) + b"\n"


def folder_name(assessment: Assessment) -> str:
    """Name the report folder: package id, made harmless, hash, and the rules that judged."""
    sample = assessment.fact_set.sample
    stem = re.sub(r"[^A-Za-z0-9._-]+", "_", sample.app_id)[:80].strip("._-") or "app"
    return f"{stem}-{sample.sha256[:8]}-{assessment.profile}-{assessment.school}"
