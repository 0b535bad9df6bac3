"""The plain values every format prints: an assessment laid out as text, lines and tables."""

from __future__ import annotations

import msgspec


class Plain(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all view values: frozen; every string is ready for people (see ``visible``)."""


class Entry(Plain, frozen=True):
    """One labelled value."""

    label: str
    value: str
    note: str = ""
    mono: bool = False
    """A hash, key or class name: fixed width, may break anywhere."""


class Cell(Plain, frozen=True):
    """One cell of a table."""

    text: str
    sub: str = ""
    """Second line in small print."""
    style: str = ""
    """``mono``, ``number``, or a tone of ``TONES``; empty for plain text."""
    more: tuple[str, ...] = ()
    """Lines that open in place."""


TONES = ("bad", "warn", "good", "quiet")
"""What colour may add to a word; the word alone must be enough."""


class Column(Plain, frozen=True):
    """Head of a table's column."""

    title: str
    width: int = 10
    """Share of the width, in characters of a spreadsheet."""


class Table(Plain, frozen=True):
    """A table with all its rows; formats for people print the first ``limit``."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    limit: int = 60
    note: str = ""

    @property
    def shown(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that fit a printed report."""
        return self.rows[: self.limit]

    @property
    def cut(self) -> int:
        """How many rows are left to the JSON and XLSX files."""
        return max(0, len(self.rows) - self.limit)


class EvidenceLine(Plain, frozen=True):
    """Where a fact can be checked by hand."""

    file: str
    place: str = ""
    excerpt: str = ""
    sha256: str = ""


class FactLine(Plain, frozen=True):
    """A fact as a sentence, with its evidence."""

    id: str
    kind: str
    title: str
    sentence: str
    confidence: str = ""
    """Empty where the detection is certain."""
    analyzer: str = ""
    evidence: tuple[EvidenceLine, ...] = ()
    evidence_total: int = 0


class ClauseLine(Plain, frozen=True):
    """A clause a line rests on."""

    reference: str
    """Document and article."""
    seen: str
    """How the wording was seen, in words; empty for a verbatim quotation."""
    quote: str = ""
    """Verbatim wording; only where it was seen in the original."""
    unverified: bool = False
    """Known from memory only: printed with 待核对."""


class Mark(Plain, frozen=True):
    """An outcome as symbol and word, so that it reads without colour."""

    code: str
    symbol: str
    word: str


class Decision(Plain, frozen=True):
    """A reviewer's word on a line, beside the program's outcome."""

    mark: Mark
    sentence: str
    """Who decided when and why, and until when it counts."""


class CheckLine(Plain, frozen=True):
    """One line of the checklist."""

    item: str
    line: str
    title: str
    question: str
    mode: str
    severity: str
    mark: Mark
    """The program's outcome."""
    reason: str
    code: str
    decision: Decision | None = None
    """The reviewer's, where one is in force; it is the one that counts."""
    advice_reviewer: str = ""
    advice_developer: str = ""
    clauses: tuple[ClauseLine, ...] = ()
    facts: tuple[FactLine, ...] = ()
    facts_total: int = 0
    limitations: tuple[str, ...] = ()
    missing_coverage: tuple[str, ...] = ()


class Chapter(Plain, frozen=True):
    """A group of the checklist."""

    id: str
    title: str
    lines: tuple[CheckLine, ...]


class Count(Plain, frozen=True):
    """How many lines ended in one outcome."""

    mark: Mark
    count: int


class Step(Plain, frozen=True):
    """One phase of a run on the strip of phases."""

    word: str
    count: int
    """Distinct accesses seen in it."""
    pre_consent: bool = False


class Section(Plain, frozen=True):
    """A chapter behind the checklist: entries, remarks and tables about one topic."""

    id: str
    title: str
    entries: tuple[Entry, ...] = ()
    steps: tuple[Step, ...] = ()
    remarks: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


class ConclusionLine(Plain, frozen=True):
    """The program's proposal."""

    code: str
    word: str
    symbol: str
    reason: str
    because: tuple[str, ...] = ()
    """Printed lines that decided, such as AR-3.1."""


class View(Plain, frozen=True):
    """One assessment, ready to be printed in any format."""

    lang: str
    title: str
    app_name: str
    icon_png: str
    """PNG in base64, empty where there is none."""
    file_name: str
    profile: str
    school: str
    created: str
    identity: tuple[Entry, ...]
    signer: tuple[Entry, ...]
    conclusion: ConclusionLine
    counts: tuple[Count, ...]
    total: int
    """Number of lines of the checklist."""
    not_examined: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sections: tuple[Section, ...]
    versions: tuple[Entry, ...]
