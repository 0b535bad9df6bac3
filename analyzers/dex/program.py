"""Everything the call graph is made from, built once per package on first use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Bools, Hashes, Ints, Longs, expand_ranges, group_starts
from analyzers.dex.hashing import hash_name
from analyzers.dex.hierarchy import Hierarchy, make_hierarchy
from analyzers.dex.instructions import Body, read_body
from analyzers.dex.matching import Definitions, Matcher
from analyzers.dex.names import descriptor_of

if TYPE_CHECKING:
    from analyzers.dex.index import DexIndex


@dataclass(frozen=True)
class Program:
    """An index with its class hierarchy and ways to go from methods to sites and back."""

    index: DexIndex
    _type_numbers: dict[str, int] = field(default_factory=dict, repr=False)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Supertypes of all types."""
        return make_hierarchy(self.index)

    @cached_property
    def definitions(self) -> Definitions:
        """Where calls lead inside the files."""
        return Definitions(self.index, self.hierarchy)

    @cached_property
    def matcher(self) -> Matcher:
        """Finder of references to platform members."""
        return Matcher(self.index, self.hierarchy, self.definitions)

    @cached_property
    def defined(self) -> Bools:
        """Marks the methods that some file defines."""
        marks = np.zeros(len(self.index.methods.name), bool)
        marks[self.index.bodies.method] = True
        return marks

    @cached_property
    def truths(self) -> Bools:
        """Marks method references that return a truth value."""
        wanted = [hash_name("Z"), hash_name("Ljava/lang/Boolean;")]
        columns = []
        for table in self.index.tables:
            proto = np.isin(table.type_hashes[table.protos[:, 1]], np.array(wanted, np.uint64))
            columns.append(proto[table.methods[:, 1]])
        return self.index.methods.numbers.gather(columns).astype(bool)

    @cached_property
    def flags(self) -> Bools:
        """Marks field references that hold a truth value."""
        wanted = [hash_name("Z"), hash_name("Ljava/lang/Boolean;")]
        columns = [
            np.isin(table.type_hashes[table.fields[:, 1]], np.array(wanted, np.uint64))
            for table in self.index.tables
        ]
        return self.index.fields.numbers.gather(columns).astype(bool)

    @cached_property
    def call_rows(self) -> Longs:
        """First call site of each code item."""
        return group_starts(self.index.uses.calls.item, len(self.index.bodies.item_file))

    @cached_property
    def field_rows(self) -> Longs:
        """First field site of each code item."""
        return group_starts(self.index.uses.fields.item, len(self.index.bodies.item_file))

    @cached_property
    def type_rows(self) -> Longs:
        """First type site of each code item."""
        return group_starts(self.index.uses.types.item, len(self.index.bodies.item_file))

    @cached_property
    def string_rows(self) -> Longs:
        """First string site of each code item."""
        return group_starts(self.index.uses.strings.item, len(self.index.bodies.item_file))

    @cached_property
    def initializers(self) -> Ints:
        """For each type: its ``<clinit>`` method, -1 where it has none."""
        return self._named_member("<clinit>")

    def _named_member(self, name: str) -> Ints:
        index = self.index
        found = np.full(len(index.types.hashes), -1, np.int32)
        methods = np.unique(index.bodies.method)
        key = np.uint64(hash_name(name))
        methods = methods[index.methods.name[methods] == key]
        found[index.methods.owner[methods]] = methods
        return found

    @cached_property
    def _by_name(self) -> tuple[Longs, Hashes]:
        methods = np.flatnonzero(self.defined)
        names = self.index.methods.name[methods]
        order = np.argsort(names, kind="stable")
        return methods[order], names[order]

    def methods_named(self, name: str) -> list[int]:
        """Give the defined methods of a name."""
        methods, names = self._by_name
        key = np.uint64(hash_name(name))
        low, high = np.searchsorted(names, np.array([key, key + np.uint64(1)], np.uint64))
        return [int(one) for one in methods[low:high]]

    def items_of(self, methods: Array) -> tuple[Longs, Ints]:
        """Give (place in ``methods``, code item) of all definitions that have code."""
        bodies = self.index.bodies
        order, starts = self._definition_rows
        counts = starts[methods + 1] - starts[methods]
        rows = order[expand_ranges(starts[methods], counts)]
        places = np.repeat(np.arange(len(methods)), counts)
        items = bodies.item[rows]
        return places[items >= 0], items[items >= 0]

    def bodies_of(self, method: int) -> list[int]:
        """Give the code items of one method (usually one)."""
        order, starts = self._definition_rows
        rows = order[int(starts[method]) : int(starts[method + 1])]
        return [item for item in self.index.bodies.item[rows].tolist() if item >= 0]

    @cached_property
    def _definition_rows(self) -> tuple[Longs, Longs]:
        bodies = self.index.bodies
        order = np.argsort(bodies.method, kind="stable")
        size = len(self.index.methods.numbers.hashes)
        return order, group_starts(bodies.method[order], size)

    def methods_of_item(self, item: int) -> list[int]:
        """Give the methods that have a body (usually one)."""
        bodies = self.index.bodies
        rows = slice(int(bodies.first[item]), int(bodies.first[item + 1]))
        return [int(method) for method in bodies.method[rows]]

    def body(self, item: int) -> tuple[Body, list[int]]:
        """Read one body: its instructions, and its 16-bit units."""
        bodies = self.index.bodies
        file = int(bodies.item_file[item])
        start, end = int(bodies.item_start[item]), int(bodies.item_end[item])
        units = self.index.codes[file].units
        window = units[start - 8 : end].tolist()
        raw = self.index.tables[file].raw
        return read_body(raw, window, start), window[8:]

    def type_number(self, name: str) -> int:
        """Give the number of a dotted class name, -1 when no file names it."""
        known = self._type_numbers.get(name)
        if known is None:
            key = np.array([hash_name(descriptor_of(name))], np.uint64)
            known = self._type_numbers[name] = int(self.index.types.find(key)[0])
        return known
