"""All tables of one dex file as arrays; nothing is copied that can be viewed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analyzers.dex.arrays import Array, Bytes, Hashes, Ints, Longs, expand_ranges
from analyzers.dex.classdata import ClassData, read_class_data
from analyzers.dex.errors import DexError
from analyzers.dex.hashing import mix_hashes
from analyzers.dex.header import Section, read_header
from analyzers.dex.strings import StringTable, read_strings

NO_INDEX = 0xFFFFFFFF
_BASES = {
    "string": ("type", "proto", "field", "method", "class"),
    "type": ("proto", "field", "method", "class"),
    "proto": ("method",),
}
Problem = tuple[str, dict[str, str | int]]
"""A limitation code with its parameters (the file's name is added by the index)."""


@dataclass(frozen=True)
class DexTables:
    """One dex file. Row numbers are those of the file; bad indices are replaced by row 0."""

    name: str
    """Path inside the package; nested archives joined by ``!/``."""
    version: str
    raw: bytes
    """The whole file."""
    data: Bytes
    """The same bytes as an array (no copy)."""
    strings: StringTable
    types: Ints
    """String row of each type's descriptor."""
    protos: Ints
    """Rows (shorty string, return type); shape (n, 2)."""
    proto_params: tuple[Longs, Ints]
    """Where each proto's parameter types start, and the types one after the other."""
    fields: Ints
    """Rows (class type, field type, name string)."""
    methods: Ints
    """Rows (class type, proto, name string)."""
    classes: Ints
    """Rows (type, flags, super type or -1)."""
    interfaces: tuple[Longs, Ints]
    """Where each class's interface types start, and the types one after the other."""
    static_values: Longs
    """Offset of each class's encoded static values, 0 where none."""
    annotations: Longs
    """Offset of each class's annotations directory, 0 where none."""
    members: ClassData
    problems: tuple[Problem, ...]

    @cached_property
    def type_hashes(self) -> Hashes:
        """Hash of each type's descriptor."""
        return self.strings.hashes[self.types]

    @cached_property
    def proto_hashes(self) -> Hashes:
        """Hash of each method signature ``(params)return``."""
        starts, params = self.proto_params
        counts = np.diff(starts)
        position = expand_ranges(np.zeros(len(counts), np.int64), counts).astype(np.uint64)
        parts = mix_hashes(self.type_hashes[params], position + np.uint64(1))
        sums = np.zeros(len(counts), np.uint64)
        filled = counts > 0
        if filled.any():
            sums[filled] = np.add.reduceat(parts, starts[:-1][filled])
        return mix_hashes(sums, self.type_hashes[self.protos[:, 1]])


def read_tables(name: str, data: bytes) -> DexTables:
    """Read the tables of one dex file.

    Raises:
        DexError: when the file is hopeless (see :func:`read_header`).
    """
    header = read_header(data)
    array = np.frombuffer(data, np.uint8)
    sections = header.sections
    _check_bases(sections)
    strings = read_strings(array, sections["string"])
    bad = _Repairs()
    types = bad.fix(_rows(array, sections["type"], "<u4", 1)[:, 0], len(strings.starts))
    protos = _rows(array, sections["proto"], "<u4", 3)
    fields = _id_rows(array, sections["field"])
    methods = _id_rows(array, sections["method"])
    classes = _rows(array, sections["class"], "<u4", 8)
    supers = classes[:, 2].astype(np.int64)
    supers = np.where(supers == NO_INDEX, -1, bad.fix(supers, len(types), missing=NO_INDEX))
    class_types = bad.fix(classes[:, 0], len(types))
    members = read_class_data(array, classes[:, 6].astype(np.int64), len(fields), len(methods))
    proto_params = _type_lists(array, protos[:, 2].astype(np.int64), len(types), bad)
    interfaces = _type_lists(array, classes[:, 3].astype(np.int64), len(types), bad)
    return DexTables(
        name=name,
        version=header.version,
        raw=data,
        data=array,
        strings=strings,
        types=types,
        protos=_columns(
            bad.fix(protos[:, 0], len(strings.starts)), bad.fix(protos[:, 1], len(types))
        ),
        proto_params=proto_params,
        fields=_columns(
            bad.fix(fields[:, 0], len(types)),
            bad.fix(fields[:, 1], len(types)),
            bad.fix(fields[:, 2], len(strings.starts)),
        ),
        methods=_columns(
            bad.fix(methods[:, 0], len(types)),
            bad.fix(methods[:, 1], len(protos)),
            bad.fix(methods[:, 2], len(strings.starts)),
        ),
        classes=_columns(class_types, classes[:, 1] & 0xFFFFFF, supers),
        interfaces=interfaces,
        static_values=classes[:, 7].astype(np.int64),
        annotations=classes[:, 5].astype(np.int64),
        members=members,
        problems=(*header.problems, *_list_problems(strings, members, bad.count)),
    )


def _check_bases(sections: dict[str, Section]) -> None:
    """Refuse files whose members have no types or names to refer to."""
    for base, users in _BASES.items():
        if sections[base].count == 0 and any(sections[user].count for user in users):
            raise DexError("dex.damaged", reason=f"no {base} table")


class _Repairs:
    """Replaces indices that point out of their table, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def fix(self, indices: Array, limit: int, missing: int = -1) -> Ints:
        wide = indices.astype(np.int64)
        wrong = (wide >= limit) & (wide != missing)
        self.count += int(wrong.sum())
        return np.where(wrong, 0, wide).astype(np.int32)


def _rows(data: Bytes, section: Section, kind: str, width: int) -> Array:
    size = np.dtype(kind).itemsize * width
    part = data[section.offset : section.offset + section.count * size]
    return part.view(kind).reshape(section.count, width)


def _id_rows(data: Bytes, section: Section) -> Array:
    """Rows of field_ids and method_ids: two 16-bit indices and one of 32 bits."""
    halves = _rows(data, section, "<u2", 4).astype(np.int64)
    return np.stack([halves[:, 0], halves[:, 1], halves[:, 2] | halves[:, 3] << 16], axis=1)


def _columns(*columns: Array) -> Ints:
    return np.stack([column.astype(np.int32) for column in columns], axis=1)


def _type_lists(data: Bytes, offsets: Longs, limit: int, bad: _Repairs) -> tuple[Longs, Ints]:
    """Read a type_list per row (offset 0: empty); lists that leave the file become empty."""
    there = (offsets > 0) & (offsets + 4 <= len(data))
    safe = np.where(there, offsets, 0)
    counts = np.zeros(len(offsets), np.int64)
    for place in range(4):
        counts |= data[safe + place].astype(np.int64) << (8 * place)
    there &= counts <= 0xFFFF
    there &= offsets + 4 + 2 * counts <= len(data)
    bad.count += int((~there & (offsets > 0)).sum())
    counts = np.where(there, counts, 0)
    if int(counts.sum()) > len(data):  # many rows sharing one huge list: only hostile files do
        bad.count += int((counts > 255).sum())
        counts = np.where(counts > 255, 0, counts)
    order = expand_ranges(np.zeros(len(counts), np.int64), counts)
    at = np.repeat(safe + 4, counts) + 2 * order
    values = data[at].astype(np.int64) | data[at + 1].astype(np.int64) << 8
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return starts, bad.fix(values, limit)


def _list_problems(strings: StringTable, members: ClassData, indices: int) -> list[Problem]:
    counted = {
        "dex.strings_damaged": strings.damaged,
        "dex.strings_cut": strings.cut,
        "dex.classes_damaged": members.damaged,
        "dex.indices_damaged": indices,
    }
    return [(code, {"count": count}) for code, count in counted.items() if count]
