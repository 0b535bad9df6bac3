"""Keys, tokens and passwords among the constants: known shapes, and random-looking named texts."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_context import Context
from analyzers.android.code_weak_rules import Finding, load_tables, pattern
from analyzers.dex.arrays import distinct
from analyzers.dex.encoded import read_static_value
from analyzers.dex.word_search import find_word_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.dex.arrays import Array
    from analyzers.dex.tables import DexTables

_CANDIDATE = re.compile(r"(?=\D*\d)[A-Za-z0-9+/_=-]+")
_SHORTEST, _NOT_LONGER, _FEW = 16, 128, 4
_NAME = 40
_LONGEST = 4_096
_WRITES = frozenset([*range(0x59, 0x60), *range(0x67, 0x6E)])
_WORDS = re.compile(r"[A-Za-z]+\d{0,2}([ ._/-]+[A-Za-z]+\d{0,2})*|[\d.,-]+")


def find_secrets(view: CodeView) -> Iterator[Finding]:
    """Find secrets; what is told of them is redacted."""
    shapes = _shapes()
    told: set[str] = set()
    for place, rows, texts in _shaped(view):
        for row, text in zip(rows, texts, strict=True):
            name = next((name for name, shape in shapes if shape.search(text)), "")
            if name and not _is_placeholder(text):
                told.add(text)
                yield from _uses(view, place, row, f"{name} {redact(text)}")
    for finding, text in (*_named(view), *_beside(view)):
        if text not in told:
            yield finding


def _shapes() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["name"], re.compile(row["pattern"])) for row in load_tables()["secrets"]["shapes"]]


def _shaped(view: CodeView) -> Iterator[tuple[int, list[int], list[str]]]:
    marks = load_tables()["secrets"]["marks"]
    for file, table in enumerate(view.program.index.tables):
        rows = find_word_rows(table, marks)
        rows = rows[table.strings.lengths[rows] <= _LONGEST]
        yield file, rows.tolist(), table.strings.decode(rows)


def _uses(view: CodeView, file: int, row: int, detail: str) -> Iterator[Finding]:
    """Point at the code that uses a constant, at the field that holds it where none does."""
    index = view.program.index
    strings = index.uses.strings
    hits = np.flatnonzero(strings.target == row)
    hits = hits[index.bodies.item_file[strings.item[hits]] == file]
    for hit in hits[:3].tolist():
        item = int(strings.item[hit])
        at = int(strings.position[hit] - index.bodies.item_start[item])
        yield Finding("secret-in-code", item, at, detail)
    if len(hits) == 0:
        for place, text in _static_texts(view):
            if text == index.string_texts(file, np.array([row]))[0]:
                yield Finding("secret-in-code", -1, 0, detail, place)


def _static_texts(view: CodeView) -> Iterator[tuple[str, str]]:
    """Give (field, text) of the static fields that start with a string and are named like one."""
    wanted, other = pattern("secrets", "names"), pattern("secrets", "not_names")
    for table in view.program.index.tables:
        own = table.members.fields
        names = np.unique(table.fields[own.index[own.direct], 2])
        texts = table.strings.decode(names)
        chosen = [
            int(name)
            for name, text in zip(names.tolist(), texts, strict=True)
            if wanted.search(text) and not other.search(text)
        ]
        hit = np.flatnonzero(np.isin(table.fields[own.index, 2], chosen) & own.direct)
        for place in hit.tolist():
            row = int(own.owner[place])
            first = int(np.searchsorted(own.owner, own.owner[place], side="left"))
            value = read_static_value(table, row, place - first)
            if value is not None and value.sort == "str":
                field = int(own.index[place])
                owner = table.strings.text(int(table.types[table.fields[field, 0]]))
                name = table.strings.text(int(table.fields[field, 2]))
                yield f"{owner}->{name}", str(value.key)


def _named(view: CodeView) -> Iterator[tuple[Finding, str]]:
    """Find random-looking constants in fields and calls that are named like secrets."""
    for place, text in _static_texts(view):
        if is_random(text):
            rows = view.program.index.find_texts([text])
            found = [
                finding
                for hits in rows
                for row in hits.rows.tolist()
                for finding in _uses(view, hits.file, row, f"{place} {redact(text)}")
            ]
            for finding in found or [Finding("secret-in-code", -1, 0, redact(text), place)]:
                yield finding, text
    for finding, text in _written(view):
        if is_random(text):
            yield finding, text


def _beside(view: CodeView) -> Iterator[tuple[Finding, str]]:
    """Find random-looking constants in bodies that speak of a secret."""
    wanted, other = pattern("secrets", "names"), pattern("secrets", "not_names")
    context = Context(view)
    index = view.program.index
    strings = index.uses.strings
    files = index.bodies.item_file[strings.item]
    for file, table in enumerate(index.tables):
        mine = np.flatnonzero(files == file)
        for row in _candidates(table, strings.target[mine]):
            text = table.strings.text(row)
            for hit in mine[strings.target[mine] == row][:_FEW].tolist():
                item = int(strings.item[hit])
                names = [one for one in context.names(item) if one != text and len(one) < _NAME]
                named = [one for one in names if wanted.search(one) and not other.search(one)]
                if named:
                    at = int(strings.position[hit] - index.bodies.item_start[item])
                    detail = f"{named[0]} {redact(text)}"
                    yield Finding("secret-in-code", item, at, detail), text


def _candidates(table: DexTables, rows: Array) -> list[int]:
    """Give the rows of the used strings that look random."""
    used = distinct(rows)
    lengths = table.strings.lengths[used]
    used = used[(lengths >= _SHORTEST) & (lengths <= _NOT_LONGER)]
    texts = table.strings.decode(used)
    return [
        row
        for row, text in zip(used.tolist(), texts, strict=True)
        if _CANDIDATE.fullmatch(text) and is_random(text)
    ]


def _written(view: CodeView) -> Iterator[tuple[Finding, str]]:
    """Give constants written to fields that are named like secrets."""
    wanted, other = pattern("secrets", "names"), pattern("secrets", "not_names")
    index = view.program.index
    fields = index.uses.fields
    targets = np.unique(fields.target)
    chosen = []
    for number, text in zip(targets.tolist(), index.field_texts(targets), strict=True):
        name, _, kind = text.partition("->")[2].partition(":")
        if kind == "Ljava/lang/String;" and wanted.search(name) and not other.search(name):
            chosen.append(number)
    for row in np.flatnonzero(np.isin(fields.target, chosen)).tolist():
        if int(fields.opcode[row]) not in _WRITES:
            continue
        item = int(fields.item[row])
        at = int(fields.position[row] - index.bodies.item_start[item])
        trace = view.tracer.trace(item)
        value = trace.writes.get(at) if trace else None
        if value is not None and value.sort == "str":
            text = index.field_text(int(fields.target[row])).partition(":")[0]
            detail = f"{text} {redact(str(value.key))}"
            yield Finding("secret-in-code", item, at, detail), str(value.key)


def is_random(text: str) -> bool:
    """Tell whether a text looks like a key and not like words, a place holder or a name."""
    tables = load_tables()["secrets"]
    if not tables["least"] <= len(text) <= _LONGEST or " " in text.strip() or "://" in text:
        return False
    if not any(c.isdigit() for c in text) or _WORDS.fullmatch(text):
        return False
    return _entropy(text) >= tables["entropy"] and not _is_placeholder(text)


def _is_placeholder(text: str) -> bool:
    return bool(pattern("secrets", "placeholder").search(text))


def _entropy(text: str) -> float:
    """Give bits per character."""
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in Counter(text).values())


def redact(text: str) -> str:
    """Keep so much of a secret that its owner knows it again."""
    return f"{text[:4]}…({len(text)})"
