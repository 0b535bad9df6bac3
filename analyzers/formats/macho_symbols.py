"""The symbol table of a Mach-O file (``struct nlist`` of <mach-o/nlist.h>)."""

from __future__ import annotations

import msgspec
import numpy as np

from analyzers.formats.errors import FormatError

MAX_SYMBOLS = 4_000_000
MAX_NAME = 2_000
STAB, TYPE, SECTION = 0xE0, 0x0E, 0x0E
EXTERNAL = 0x01


class SymbolTable(msgspec.Struct, frozen=True):
    """Names of a file's symbols, as they are stored (with the leading underscore)."""

    imported: tuple[str, ...]
    defined: tuple[str, ...]
    """External ones."""


def read_symbols(
    data: memoryview, offset: int, count: int, text: int, size: int, *, order: str, wide: bool
) -> SymbolTable:
    """Read the external symbols.

    Args:
        data: One architecture of the file.
        offset: Where the table starts.
        count: Its rows.
        text: Where the names start.
        size: Bytes of the names.
        order: ``<`` or ``>``.
        wide: 64-bit rows.

    Raises:
        FormatError: it does not lie in the file.
    """
    width = 16 if wide else 12
    if count > MAX_SYMBOLS or offset + count * width > len(data) or text > len(data):
        raise FormatError("macho.symbols-outside", count=count)
    row = np.dtype(
        {
            "names": ["name", "type"],
            "formats": [order + "u4", "u1"],
            "offsets": [0, 4],
            "itemsize": width,
        }
    )
    rows = np.frombuffer(data[offset : offset + count * width], row)
    kinds = rows["type"]
    external = (kinds & STAB == 0) & (kinds & EXTERNAL != 0)
    names = bytes(data[text : text + size])
    undefined = external & (kinds & TYPE == 0)
    return SymbolTable(
        imported=_names(names, rows["name"][undefined].tolist()),
        defined=_names(names, rows["name"][external & (kinds & TYPE == SECTION)].tolist()),
    )


def _names(names: bytes, starts: list[int]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for start in starts:
        if start < len(names):
            end = names.find(b"\0", start, start + MAX_NAME)
            name = names[start : end if end >= 0 else start + MAX_NAME]
            found[name.decode("utf-8", "replace")] = None
    return tuple(found)
