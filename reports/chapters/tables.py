"""Makes the tables of the chapters from rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.telling import Telling


def make_table(
    telling: Telling,
    name: str,
    heads: tuple[tuple[str, int], ...],
    rows: Sequence[tuple[Cell, ...]],
    limit: int = 60,
) -> Table:
    """Make a table whose id, title and column heads follow from its label.

    ``name`` is ``<chapter>.<table>``, ``heads`` are pairs of a column's label in that chapter and
    its width.
    """
    chapter = name.split(".", maxsplit=1)[0]
    return Table(
        id=name.replace(".", "-").replace("_", "-"),
        title=telling.label(name),
        columns=tuple(
            Column(title=telling.label(f"{chapter}.{key}"), width=width) for key, width in heads
        ),
        rows=tuple(rows),
        limit=limit,
    )
