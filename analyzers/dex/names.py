"""Texts for numbers: class names in bulk, members only where they are reported."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

import numpy as np

from analyzers.dex.strings import decode_mutf8

if TYPE_CHECKING:
    from analyzers.dex.arrays import Array, Longs
    from analyzers.dex.tables import DexTables


class ClassNames(Sequence[str]):
    """All defined classes as sorted dotted names in one block of bytes.

    Behaves like a sorted ``list[str]``; a name becomes an object only when it is looked at.
    Names are sorted by their UTF-8 bytes, so prefix ranges are found by bisection.
    """

    def __init__(self, names: bytes, starts: Longs) -> None:
        """Keep names joined by zero bytes, and where each starts."""
        self._names = names
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            if place == slice(None) and self._names.isascii():
                return self._names[:-1].decode("ascii").split("\0") if len(self) else []
            return [self[at] for at in range(*place.indices(len(self)))]
        return decode_mutf8(self._raw(place))

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        wanted = name.encode("utf-8", "surrogatepass")
        at = self._bisect(wanted)
        return at < len(self) and self._raw(at) == wanted

    def prefix_range(self, prefix: str) -> range:
        """Give the places of all names that start with ``prefix`` (end it with a dot yourself)."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        if not wanted:
            return range(len(self))
        return range(self._bisect(wanted), self._bisect(wanted + b"\xff"))

    def _raw(self, place: int) -> bytes:
        start = int(self._starts[place])
        return self._names[start : self._names.index(b"\0", start)]

    def _bisect(self, wanted: bytes) -> int:
        return bisect_left(range(len(self)), wanted, key=self._raw)


def make_class_names(tables: Sequence[DexTables]) -> ClassNames:
    """Collect the names of all defined classes of all files, each once."""
    found: set[bytes] = set()
    for table in tables:
        rows = table.types[table.classes[:, 0]]
        strings = table.strings
        raw = table.raw
        spans = zip(strings.starts[rows].tolist(), strings.lengths[rows].tolist(), strict=True)
        found.update(raw[start + 1 : start + length - 1] for start, length in spans)
    names = [name.replace(b"/", b".") for name in found]
    names.sort()
    lengths = np.fromiter((len(name) + 1 for name in names), np.int64, len(names))
    return ClassNames(b"\0".join(names) + b"\0", np.cumsum(lengths) - lengths)


def type_texts(table: DexTables, types: Array) -> list[str]:
    """Give descriptors such as ``Lcom/example/Main;`` for types of one file."""
    return table.strings.decode(table.types[types])


def method_texts(table: DexTables, methods: Array) -> list[str]:
    """Give ``Lcls;->name(params)return`` for methods of one file."""
    rows = table.methods[methods]
    owners = type_texts(table, rows[:, 0])
    names = table.strings.decode(rows[:, 2])
    shapes = [_proto_text(table, proto) for proto in rows[:, 1].tolist()]
    return [f"{o}->{n}{s}" for o, n, s in zip(owners, names, shapes, strict=True)]


def method_text(table: DexTables, method: int) -> str:
    """Give one method as ``Lcls;->name(params)return``; faster than the bulk form."""
    owner, proto, name = table.methods[method].tolist()
    text, types = table.strings.text, table.types
    return f"{text(int(types[owner]))}->{text(name)}{_proto_text(table, proto)}"


def field_text(table: DexTables, field: int) -> str:
    """Give one field as ``Lcls;->name:type``."""
    owner, kind, name = table.fields[field].tolist()
    text, types = table.strings.text, table.types
    return f"{text(int(types[owner]))}->{text(name)}:{text(int(types[kind]))}"


def field_texts(table: DexTables, fields: Array) -> list[str]:
    """Give ``Lcls;->name:type`` for fields of one file."""
    rows = table.fields[fields]
    owners, kinds = type_texts(table, rows[:, 0]), type_texts(table, rows[:, 1])
    names = table.strings.decode(rows[:, 2])
    return [f"{o}->{n}:{k}" for o, n, k in zip(owners, names, kinds, strict=True)]


def _proto_text(table: DexTables, proto: int) -> str:
    starts, params = table.proto_params
    inside = params[int(starts[proto]) : int(starts[proto + 1])].tolist()
    text, types = table.strings.text, table.types
    shape = "".join(text(int(types[one])) for one in inside)
    return f"({shape}){text(int(types[table.protos[proto, 1]]))}"


def dotted(descriptor: str) -> str:
    """Turn ``Lcom/example/Main;`` into ``com.example.Main``; other descriptors stay."""
    if descriptor.startswith("L") and descriptor.endswith(";"):
        return descriptor[1:-1].replace("/", ".")
    return descriptor


def descriptor_of(name: str) -> str:
    """Turn ``com.example.Main`` into ``Lcom/example/Main;``."""
    return f"L{name.replace('.', '/')};"
