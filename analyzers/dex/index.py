"""One index over all dex files of a package: tables, uses and names, without objects per row.

``DexIndex.read([(path, bytes), …])`` reads any number of files. Damage is bounded and listed
in ``problems``; one bad file never stops the others. What others ask for:

* ``index.files`` – name, size and counts of each file that was read.
* ``index.problems`` – limitation codes with parameters (always with ``file``).
* ``index.class_names`` – a :class:`ClassNames`: all defined classes as sorted dotted names in
  one block of bytes; behaves like ``list[str]``, with ``prefix_range("com.umeng.")`` and fast
  ``in``. Nothing is decoded before it is looked at.
* ``index.find_strings(pattern)`` – every string constant in which a bytes pattern is found;
  ``index.find_texts([…])`` – which of some exact strings occur; ``index.string_texts(file,
  rows)`` decodes rows in bulk.
* ``index.uses`` – call, field, string and type sites of all methods (:class:`Uses`); decoded
  on first use. ``index.types``, ``index.methods``, ``index.fields`` number what they name.

Numbers: a type, field or method has one number over all files; a *code item* (body) has one
number over all files; rows are numbers within one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Ints, Longs, find_sorted
from analyzers.dex.bodies import Bodies, make_bodies
from analyzers.dex.code import Code, decode_code
from analyzers.dex.errors import DexError
from analyzers.dex.hashing import hash_names
from analyzers.dex.names import (
    ClassNames,
    field_text,
    field_texts,
    make_class_names,
    method_text,
    method_texts,
    type_texts,
)
from analyzers.dex.numbering import (
    Members,
    Numbering,
    make_numbering,
    number_fields,
    number_methods,
)
from analyzers.dex.sites import Uses, join_uses, read_uses
from analyzers.dex.tables import DexTables, Problem, read_tables

if TYPE_CHECKING:
    import re

    from analyzers.dex.program import Program

_Reader = Callable[[DexTables, Array], list[str]]


@dataclass(frozen=True)
class DexFile:
    """One file that was read."""

    name: str
    """Path inside the package; nested archives joined by ``!/``."""
    size: int
    """Bytes."""
    version: str
    """Format version such as ``035``."""
    strings: int
    types: int
    fields: int
    methods: int
    classes: int


@dataclass(frozen=True)
class StringHits:
    """String constants of one file that were asked for."""

    file: int
    """Place in ``index.files``."""
    rows: Longs
    """Rows in that file's string table, sorted."""
    texts: list[str]


class DexIndex:
    """All dex files of one package under one numbering."""

    def __init__(self, tables: Sequence[DexTables], problems: Iterable[Problem]) -> None:
        """Index tables that were read; use :meth:`read` for bytes."""
        self.tables = tuple(tables)
        self._problems = list(problems)
        self._method_texts: dict[int, str] = {}

    @classmethod
    def read(cls, entries: Sequence[tuple[str, bytes]]) -> DexIndex:
        """Read files given as (path, content); a file that cannot be read becomes a problem."""
        tables, problems = [], []
        for name, data in entries:
            try:
                table = read_tables(name, data)
            except DexError as error:
                problems.append((error.code, {"file": name, **error.params}))
                continue
            tables.append(table)
            problems += [(code, {"file": name, **params}) for code, params in table.problems]
        return cls(tables, problems)

    @cached_property
    def files(self) -> tuple[DexFile, ...]:
        """The files that were read, in the order given."""
        return tuple(
            DexFile(
                name=table.name,
                size=len(table.raw),
                version=table.version,
                strings=len(table.strings.starts),
                types=len(table.types),
                fields=len(table.fields),
                methods=len(table.methods),
                classes=len(table.classes),
            )
            for table in self.tables
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read; grows when code is decoded on first use of ``uses``."""
        return tuple(self._problems)

    @cached_property
    def class_names(self) -> ClassNames:
        """All defined classes as sorted dotted names."""
        return make_class_names(self.tables)

    @cached_property
    def types(self) -> Numbering:
        """Numbers of all type descriptors."""
        return make_numbering([table.type_hashes for table in self.tables])

    @cached_property
    def methods(self) -> Members:
        """Numbers of all method references."""
        return number_methods(self.tables, self.types)

    @cached_property
    def fields(self) -> Members:
        """Numbers of all field references."""
        return number_fields(self.tables, self.types)

    @cached_property
    def bodies(self) -> Bodies:
        """Defined methods and their code items."""
        return make_bodies(self.tables, self.codes, self.methods)

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """Decoded code of each file, without the positions of plain instructions."""
        return self._decoded[0]

    @cached_property
    def uses(self) -> Uses:
        """Every call, field access, string constant and type use."""
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[tuple[Code, ...], Uses]:
        codes, parts, first = [], [], 0
        for place, table in enumerate(self.tables):
            code = decode_code(table)
            maps = {
                "calls": self.methods.numbers.of_file[place],
                "fields": self.fields.numbers.of_file[place],
                "types": self.types.of_file[place],
                "strings": np.arange(len(table.strings.starts), dtype=np.int32),
            }
            part = read_uses(code, first, maps)
            first += len(code.starts)
            counted = {"odd": code.odd, "unused": code.unused, "wild": part.wild}
            if any(counted.values()):
                self._problems.append(("dex.code_damaged", {"file": table.name, **counted}))
            codes.append(code.without_positions())
            parts.append(part)
        return tuple(codes), join_uses(parts)

    @cached_property
    def program(self) -> Program:
        """Class hierarchy, bodies and matching over this index."""
        from analyzers.dex.program import Program

        return Program(self)

    def find_strings(self, pattern: re.Pattern[bytes]) -> list[StringHits]:
        """Search all string constants; see :meth:`StringTable.search` for the pattern."""
        found = []
        for place, table in enumerate(self.tables):
            rows = table.strings.search(pattern)
            if len(rows):
                found.append(StringHits(place, rows, table.strings.decode(rows)))
        return found

    def find_texts(self, texts: Sequence[str]) -> list[StringHits]:
        """Find which of some exact strings the files hold."""
        if not texts:
            return []
        wanted = np.sort(hash_names([t.encode("utf-8", "surrogatepass") for t in texts]))
        found = []
        for place, table in enumerate(self.tables):
            rows = np.flatnonzero(find_sorted(wanted, table.strings.hashes) >= 0)
            if len(rows):
                found.append(StringHits(place, rows, table.strings.decode(rows)))
        return found

    def string_texts(self, file: int, rows: Array) -> list[str]:
        """Decode strings of one file."""
        return self.tables[file].strings.decode(rows)

    def method_text(self, number: int) -> str:
        """Give one method as ``Lcls;->name(params)return``."""
        known = self._method_texts.get(number)
        if known is None:
            numbers = self.methods.numbers
            table = self.tables[int(numbers.file[number])]
            known = self._method_texts[number] = method_text(table, int(numbers.row[number]))
        return known

    def field_text(self, number: int) -> str:
        """Give one field as ``Lcls;->name:type``."""
        numbers = self.fields.numbers
        return field_text(self.tables[int(numbers.file[number])], int(numbers.row[number]))

    def type_text(self, number: int) -> str:
        """Give the descriptor of one type."""
        table = self.tables[int(self.types.file[number])]
        return table.strings.text(int(table.types[int(self.types.row[number])]))

    def type_texts(self, numbers: Array) -> list[str]:
        """Give the descriptors of types."""
        return self._texts(self.types, numbers, type_texts)

    def method_texts(self, numbers: Array) -> list[str]:
        """Give methods as ``Lcls;->name(params)return``."""
        return self._texts(self.methods.numbers, numbers, method_texts)

    def field_texts(self, numbers: Array) -> list[str]:
        """Give fields as ``Lcls;->name:type``."""
        return self._texts(self.fields.numbers, numbers, field_texts)

    def _texts(self, numbering: Numbering, numbers: Array, read: _Reader) -> list[str]:
        numbers = np.asarray(numbers, np.int64)
        files: Ints = numbering.file[numbers]
        texts = [""] * len(numbers)
        for file in np.unique(files).tolist():
            places = np.flatnonzero(files == file)
            rows = numbering.row[numbers[places]]
            for place, text in zip(places.tolist(), read(self.tables[file], rows), strict=True):
                texts[place] = text
        return texts
