"""Fills the annex forms from the register; what is not registered stays empty."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reports.forms.model import FilledForm
from scanner.errors import UsageError
from scanner.register.snapshot import is_active

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot

_TEACHERS = {"教职工": "教师"}


class FormSource(msgspec.Struct, frozen=True):
    """Which row fills a form, and every cell's source."""

    object: str
    cells: dict[str, str] = {}
    rows: str = ""
    """The department's entries that fill the table."""
    columns: dict[str, str] = {}


@cache
def load_sources() -> dict[str, FormSource]:
    """Read where every cell comes from, by form."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: msgspec.convert(row, FormSource) for name, row in rows.items()}


def fill_form(snapshot: Snapshot, form: str, ref: str) -> FilledForm:
    """Fill a form for an entry, or for a department where the form has a table.

    Raises:
        UsageError: no such form or row, or a row the form is not about.
    """
    source = load_sources().get(form)
    if source is None:
        raise UsageError("register.unknown_form", name=form, known=" ".join(load_sources()))
    record = snapshot.get(ref)
    if record is None:
        raise UsageError("register.unknown_row", ref=ref)
    if record.object != source.object:
        raise UsageError("register.wrong_form", ref=ref, form=form, object=source.object)
    values = {key: _cell(snapshot, record, place, 0) for key, place in source.cells.items()}
    entries = [
        row for row in snapshot.records[source.rows]
        if row.values.get("department") == ref and is_active(row)
    ] if source.rows else []  # fmt: skip
    rows = tuple(
        _filled({k: _cell(snapshot, row, place, n) for k, place in source.columns.items()})
        for n, row in enumerate(entries, start=1)
    )
    return FilledForm(form, _filled(values), rows)


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _cell(snapshot: Snapshot, entry: Record, place: str, number: int) -> str:
    kind, _, name = place.partition(".")
    if kind == "word":
        return _WORDS[name](snapshot, entry, number)
    if kind == "agreed":
        return _agreed(snapshot, entry, name.split("|"))
    if kind == "signed":
        rows = snapshot.of(entry, "approval", step=name, result="同意")
        return rows[-1].text("date") if rows else ""
    if kind == "documents":
        slots = name.split("|")
        rows = [row for row in snapshot.of(entry, "document") if row.text("slot") in slots]
        return "、".join(row.text("title") for row in rows)
    if kind == "filing":
        return _filing(snapshot, entry, name)
    owner = entry if kind == "entry" else snapshot.get(entry.values.get(kind))
    return owner.text(name) if owner is not None else ""


def _agreed(snapshot: Snapshot, entry: Record, steps: list[str]) -> str:
    results = {
        row.text("result") for step in steps for row in snapshot.of(entry, "approval", step=step)
    }
    return "是" if "同意" in results else "否" if "不同意" in results else ""


def _filing(snapshot: Snapshot, entry: Record, kind: str) -> str:
    owners = [entry, snapshot.get(entry.values.get("system"))]
    rows = [
        row
        for owner in owners
        if owner is not None
        for row in snapshot.of(owner, "filing", kind=kind, status="有效")
    ]
    return rows[-1].text("number") if rows else ""


def _audience(_snapshot: Snapshot, entry: Record, _number: int) -> str:
    words = dict.fromkeys(_TEACHERS.get(w, w) for w in entry.values.get("audience") or ())
    stages = entry.text("stage")
    return "、".join(f"学生（{stages}）" if w == "学生" and stages else w for w in words)


def _functions(_snapshot: Snapshot, entry: Record, _number: int) -> str:
    return "、".join(w for w in entry.values.get("functions") or () if w != "作业")


def _in_room(_snapshot: Snapshot, entry: Record, _number: int) -> str:
    """是 with the server's address; 否 with its place and address (注2)."""
    inside = entry.values.get("in_room")
    if inside is None:
        return ""
    parts = (
        [entry.text("server_ip")]
        if inside
        else [entry.text("server_place"), entry.text("server_ip")]
    )
    word = "是" if inside else "否"
    return f"{word}（{'，'.join(part or '待填' for part in parts)}）"


def _kind(_snapshot: Snapshot, entry: Record, _number: int) -> str:
    return "；".join(part for part in (entry.text("platform"), entry.text("purpose")) if part)


def _people(_snapshot: Snapshot, entry: Record, _number: int) -> str:
    size = entry.text("size")
    return "；".join(part for part in (f"{size}人" if size else "", entry.text("people")) if part)


def _owners(_snapshot: Snapshot, entry: Record, _number: int) -> str:
    return "、".join(part for part in (entry.text("owner"), entry.text("administrators")) if part)


def _party(snapshot: Snapshot, entry: Record, _number: int) -> str:
    """注2: party organisations give their exact name; else the department's."""
    unit = snapshot.get(entry.values.get("department"))
    return (unit.text("party_organisation") or unit.label) if unit is not None else ""


def _number(_snapshot: Snapshot, _entry: Record, number: int) -> str:
    return str(number)


_WORDS: dict[str, Callable[[Snapshot, Record, int], str]] = {
    "audience": _audience, "functions": _functions, "in_room": _in_room, "kind": _kind,
    "people": _people, "owners": _owners, "party": _party, "number": _number,
}  # fmt: skip
