"""Joins stored scans and documents to rows of the register."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from scanner.errors import UsageError
from scanner.inputs.journal import Journal
from scanner.register.records import need_ref
from scanner.register.values import SCHOOL_ZONE, ValueProblem, read_date

if TYPE_CHECKING:
    from pathlib import Path

    from profiles.model import Assessment
    from scanner.register.session import Session
    from scanner.workspace import Workspace

CONCLUSIONS = {
    "recommend": "建议通过",
    "rework": "整改后复审",
    "reject": "不通过",
    "undecided": "暂不能提出",
}


def link_scan(session: Session, workspace: Workspace, ref: str, sha256: str) -> str:
    """Record the latest assessment of a stored sample under an app; gives the scan's call.

    Raises:
        UsageError: the row is no app, or nothing was judged yet.
    """
    if need_ref(ref)[0] != "app":
        raise UsageError("register.not_an_app", ref=ref)
    return record_scan(session, ref, workspace.latest_assessment(sha256))


def record_scan(session: Session, ref: str, assessment: Assessment) -> str:
    """Record an assessment and its verdicts under an app; gives the scan's call."""
    moment = datetime.datetime.fromisoformat(assessment.created)
    sample = assessment.fact_set.sample
    scan = session.add(
        "scan_record",
        {
            "entry": ref,
            "sample": sample.sha256,
            "scanned_at": moment.astimezone(SCHOOL_ZONE),
            "version": sample.version_name or None,
            "profile": f"{assessment.profile}/{assessment.school}",
            "rules": assessment.versions.rules or None,
            "knowledge": assessment.versions.knowledge,
            "conclusion": CONCLUSIONS[assessment.conclusion.kind.value],
        },
        action="link",
    )
    for verdict in assessment.verdicts:
        session.add(
            "verdict",
            {
                "scan": scan,
                "item": verdict.item,
                "outcome": verdict.standing.value,
                "code": verdict.code,
            },
            action="link",
        )
    return scan


def link_document(
    session: Session, workspace: Workspace, ref: str, file: Path, slot: str, day: str
) -> str:
    """Keep a file in the store of documents and record it under a row; gives the document's call.

    Raises:
        UsageError: no such row, or the day is none.
        EnvironmentProblem: the file cannot be read or kept.
    """
    try:
        date = read_date(day) if day else None
    except ValueProblem as problem:
        raise UsageError("usage.bad_date", text=day) from problem
    session.get(ref)
    sha256 = Journal(workspace, "0" * 64).keep_document(file)
    values = {"entry": ref, "slot": slot, "title": file.name, "sha256": sha256, "date": date}
    return session.add("document", values, action="link")
