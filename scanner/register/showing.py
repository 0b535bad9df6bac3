"""Rows as people see them: one row with its history, columns of lists, masked where personal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from scanner.register.catalogue import find_object, load_objects
from scanner.register.journal import Entry, read_changes
from scanner.register.records import Record
from scanner.register.values import mask

if TYPE_CHECKING:
    from scanner.register.catalogue import Object
    from scanner.register.session import Session

COLUMNS = 6
_LAST = 20


class Shown(msgspec.Struct, frozen=True):
    """A row, what belongs to it, and its latest changes."""

    record: Record
    belongings: tuple[Record, ...]
    history: tuple[Entry, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it as plain JSON, personal values masked."""
        return {
            **plain_values(self.record),
            "belongings": [plain_values(row) for row in self.belongings],
            "history": msgspec.to_builtins(self.history),
        }

    def lines(self, lang: str) -> list[str]:
        """Give it as lines: filled fields, belongings, history."""
        what = find_object(self.record.object)
        lines = [f"{self.record.ref}  {what.zh if lang == 'zh' else what.name}"]
        for field in what.fields.values():
            text = masked(self.record, field.name)
            if text:
                lines.append(f"  {field.zh if lang == 'zh' else field.name}: {text}")
        for row in self.belongings:
            filled = (masked(row, name) for name in row.values if name != "entry")
            lines.append(f"  + {row.ref}  {' · '.join(text for text in filled if text)}")
        for entry in self.history:
            change = entry.change
            note = f"（{change.note}）" if change.note else ""
            lines.append(
                f"  {entry.at[:16]} {entry.who} {change.action} {change.field}: "
                f"{change.old or ''} → {change.new or ''}{note}"
            )
        return lines


def show_row(session: Session, ref: str) -> Shown:
    """Gather a row, the rows that refer to it as their entry, and its history.

    Raises:
        UsageError: there is no such row.
    """
    record = session.get(ref)
    belongings = [
        row
        for what in load_objects().values()
        if "entry" in what.fields and record.object in what.fields["entry"].targets
        for row in session.find(what.name, entry=ref)
    ]
    history = read_changes(session.connection, record.object, record.id, last=_LAST)
    return Shown(record, tuple(belongings), tuple(history))


def masked(record: Record, name: str) -> str:
    """Give a value as text, masked where it is personal."""
    text = record.text(name)
    return mask(text) if load_objects()[record.object].fields[name].secret else text


def plain_values(record: Record) -> dict[str, Any]:
    """Give a row as plain JSON: its call and every filled field as text."""
    values = {name: masked(record, name) for name in record.values}
    return {"ref": record.ref, **{name: text for name, text in values.items() if text}}


def short_columns(what: Object) -> dict[str, str]:
    """Give the columns of a list: name and heading of the first fields that tell most."""
    names = [f.name for f in what.fields.values() if f.required or f.name == "status"]
    names += [name for name in what.fields if name not in names]
    chosen = names[:COLUMNS]
    return {name: what.fields[name].zh for name in what.fields if name in chosen}


def cell_text(session: Session, row: Record, name: str, names: dict[str, str]) -> str:
    """Give a cell of a list; references by name, looked up once each."""
    text = masked(row, name)
    if load_objects()[row.object].fields[name].type != "ref" or not text:
        return text
    if text not in names:
        names[text] = session.get(text).label
    return names[text]
