"""String constants of single classes, straight from the dex tables: where SDKs write versions.

Read are static final strings (``encoded_array_item``) and methods or static initialisers that load
a string and return or store it. Source: Dalvik executable format, "encoded_value encoding".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.hashing import hash_names
from analyzers.dex.opcodes import load_opcodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.dex.index import DexIndex
    from analyzers.dex.tables import DexTables

CONST_STRING, CONST_STRING_JUMBO = 0x1A, 0x1B
RETURN_OBJECT, SPUT_OBJECT = 0x11, 0x69
VALUE_STRING, VALUE_ARRAY, VALUE_ANNOTATION, VALUE_NULL, VALUE_BOOLEAN = (
    0x17,
    0x1C,
    0x1D,
    0x1E,
    0x1F,
)
RETURNED, LOADED = -1, -2
MAX_VALUES = 4096
MAX_UNITS = 4096
"""16-bit units of one method that are walked."""
MAX_METHODS = 2000
"""Methods of one class that are walked; hostile classes share one long body many times."""


def read_constants(index: DexIndex, class_name: str) -> dict[str, str]:
    """Give the string constants of a class.

    Args:
        index: the package's bytecode.
        class_name: dotted name.

    Returns:
        Name of the field, or of the method without parentheses, -> string; other strings of its
        methods follow under ``#`` and their row. Empty where the class is not there.
    """
    descriptor = "L" + class_name.replace(".", "/") + ";"
    wanted = hash_names([descriptor.encode("utf-8", "surrogatepass")])[0]
    for table in index.tables:
        rows = np.flatnonzero(table.type_hashes[table.classes[:, 0]] == wanted)
        if len(rows):
            return _read_class(table, int(rows[0]))
    return {}


def _read_class(table: DexTables, row: int) -> dict[str, str]:
    fields = table.members.fields
    static = fields.index[(fields.owner == row) & fields.direct]
    found: dict[str, int] = {}
    loaded: dict[str, int] = {}
    for field, string in zip(static.tolist(), _static_values(table, row), strict=False):
        if string is not None:
            found[_name(table, table.fields[field, 2])] = string
    methods = table.members.methods
    mine = np.flatnonzero((methods.owner == row) & (methods.code > 0))
    for place in mine[:MAX_METHODS].tolist():
        name = _name(table, table.methods[methods.index[place], 2])
        for field, string in _walk(table, int(methods.code[place])):
            if field == LOADED:
                loaded[f"#{string}"] = string
            elif field == RETURNED:
                found.setdefault(name, string)
            else:
                found.setdefault(_name(table, table.fields[field, 2]), string)
    found |= loaded
    texts = table.strings.decode(np.fromiter(found.values(), np.int64, len(found)))
    return dict(zip(found, texts, strict=True))


def _name(table: DexTables, string: int) -> str:
    return table.strings.decode(np.array([string], np.int64))[0]


def _static_values(table: DexTables, row: int) -> Iterator[int | None]:
    """Give the string row of each static value, None for values of other types."""
    at = int(table.static_values[row])
    if not 0 < at < len(table.raw):
        return
    count, at = _uleb(table.raw, at)
    for _ in range(min(count, MAX_VALUES)):
        if at >= len(table.raw):
            return
        head = table.raw[at]
        kind, size = head & 0x1F, (head >> 5) + 1
        if kind in (VALUE_ARRAY, VALUE_ANNOTATION):
            return  # static values of ordinary compilers hold none
        if kind in (VALUE_NULL, VALUE_BOOLEAN):
            size = 0
        string = int.from_bytes(table.raw[at + 1 : at + 1 + size], "little")
        good = kind == VALUE_STRING and string < len(table.strings.starts)
        yield string if good else None
        at += 1 + size


def _uleb(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(raw) and shift < 35:
        value |= (raw[at] & 0x7F) << shift
        at += 1
        if raw[at - 1] < 0x80:
            break
        shift += 7
    return value, at


def _walk(table: DexTables, code: int) -> Iterator[tuple[int, int]]:
    """Walk a method straight on; give (field row, RETURNED or LOADED; string row)."""
    raw, lengths = table.raw, load_opcodes().lengths
    limit = len(table.strings.starts)
    count = int.from_bytes(raw[code + 12 : code + 16], "little")
    at, end = code + 16, min(code + 16 + 2 * min(count, MAX_UNITS), len(raw) - 6)
    strings: dict[int, int] = {}
    while at < end:
        opcode, register = raw[at], raw[at + 1]
        if opcode in (CONST_STRING, CONST_STRING_JUMBO):
            width = 2 if opcode == CONST_STRING else 4
            string = int.from_bytes(raw[at + 2 : at + 2 + width], "little")
            if string < limit:
                strings[register] = string
                yield LOADED, string
        elif opcode == RETURN_OBJECT and register in strings:
            yield RETURNED, strings[register]
        elif opcode == SPUT_OBJECT and register in strings:
            field = int.from_bytes(raw[at + 2 : at + 4], "little")
            if field < len(table.fields):
                yield field, strings[register]
        elif opcode == 0 and register:
            return  # a payload follows the code
        at += 2 * max(int(lengths[opcode]), 1)
