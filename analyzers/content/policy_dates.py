"""Reads the date of a policy's version and the days a sentence promises."""

from __future__ import annotations

import re

from analyzers.content.folding import fold_text
from analyzers.content.policy_words import load_policy_words

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_NUMERALS = {char: value for value, char in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
)
_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
_PLAIN = re.compile(r"(?<!\d)(20[12]\d)([01]\d)([0-3]\d)(?!\d)")
_MINGUO = re.compile(r"(?:中华)?民国\s*(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})")
_WORDS = re.compile(
    r"([二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MONTH_FIRST = re.compile(_MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(20\d\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH + r",?\s+(20\d\d)"
)
_PROMISE = re.compile(
    r"(?<![0-9])([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*个?\s*"
    r"(?:法定)?(?:工作日|工作天|自然日|天之?以?内|日之?以?内)"
    r"|(?:within|in)\s+(?:[a-z]+\s+\()?([0-9]{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)\)?\s+"
    r"(?:working |business |calendar |school )?days?"
)


def find_date(text: str) -> str:
    """Give the date of the version: behind a label, near the start, or alone at the end."""
    folded = fold_text(text)
    head = folded[:20_000]
    for label in load_policy_words()["date"]["labels"]:
        at = head.find(label)
        if at >= 0 and (date := _first_date(head[at : at + 60])):
            return date
    return _first_date(folded[:300]) or _last_date(folded[-60:])


def _last_date(end: str) -> str:
    """Give a date that is all there is behind the last sentence or line end."""
    last = re.split(r"[。\n]", end.strip())
    return _first_date(last[-1]) if len(last) > 1 and len(last[-1]) <= 24 else ""


def _first_date(text: str) -> str:
    found = [
        (match.start(), date)
        for pattern, order in _ORDERS
        for match in pattern.finditer(text)
        if (date := _make_date(*(match[group] for group in order)))
    ]
    return min(found)[1] if found else ""


_ORDERS = (
    (_MINGUO, (1, 2, 3)),
    (_DATE, (1, 2, 3)),
    (_PLAIN, (1, 2, 3)),
    (_WORDS, (1, 2, 3)),
    (_MONTH_FIRST, (3, 1, 2)),
    (_DAY_FIRST, (3, 2, 1)),
)


def _make_date(year: str, month: str, day: str) -> str:
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    if not year.isascii():
        year = "".join(_DIGITS.get(char, "0") for char in year)
    numbers = [int(year), *(_read_number(part) for part in (month, day))]
    if numbers[0] < 1000:
        numbers[0] += 1911
    if 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31:
        return f"{numbers[0]}-{numbers[1]:02d}-{numbers[2]:02d}"
    return ""


def find_days(sentence: str) -> int | None:
    """Give a promised number of days; ``保存15天`` promises nothing to a person."""
    for match in _PROMISE.finditer(fold_text(sentence)):
        days = _read_number(match[1] or match[2])
        if days:
            return days
    return None


def _read_number(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    if text.isascii():
        return int(load_policy_words()["numbers"].get(text, 0))
    if "十" not in text:
        return _NUMERALS.get(text[0], 0)
    tens, _, ones = text.partition("十")
    return (_NUMERALS.get(tens, 1) * 10) + _NUMERALS.get(ones, 0)
