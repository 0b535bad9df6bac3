"""Where methods, fields, strings and types are used: parallel arrays, one row per instruction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.code import Code, gather_wide
from analyzers.dex.opcodes import load_opcodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.arrays import Array, Bools, Bytes, Ints, Longs


@dataclass(frozen=True)
class Sites:
    """Instructions of one sort. Rows are sorted by code item, then by position."""

    item: Ints
    """Number of the code item over all files."""
    position: Ints
    """First 16-bit unit of the instruction, in its file."""
    opcode: Bytes
    target: Ints
    """Number of the method, field or type over all files; string row of the file for strings."""

    def __len__(self) -> int:
        """Count the sites."""
        return len(self.item)

    def take(self, rows: Array) -> Sites:
        """Keep the given rows."""
        return Sites(self.item[rows], self.position[rows], self.opcode[rows], self.target[rows])


@dataclass(frozen=True)
class Uses:
    """All uses in one file, or in all files joined."""

    calls: Sites
    fields: Sites
    strings: Sites
    types: Sites
    wild: int
    """Instructions whose index points out of its table; they are left out."""


def read_uses(code: Code, first_item: int, maps: dict[str, Ints]) -> Uses:
    """Collect the uses of one file. ``maps`` turns rows of the file into numbers, by sort."""
    found = {}
    wild = 0
    for sort, mark, half in (
        (
            "calls",
            _selector(
                "invoke-virtual",
                "invoke-super",
                "invoke-direct",
                "invoke-static",
                "invoke-interface",
                "invoke-polymorphic",
            ),
            1,
        ),
        ("fields", _selector("iget", "iput", "sget", "sput"), 1),
        ("strings", _selector("const-string"), 1),
        ("types", _selector("new-instance", "const-class", "check-cast", "instance-of"), 1),
    ):
        positions, opcodes = code.select(mark)
        rows = code.units[positions + half].astype(np.int64)
        if sort == "strings":
            jumbo = opcodes == 0x1B
            rows[jumbo] = gather_wide(code, positions[jumbo], 1)
        good = rows < len(maps[sort])
        wild += int((~good).sum())
        rows, positions, opcodes = rows[good], positions[good], opcodes[good]
        found[sort] = Sites(
            item=(code.items_of(positions) + first_item).astype(np.int32),
            position=positions.astype(np.int32),
            opcode=opcodes,
            target=maps[sort][rows],
        )
    return Uses(found["calls"], found["fields"], found["strings"], found["types"], wild)


def join_uses(parts: Sequence[Uses]) -> Uses:
    """Join the uses of all files; items are numbered over all files already."""
    return Uses(
        calls=_join([part.calls for part in parts]),
        fields=_join([part.fields for part in parts]),
        strings=_join([part.strings for part in parts]),
        types=_join([part.types for part in parts]),
        wild=sum(part.wild for part in parts),
    )


def _join(parts: Sequence[Sites]) -> Sites:
    if not parts:
        none = np.empty(0, np.int32)
        return Sites(none, none, np.empty(0, np.uint8), none)
    return Sites(
        item=np.concatenate([part.item for part in parts]),
        position=np.concatenate([part.position for part in parts]),
        opcode=np.concatenate([part.opcode for part in parts]),
        target=np.concatenate([part.target for part in parts]),
    )


def _selector(*prefixes: str) -> Bools:
    return load_opcodes().named(*prefixes)


def sites_between(positions: Ints, first: int, last: int) -> Longs:
    """Give the rows whose position lies in ``first <= position < last`` (sorted positions)."""
    low, high = np.searchsorted(positions, [first, last])
    return np.arange(low, high)
