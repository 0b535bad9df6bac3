"""Turns an assessment into the view that every format prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from reports.chapters.code import make_code
from reports.chapters.comparison import make_comparison
from reports.chapters.components import make_components
from reports.chapters.permissions import make_permissions
from reports.chapters.remediation import make_remediation
from reports.chapters.rest import make_rest
from reports.chapters.run import make_run
from reports.chapters.signing import make_signing
from reports.chapters.software import make_software
from reports.checklist import make_chapters, make_counts
from reports.gaps import make_limitations, make_not_examined
from reports.identity import app_name, make_identity, make_signer, make_versions
from reports.model import ConclusionLine, View
from reports.telling import Telling, make_telling
from reports.visible import show

if TYPE_CHECKING:
    from profiles.model import Assessment
    from reports.model import Section

CHAPTERS = (
    make_permissions,
    make_software,
    make_components,
    make_signing,
    make_code,
    make_run,
    make_comparison,
    make_rest,
)
"""The chapters behind the checklist, in printed order."""


def make_view(assessment: Assessment, lang: str) -> View:
    """Lay out an assessment in one language, every string made visible.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    telling = make_telling(assessment.fact_set, lang)
    sample = assessment.fact_set.sample
    view = View(
        lang=lang,
        title=telling.label("report.title"),
        app_name=app_name(sample, lang),
        icon_png="",
        file_name=sample.name,
        profile=telling.pick(assessment.profile_title),
        school=telling.pick(assessment.school_title),
        created=assessment.created,
        identity=make_identity(sample, telling),
        signer=make_signer(sample, telling),
        conclusion=make_conclusion(assessment, telling),
        counts=make_counts(assessment, telling),
        total=len(assessment.verdicts),
        not_examined=make_not_examined(assessment, telling),
        chapters=make_chapters(assessment, telling),
        sections=_make_sections(assessment, telling),
        versions=make_versions(assessment, telling),
    )
    return msgspec.structs.replace(show(view), icon_png=_icon(sample.icon_png))


def make_conclusion(assessment: Assessment, telling: Telling) -> ConclusionLine:
    """Give the proposal with the printed lines that decided."""
    conclusion = assessment.conclusion
    lines = {verdict.item: verdict.line for verdict in assessment.verdicts}
    return ConclusionLine(
        code=conclusion.kind,
        word=telling.word("conclusion", conclusion.kind),
        symbol=telling.word("conclusion_symbol", conclusion.kind),
        reason=telling.pick(conclusion.reason),
        because=tuple(lines.get(item, item) for item in conclusion.because),
    )


def _icon(encoded: str) -> str:
    """Give the icon if it is base64 and nothing else."""
    return encoded if re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", encoded) else ""


def _make_sections(assessment: Assessment, telling: Telling) -> tuple[Section, ...]:
    made = (make_remediation(assessment, telling), *(make(telling) for make in CHAPTERS))
    return (*(one for one in made if one), make_limitations(assessment, telling))
