"""Whether the forms an entry needs are complete (S4 四（一）): ``register.field`` form_1 to form_4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.register.fact_making import fact
from scanner.register.form_checks import check_form
from scanner.register.forms import fill_form

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from analyzers.model import Fact
    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot


def make_form_fields(snapshot: Snapshot, entry: Record, today: datetime.date) -> Iterator[Fact]:
    """State of every form an app or system needs: complete, and keeping its checks."""
    for name, form, ref in _needed(snapshot, entry):
        problems = check_form(fill_form(snapshot, form, ref), today)
        gaps = [problem.key for problem in problems if problem.code == "missing"]
        wrong = [f"{p.key} {p.code}" for p in problems if p.code != "missing"]
        yield fact(
            "register.field", name, entry, filled=not gaps, valid=None if gaps else not wrong,
            value="、".join(gaps or wrong),
        )  # fmt: skip


def _needed(snapshot: Snapshot, entry: Record) -> Iterator[tuple[str, str, str]]:
    if entry.object not in {"app", "system"}:
        return
    department = entry.text("department")
    systems = [r for r in snapshot.records["system"] if r.text("department") == department]
    if systems:
        yield "form_1", "system-use", department
    if entry.object == "app":
        yield "form_2", "app-user", entry.ref
        if entry.values.get("source") == "自主开发":
            yield "form_3", "app-provider", entry.ref
        yield "form_4", "app-self-check", entry.ref
