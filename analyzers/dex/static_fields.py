"""What static fields hold before any code writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.encoded import read_static_value
from analyzers.dex.values import Value

if TYPE_CHECKING:
    from analyzers.dex.program import Program


def initial_value(program: Program, field: int) -> Value | None:
    """Give the value a field starts with; None where the file states one that is not read.

    Fields without a stated value, and fields of objects, start as 0 or null.
    """
    index = program.index
    owner = int(index.fields.owner[field])
    for table, types, fields in zip(
        index.tables, index.types.of_file, index.fields.numbers.of_file, strict=True
    ):
        rows = np.flatnonzero(types[table.classes[:, 0]] == owner)
        if len(rows) == 0:
            continue
        own = table.members.fields
        row = np.int32(rows[0])
        low = int(np.searchsorted(own.owner, row, side="left"))
        high = int(np.searchsorted(own.owner, row, side="right"))
        mine = own.index[low:high][own.direct[low:high]]
        places = np.flatnonzero(fields[mine] == field)
        if len(places):
            return read_static_value(table, int(row), int(places[0]))
        break
    return Value("int", 0)
