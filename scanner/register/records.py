"""A row of the register as a plain value, and how it goes into columns and back."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from scanner.errors import UsageError
from scanner.register.catalogue import load_objects
from scanner.register.values import show_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from scanner.register.catalogue import Field, Object
    from scanner.register.values import Value

_REF = re.compile(r"([a-z_]+)-(\d{1,9})")


class Record(msgspec.Struct, frozen=True):
    """One row: its object, number, and the values of its fields (references as ``app-12``)."""

    object: str
    id: int
    values: dict[str, Any]
    ended: datetime.date | None = None
    """Day on which the row was struck out; it then counts no more."""

    @property
    def ref(self) -> str:
        """How the row is called: ``app-12``."""
        return f"{self.object}-{self.id}"

    @property
    def label(self) -> str:
        """Name of the row for people; its call where it has none."""
        return str(self.values.get("name") or self.ref)

    def text(self, field: str) -> str:
        """Give a value as people write it."""
        return show_value(self.values.get(field))

    def day(self, field: str) -> datetime.date | None:
        """Give a date, or None where the field is empty."""
        value = self.values.get(field)
        return value if isinstance(value, datetime.date) else None


def read_ref(text: str) -> tuple[str, int] | None:
    """Read ``app-12``; None when the text is no call of a row."""
    found = _REF.fullmatch(text.strip())
    if found is None or found[1] not in load_objects():
        return None
    return found[1], int(found[2])


def need_ref(text: str) -> tuple[str, int]:
    """Read ``app-12``.

    Raises:
        UsageError: it is no call of a row.
    """
    found = read_ref(text)
    if found is None:
        raise UsageError("register.bad_ref", ref=text)
    return found


def to_columns(what: Object, values: Mapping[str, Value]) -> dict[str, Any]:
    """Turn values into columns; only the given fields appear."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        field = what.fields[name]
        if field.type == "ref":
            columns.update(_ref_columns(field, value))
        else:
            columns[name] = _store(value)
    return columns


def _ref_columns(field: Field, value: Value) -> dict[str, int | None]:
    columns: dict[str, int | None] = dict.fromkeys(field.columns)
    if isinstance(value, str) and value:
        target, number = need_ref(value)
        if target not in field.targets:
            raise UsageError(
                "register.wrong_target", ref=value, field=field.zh, known=" ".join(field.targets)
            )
        columns[field.columns[field.targets.index(target)]] = number
    return columns


def _store(value: Value) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    return show_value(value)


def from_columns(what: Object, row: sa.RowMapping) -> Record:
    """Turn a row of the database into a record."""
    values: dict[str, Any] = {}
    for field in what.fields.values():
        if field.type == "ref":
            values[field.name] = next(
                (
                    f"{target}-{row[name]}"
                    for name, target in zip(field.columns, field.targets, strict=True)
                    if row[name] is not None
                ),
                None,
            )
        else:
            values[field.name] = _restore(field, row[field.name])
    return Record(object=what.name, id=row["id"], values=values, ended=row["ended"])


def _restore(field: Field, stored: Any) -> Value:  # noqa: ANN401  (whatever the driver gives)
    if stored is None:
        return None
    if field.type in {"list", "words"}:
        return tuple(word for word in str(stored).split("、") if word)
    if field.type == "money":
        return Decimal(stored)
    if field.type == "time":
        return datetime.time.fromisoformat(stored)
    if field.type == "moment":
        return datetime.datetime.fromisoformat(stored)
    restored: Value = stored
    return restored
