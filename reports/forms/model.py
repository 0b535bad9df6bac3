"""Forms as plain values: their cells as the annexes print them, and what is filled in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

TO_FILL = "（待填）"
"""Printed in the place of a required field without a value; never invented."""
TICKED, UNTICKED = "☑", "☐"


class FormField(msgspec.Struct, frozen=True):
    """One label and its value's cell."""

    key: str
    label: str
    """As the annex prints it."""
    required: bool = False
    wide: bool = False
    multi: bool = False
    options: tuple[str, ...] = ()
    """Boxes to tick."""
    sign: str = ""
    """What stands there for the hand that signs."""


class FormBlock(msgspec.Struct, frozen=True):
    """A part of a form: fields, or a table with columns."""

    title: str
    fields: tuple[FormField, ...] = ()
    columns: tuple[FormField, ...] = ()
    lines: tuple[int, ...] = ()
    """Pairs of label and value in each row, where the annex does not set two everywhere."""


class FormLayout(msgspec.Struct, frozen=True):
    """One annex form."""

    id: str
    title: str
    source: str
    """Regulation and annex."""
    blocks: tuple[FormBlock, ...]
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = False

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All single fields in printed order."""
        return tuple(field for block in self.blocks for field in block.fields)

    @property
    def columns(self) -> tuple[FormField, ...]:
        """The columns of the form's table; empty where it has none."""
        return tuple(field for block in self.blocks for field in block.columns)


class FilledForm(msgspec.Struct, frozen=True):
    """The values of one form; a key without value is not filled in."""

    layout: str
    values: dict[str, str] = {}
    rows: tuple[dict[str, str], ...] = ()
    """Rows of the form's table."""


@cache
def load_layouts() -> dict[str, FormLayout]:
    """Read the seven forms, by id."""
    rows = tomllib.loads(Path(__file__).with_name("forms.toml").read_text("utf-8"))
    return {name: msgspec.convert({"id": name, **row}, FormLayout) for name, row in rows.items()}


def missing_fields(form: FilledForm) -> tuple[str, ...]:
    """Give the keys of required fields that are empty (``row 2: owner`` inside the table)."""
    layout = load_layouts()[form.layout]
    gaps = [
        field.key for field in layout.fields if field.required and not form.values.get(field.key)
    ]
    gaps += [
        f"row {number}: {field.key}"
        for number, row in enumerate(form.rows, start=1)
        for field in layout.columns
        if field.required and not row.get(field.key)
    ]
    return tuple(gaps)
