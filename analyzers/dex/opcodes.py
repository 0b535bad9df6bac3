"""The opcode table as arrays: lengths and classes of instructions (data: ``opcodes.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzers.dex.arrays import Bools, Bytes

PACKED_SWITCH, SPARSE_SWITCH, ARRAY_DATA = 0x0100, 0x0200, 0x0300
"""First unit of the three payload kinds: a nop whose high byte tells the kind."""


@dataclass(frozen=True)
class Opcodes:
    """The 256 opcodes as arrays indexed by value."""

    names: tuple[str, ...]
    """Name, empty for unused values."""
    formats: tuple[str, ...]
    """Instruction format such as ``35c``, empty for unused values."""
    lengths: Bytes
    """Length in 16-bit units; 1 for unused values, as the linear walk steps over them."""
    unused: Bools
    """Values that no dex of 035 to 040 may hold."""

    def named(self, *prefixes: str) -> Bools:
        """Mark the opcodes whose name starts with one of the prefixes."""
        return np.array([name.startswith(prefixes) for name in self.names])


@cache
def load_opcodes() -> Opcodes:
    """Read the table that lies beside this module."""
    names, formats = [""] * 256, [""] * 256
    text = (Path(__file__).parent / "opcodes.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith(("#", "opcode")):
            continue
        value, name, shape = line.split("\t")
        names[int(value, 16)], formats[int(value, 16)] = name, shape
    return Opcodes(
        names=tuple(names),
        formats=tuple(formats),
        lengths=np.array([int(shape[0]) if shape else 1 for shape in formats], np.uint8),
        unused=np.array([not name for name in names]),
    )
