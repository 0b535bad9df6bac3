"""The order rules P-11 and P-12 and the count rules P-8 to P-10 over the register's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.register.findings import Finding, from_order
from scanner.register.rules.counts import find_duplicates, one_app_keys
from scanner.register.rules.order import compare_steps
from scanner.register.snapshot import is_active

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator

    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot


def approved_on(snapshot: Snapshot, entry: Record, *steps: str) -> datetime.date | None:
    """Give the first day on which one of the steps was agreed to."""
    days = [
        row.day("date")
        for step in steps
        for row in snapshot.of(entry, "approval", step=step, result="同意")
    ]
    return min((day for day in days if day is not None), default=None)


def filed_on(snapshot: Snapshot, entry: Record, kind: str) -> datetime.date | None:
    """Give the first day of a valid filing of a kind."""
    days = [row.day("date") for row in snapshot.of(entry, "filing", kind=kind, status="有效")]
    return min((day for day in days if day is not None), default=None)


def begun_on(entry: Record) -> datetime.date | None:
    """Give the day on which building or use began: the earliest that is registered."""
    names = ("development_started", "selected_on", "online_on")
    days = [day for name in names if (day := entry.day(name)) is not None]
    return min(days, default=None)


def find_orders(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare the dated steps of every app, system and group that a clause puts in order."""
    for entry in snapshot.entries("app", "system", "group"):
        for rule, firsts, second in _steps(snapshot, entry):
            order = compare_steps(firsts, second)
            if order is not None:
                yield from_order(rule, entry, snapshot.department(entry), order)


def _steps(
    snapshot: Snapshot, entry: Record
) -> Iterator[tuple[str, list[datetime.date | None], datetime.date | None]]:
    source = entry.values.get("source")
    if entry.object == "group":
        if entry.values.get("term") == "长期":
            party = approved_on(snapshot, entry, "二级党组织审批", "团委审批")
            yield "approval_before_creation", [party], entry.day("created_on")
        return
    if source == "自主开发":
        checked = [approved_on(snapshot, entry, step) for step in ("等保测评", "安全评估")]
        yield "assessment_before_online", checked, entry.day("online_on")
    if source in {"自主开发", "自主选用"}:
        step = "立项" if source == "自主开发" else "网络中心审核"
        field = "development_started" if source == "自主开发" else "selected_on"
        begun = entry.day(field) or entry.day("online_on")
        yield "project_before_build", [approved_on(snapshot, entry, step)], begun
    if entry.object != "app":
        return
    if source == "自主开发":
        review = approved_on(snapshot, entry, "准入审查", "网络中心审核")
        yield "review_before_use", [review], entry.day("online_on")
    if source == "上级要求":
        filed = filed_on(snapshot, entry, "使用者备案")
        yield "filing_before_promotion", [filed], entry.day("promoted_on")
    if entry.values.get("scope") == "全校":
        decided = approved_on(snapshot, entry, "党委决定")
        filed = filed_on(snapshot, entry, "上级备案")
        yield "decision_before_build", [decided, filed], begun_on(entry)


def find_counts(snapshot: Snapshot) -> Iterator[Finding]:
    """Find several groups for one work (P-8) and several apps where one is wanted (P-9, P-10)."""
    groups = [group for group in snapshot.entries("group") if is_active(group)]
    apps = [app for app in snapshot.entries("app") if is_active(app)]
    yield from _duplicates(snapshot, "group_matter", groups, _matter_key, "exception")
    yield from _duplicates(snapshot, "audience", apps, _audience_keys, "one_app_exception")
    grassroots = [app for app in apps if app.values.get("grassroots") is not False]
    yield from _duplicates(
        snapshot, "department_matter", grassroots, _matter_key, "one_app_exception"
    )


def _matter_key(record: Record) -> Iterable[tuple[str, ...]]:
    return [(record.text("department"), record.text("matter"))]


def _audience_keys(record: Record) -> Iterable[tuple[str, ...]]:
    words = one_app_keys(record.values.get("audience") or (), record.values.get("services") or ())
    return [(word,) for word in words]


def _duplicates(
    snapshot: Snapshot,
    rule: str,
    records: list[Record],
    keys: Callable[[Record], Iterable[tuple[str, ...]]],
    exception: str,
) -> Iterator[Finding]:
    for key, found in find_duplicates(records, keys).items():
        for record in found:
            others = "、".join(other.label for other in found if other is not record)
            yield Finding(
                rule=rule, ref=record.ref, name=record.label, state="due",
                department=snapshot.department(record), basis=key[-1], detail=others,
                exception=record.text(exception),
            )  # fmt: skip
