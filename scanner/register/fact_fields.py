"""What an entry is, which asked-for fields are filled, and where register and facts differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.register.fact_making import fact, load_words, word
from scanner.register.rules.names import display_name_fits, group_name_fits
from scanner.register.showing import masked
from scanner.register.snapshot import is_active

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact
    from scanner.register.parameters import Parameters
    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot

_LEFT = frozenset({"调离", "退休"})
_SCOPES = {"全校": "school", "本部门": "department"}
_TERMS = {"长期": "long", "临时": "temporary"}


def make_entry(entry: Record) -> Fact:
    """State what the entry is."""
    kind = word("form", entry.text("form")) if entry.object == "app" else entry.object
    members = entry.text("members_kind")
    return fact(
        "register.entry", entry.label, entry,
        object=kind, term=_TERMS.get(entry.text("term"), ""),
        status=load_words()["status"].get(entry.text("status"), "unknown"),
        scope=_SCOPES.get(entry.text("scope"), ""), source=entry.text("source"),
        audience=list(entry.values.get("audience") or ()),
        members=word("members", members) if members else "",
    )  # fmt: skip


def make_fields(snapshot: Snapshot, entry: Record, parameters: Parameters) -> Iterator[Fact]:
    """State of every field a clause asks for whether it is filled."""
    yield _field(
        "object", entry, entry.text("form") or entry.text("platform") or "系统", valid=True
    )
    asked = list(load_words()["fields"][entry.object])
    if entry.object == "app" and not (is_active(entry) and entry.day("withdrawn_on") is None):
        asked += ["stop_registration", "data_disposal"]
    valid: dict[str, bool | None] = {}
    if entry.object == "group":
        valid["name"] = group_name_fits(entry.label, snapshot.department(entry))
        created = entry.day("created_on")
        if created is not None and created < parameters.recognition_before:
            asked.append("recognition")
        if entry.text("members_kind") in {"学生", "班级", "学生会"}:
            asked.append("student_department")
            named = entry.text("student_department")
            valid["student_department"] = named in parameters.student_departments or None
            if named and named not in parameters.student_departments:
                valid["student_department"] = False
    for name in asked:
        yield _field(name, entry, masked(entry, name), valid=valid.get(name))
    yield from _display_names(snapshot, entry)
    yield from _answered(snapshot, entry)


def _field(name: str, entry: Record, value: str, *, valid: bool | None = None) -> Fact:
    return fact("register.field", name, entry, filled=bool(value), valid=valid, value=value)


def _display_names(snapshot: Snapshot, entry: Record) -> Iterator[Fact]:
    """S3-07: names in the group give unit and person; only where a roster is there."""
    roster = snapshot.of(entry, "roster")
    if roster:
        unit = snapshot.department(entry)
        odd = [row.ref for row in roster if not display_name_fits(row.text("display_name"), unit)]
        yield _field("display_names", entry, "、".join(odd) or "齐全", valid=not odd)


def _answered(snapshot: Snapshot, entry: Record) -> Iterator[Fact]:
    """S4-02: the department has answered every running campaign, be it with a nil return."""
    department = snapshot.get(entry.values.get("department"))
    running = [row for row in snapshot.records["campaign"] if row.values["status"] == "进行中"]
    if department is None or not running:
        return
    replies = snapshot.of(department, "reply")
    answered = {row.text("campaign") for row in replies if row.day("answered_on")}
    open_ones = [row.label for row in running if row.ref not in answered]
    filled = fact(
        "register.field", "department_answered", entry, filled=not open_ones, valid=None,
        value="、".join(open_ones) if open_ones else "已填报",
    )  # fmt: skip
    yield filled


def make_differences(snapshot: Snapshot, entry: Record) -> Iterator[Fact]:
    """State where the register and what is known elsewhere differ."""
    if entry.object in {"group", "account"}:
        subject, field = ("owner", "owner_person") if entry.object == "group" else (
            "creator", "creator_person")  # fmt: skip
        person = snapshot.get(entry.values.get(field))
        if person is not None:
            yield fact("register.checked", subject, entry, entries=1)
            if person.text("status") in _LEFT:
                reported = entry.day(f"{subject}_change_reported") is not None
                yield _difference(subject, entry, person.text("status"), reported=reported)
    if entry.object == "group":
        unit = entry.values.get("department")
        names = [
            row.label for row in snapshot.records["misuse"]
            if row.values.get("department") == unit and not row.text("outcome")
        ]  # fmt: skip
        if names:
            yield _difference("list", entry, "、".join(names), reported=False)
    if entry.object == "app":
        if is_active(entry) and entry.values.get("approved_list") is False:
            yield _difference("list", entry, entry.label, reported=False)
        elif entry.values.get("approved_list"):
            yield fact("register.checked", "list", entry, entries=1)
        yield from _silent_change(snapshot, entry)


def _silent_change(snapshot: Snapshot, entry: Record) -> Iterator[Fact]:
    """S1-20: the package scanned last has another version than the filed row."""
    scans = [row for row in snapshot.of(entry, "scan_record") if row.text("version")]
    filed = entry.text("version")
    if scans and filed:
        last = max(scans, key=lambda row: (row.text("scanned_at"), row.id))
        if last.text("version") != filed:
            reported = bool(snapshot.of(entry, "change_report"))
            detail = f"{filed} → {last.text('version')}"
            yield _difference("filed_row", entry, detail, reported=reported)


def _difference(subject: str, entry: Record, detail: str, *, reported: bool) -> Fact:
    return fact("register.difference", subject, entry, detail=detail, reported=reported)
