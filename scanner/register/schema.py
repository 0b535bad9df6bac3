"""The tables, made from the catalogue; what the newest migration must lead to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from scanner.register.catalogue import load_objects

if TYPE_CHECKING:
    from scanner.register.catalogue import Field, Object

COLUMN_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "int": sa.Integer, "ref": sa.Integer, "date": sa.Date, "bool": sa.Boolean, "text": sa.Text,
}  # fmt: skip
"""What a type of the catalogue is in the database; all others are text."""


@cache
def make_metadata() -> sa.MetaData:
    """Make all tables: one per object, and the journal ``change``."""
    metadata = sa.MetaData()
    for what in load_objects().values():
        sa.Table(what.name, metadata, *_columns(what), *_checks(what))
    sa.Table(
        "change",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
    )
    return metadata


def table_of(what: Object) -> sa.Table:
    """Give the table of an object."""
    return make_metadata().tables[what.name]


def _columns(what: Object) -> list[sa.Column[object]]:
    columns: list[sa.Column[object]] = [sa.Column("id", sa.Integer, primary_key=True)]
    for field in what.fields.values():
        columns += _field_columns(field)
    columns.append(sa.Column("ended", sa.Date))
    return columns


def _field_columns(field: Field) -> list[sa.Column[object]]:
    if field.type == "ref":
        required = field.required and len(field.targets) == 1
        return [
            sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=not required)
            for name, target in zip(field.columns, field.targets, strict=True)
        ]
    kind = COLUMN_TYPES.get(field.type, sa.Text)
    return [sa.Column(field.name, kind, nullable=not field.required)]


def _checks(what: Object) -> list[sa.CheckConstraint]:
    """A reference with several targets leads to at most one, a required one to exactly one."""
    checks = []
    for field in what.fields.values():
        if field.type == "ref" and len(field.targets) > 1:
            terms = [f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in field.columns]
            wanted = "= 1" if field.required else "<= 1"
            name = f"{what.name}_{field.name}_target"
            checks.append(sa.CheckConstraint(f"{' + '.join(terms)} {wanted}", name=name))
    return checks
