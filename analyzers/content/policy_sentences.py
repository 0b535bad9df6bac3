"""Cuts a policy into sentences and tells which heading each stands under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from analyzers.content.folding import fold_text
from analyzers.content.policy_words import has_word, load_policy_words

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SENTENCE = 600
MAX_HEADING = 40
_END = re.compile(r"[。！？!?；;]|(?<=[a-z0-9)\"”])\.(?=\s+[A-Z\"“])")
_HEAD_END = re.compile(r"[：:。？?|｜]|(?<=[a-z])\.(?=\s|$)")
_NUMBER = re.compile(
    r"^\s*(?:[#*•·\-—●■◆]+\s*)?"
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章节条]|[(（【\[]?[0-9一二三四五六七八九十.]{1,5}[)）】\]、.．]?\s*)?"
)
_SUB = re.compile(r"^(?:[(（][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.．][0-9])")
"""The number of a heading under another one."""
_CELL = re.compile(r"[|｜\t]")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a policy and where it stands."""

    text: str
    """As written."""
    folded: str
    """Folded for comparison; of the same length."""
    line: int
    """Number of the line it stands in."""
    section: str
    """What the heading above it, or at the start of its line, is about; else empty."""
    heading: bool
    """Whether it is a heading itself."""
    column: int
    """In a row of a table the cell that holds types, else -1."""


def split_sentences(text: str) -> list[Sentence]:
    """Cut a text at sentence ends and line ends; overlong sentences are cut by length."""
    return list(_read_sentences(text))


def _read_sentences(text: str) -> Iterator[Sentence]:
    section, column = "", -1
    for number, line in enumerate(text.splitlines()):
        stripped = line.strip()
        if not stripped:
            continue
        about, alone = _tell_section(stripped)
        if alone and (about or not _SUB.match(stripped)):
            section = about
        cells = _CELL.split(fold_text(stripped))
        column = _tell_column(cells, column) if len(cells) > 1 else -1
        for part in _END.split(stripped):
            clean = part.strip()
            for start in range(0, len(clean), MAX_SENTENCE):
                piece = clean[start : start + MAX_SENTENCE]
                yield Sentence(
                    text=piece,
                    folded=fold_text(piece),
                    line=number,
                    section=about or section,
                    heading=alone,
                    column=column,
                )


def _tell_section(line: str) -> tuple[str, bool]:
    """Tell what a line's heading is about, and whether the line is nothing but a heading."""
    body = _NUMBER.sub("", line[: MAX_HEADING * 3], count=1)
    numbered = len(body) < len(line[: MAX_HEADING * 3].lstrip())
    cut = _HEAD_END.search(body)
    head, rest = (body[: cut.start()], body[cut.end() :]) if cut else (body, "")
    opens = bool(cut) and body[cut.start()] in "：:" and not rest.strip() if cut else False
    folded = fold_text(head)
    sections = load_policy_words()["sections"]
    if opens:
        folded = fold_text(body[-MAX_HEADING:])
        return (_name_section(folded, sections) or _opens_list(folded), True)
    if len(head) > MAX_HEADING or ("," in head or "，" in head):
        return "", False
    about = _name_section(folded, sections)
    alone = not rest.strip() and (numbered or bool(about)) and len(line) <= MAX_HEADING
    return about, alone and not _CELL.search(line)


def _name_section(folded: str, sections: dict[str, list[str]]) -> str:
    return next((name for name, words in sections.items() if has_word(folded, words)), "")


def _opens_list(folded: str) -> str:
    return "collect" if has_word(folded, load_policy_words()["collect"]["opens"]) else ""


def _tell_column(cells: list[str], before: int) -> int:
    """Give the cell that holds types: named by a header row, else the one named before, else 0."""
    header = load_policy_words()["table"]
    if sum(has_word(cell, header["heads"]) and len(cell.strip()) <= 12 for cell in cells) >= 2:
        marks = [index for index, cell in enumerate(cells) if has_word(cell, header["types"])]
        return marks[0] if marks else 0
    return before if before >= 0 else 0
