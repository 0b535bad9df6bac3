"""A form as tables of text, the same for every format, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reports.forms.model import TICKED, TO_FILL, UNTICKED, FilledForm, load_layouts
from reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.forms.model import FormBlock, FormField, FormLayout

PAIRS = 2
"""Label and value pairs beside each other."""


class GridTable(msgspec.Struct, frozen=True):
    """One table of a form."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    wide_rows: frozenset[int] = frozenset()
    """Rows whose second cell takes the rest."""
    tall_rows: frozenset[int] = frozenset()
    """Rows that a hand signs."""
    columns: bool = False
    """The first row is a head of columns."""


class FormMismatch(ValueError):
    """A file does not hold the form's cells; the message names the first that is missing."""


def make_grid(form: FilledForm) -> tuple[GridTable, ...]:
    """Lay a form out."""
    layout = load_layouts()[form.layout]
    return tuple(
        _columns_table(block, form.rows) if block.columns else _fields_table(block, form.values)
        for block in layout.blocks
    )


def _fields_table(block: FormBlock, values: dict[str, str]) -> GridTable:
    rows: list[tuple[str, ...]] = []
    wide: set[int] = set()
    tall: set[int] = set()
    line: list[str] = []
    width = 2 * max(block.lines, default=PAIRS)
    for field in block.fields:
        pair = (field.label, show_cell(field, values.get(field.key, "")))
        if field.wide:
            if line:
                rows.append(_filled_up(line, width))
            line = []
            wide.add(len(rows))
            if field.sign:
                tall.add(len(rows))
            rows.append(_filled_up(list(pair), width))
        else:
            line += pair
            pairs = block.lines[len(rows)] if len(rows) < len(block.lines) else width // 2
            if len(line) == 2 * pairs:
                rows.append(_filled_up(line, width))
                line = []
    if line:
        rows.append(_filled_up(line, width))
    return GridTable(block.title, tuple(rows), frozenset(wide), frozenset(tall))


def _filled_up(line: list[str], width: int) -> tuple[str, ...]:
    return tuple(line + [""] * (width - len(line)))


def _columns_table(block: FormBlock, rows: Sequence[dict[str, str]]) -> GridTable:
    head = tuple(field.label for field in block.columns)
    body = [tuple(show_cell(f, row.get(f.key, "")) for f in block.columns) for row in rows]
    return GridTable(block.title, (head, *body), columns=True)


def show_cell(field: FormField, value: str) -> str:
    """Give what is printed in a value's cell."""
    if field.options:
        chosen = set(value.split("、")) if field.multi else {value}
        ticked = [
            f"{TICKED if option in chosen or option.split('（')[0] in chosen else UNTICKED} {option}"
            for option in field.options
        ]
        boxes = "   ".join(ticked)
        return boxes if value or not field.required else f"{boxes} {TO_FILL}"
    if value:
        return visible(value)
    return field.sign or (TO_FILL if field.required else "")


def read_cell(field: FormField, text: str) -> str:
    """Read a value back from its cell."""
    if field.options:
        chosen = [
            option.split("（")[0]
            for option in field.options
            if f"{TICKED} {option}" in text or f"{TICKED}{option}" in text
        ]
        return "、".join(chosen if field.multi else chosen[:1])
    plain = text.strip()
    return "" if plain in {TO_FILL, field.sign.strip()} else plain


def read_grid(layout: FormLayout, tables: Iterable[Sequence[Sequence[str]]]) -> FilledForm:
    """Read a form's values from its tables, by the order of their labels.

    Raises:
        FormMismatch: a label is missing.
    """
    cells = [[cell.strip() for cell in row] for table in tables for row in table]
    values: dict[str, str] = {}
    flat = [(r, c) for r, row in enumerate(cells) for c in range(len(row))]
    position = 0
    for field in layout.fields:
        while position < len(flat) and cells[flat[position][0]][flat[position][1]] != field.label:
            position += 1
        if position >= len(flat):
            raise FormMismatch(field.label)
        row, column = flat[position]
        text = cells[row][column + 1] if column + 1 < len(cells[row]) else ""
        value = read_cell(field, text)
        if value:
            values[field.key] = value
        position += 2
    return FilledForm(layout.id, values, tuple(_read_rows(layout, cells)))


def _read_rows(layout: FormLayout, cells: list[list[str]]) -> Iterable[dict[str, str]]:
    labels = [field.label for field in layout.columns]
    if not labels:
        return
    starts = [index for index, row in enumerate(cells) if row[: len(labels)] == labels]
    if not starts:
        raise FormMismatch(labels[0])
    for row in cells[starts[0] + 1 :]:
        if len(row) < len(labels) or not any(row):
            return
        found = {f.key: read_cell(f, text) for f, text in zip(layout.columns, row, strict=False)}
        yield {key: value for key, value in found.items() if value}
