"""Values of fields: read from what people write, shown to people, kept in the database.

Lenient in shape (full-width digits, dates in many forms, 是/有/√), strict in meaning: what could be
read in two ways is refused with a reason.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.register.catalogue import Field

Value = (
    str
    | int
    | bool
    | Decimal
    | datetime.date
    | datetime.datetime
    | datetime.time
    | tuple[str, ...]
    | None
)

SCHOOL_ZONE = ZoneInfo("Asia/Shanghai")
MAX_TEXT = 4000
MAX_WORDS = 200
_MAX_INT = 2_000_000_000
_YES = frozenset({"是", "有", "√", "✓", "y", "yes", "true", "1", "对", "☑"})
_NO = frozenset({"否", "无", "×", "✗", "n", "no", "false", "0", "不", "没有"})
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*分?(?::(\d{2}))?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PHONE = re.compile(r"\d{3,12}(-\d{1,8})*")
_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_SHA = re.compile(r"[0-9a-f]{64}")
_SPLIT = re.compile(r"[、,;\n/|]+")
_EPOCH = datetime.date(1899, 12, 30)
_SERIAL = range(20_000, 80_000)
"""Day numbers of spreadsheets, 1954 to 2119."""


class ValueProblem(ValueError):
    """What was written does not fit the field; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def normalise(text: str) -> str:
    """Give half-width letters and digits, one space where several stood, no hidden characters."""
    shown = unicodedata.normalize("NFKC", text)
    kept = (c if unicodedata.category(c) not in {"Cc", "Cf"} or c == "\n" else " " for c in shown)
    return re.sub(r"[ \t]+", " ", "".join(kept)).strip()


def read_value(field: Field, text: str) -> Value:
    """Read what a person wrote; empty gives None.

    Raises:
        ValueProblem: it does not fit.
    """
    plain = normalise(text) if field.type not in {"text"} else _plain_text(text)
    if not plain:
        return None
    if len(plain) > MAX_TEXT:
        raise ValueProblem("too_long", most=MAX_TEXT)
    return _READERS[field.type](field, plain)


def _plain_text(text: str) -> str:
    """Keep the width of what was written (names carry full-width brackets), drop hidden characters."""
    kept = (c if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else " " for c in text)
    return re.sub(r"[ \t　]+", " ", "".join(kept)).strip()


def read_date(text: str) -> datetime.date:
    """Read a date: 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301, or a day number.

    Raises:
        ValueProblem: not a date, or one that can be read in two ways (03/04/2026).
    """
    plain = normalise(text)
    if plain.isdigit() and len(plain) == 5 and int(plain) in _SERIAL:
        return _EPOCH + datetime.timedelta(days=int(plain))
    found = _COMPACT.fullmatch(plain) or _DATE.fullmatch(plain)
    if found is None:
        raise ValueProblem("not_a_date", text=text[:40])
    try:
        return datetime.date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise ValueProblem("no_such_day", text=text[:40]) from error


def _date(_field: Field, text: str) -> Value:
    return read_date(text)


def _time(_field: Field, text: str) -> Value:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueProblem("not_a_time", text=text[:40])
    hour, minute = int(found[1]), int(found[2])
    if hour > 23 or minute > 59:
        raise ValueProblem("not_a_time", text=text[:40])
    return datetime.time(hour, minute)


def _moment(_field: Field, text: str) -> Value:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueProblem("not_a_moment", text=text[:40]) from error
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=SCHOOL_ZONE)
    return zoned.astimezone(SCHOOL_ZONE)


def _bool(_field: Field, text: str) -> Value:
    word = text.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueProblem("not_yes_or_no", text=text[:40])


def _int(_field: Field, text: str) -> Value:
    plain = text.replace(",", "").removesuffix("人").removesuffix("个")
    if not re.fullmatch(r"-?\d{1,12}(\.0+)?", plain) or not 0 <= int(float(plain)) <= _MAX_INT:
        raise ValueProblem("not_a_count", text=text[:40])
    return int(float(plain))


def _money(_field: Field, text: str) -> Value:
    plain = text.replace(",", "").removesuffix("元").removesuffix("万").strip()
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise ValueProblem("not_an_amount", text=text[:40]) from error
    if (
        not amount.is_finite()
        or not 0 <= amount < 1_000_000_000
        or text.endswith("元") != (text.endswith("万元"))
    ):
        raise ValueProblem("not_an_amount", text=text[:40])
    return amount.normalize() + Decimal(0)


def _enum(field: Field, text: str) -> Value:
    if text in field.values or field.open:
        return text
    raise ValueProblem("not_in_list", text=text[:40], known="、".join(field.values))


def _list(field: Field, text: str) -> Value:
    words = _split(text)
    known = {value.lower(): value for value in field.values}
    for word in words:
        if word.lower() not in known:
            raise ValueProblem("not_in_list", text=word[:40], known="、".join(field.values))
    return tuple(dict.fromkeys(known[word.lower()] for word in words))


def _words(_field: Field, text: str) -> Value:
    return tuple(dict.fromkeys(_split(text)))


def _split(text: str) -> list[str]:
    words = [word.strip() for word in _SPLIT.split(text) if word.strip()]
    if len(words) > MAX_WORDS:
        raise ValueProblem("too_long", most=MAX_WORDS)
    return words


def _matching(pattern: re.Pattern[str], code: str, *, lower: bool = False) -> _Reader:
    def read(_field: Field, text: str) -> Value:
        plain = text.replace(" ", "")
        plain = plain.lower() if lower else plain
        if not pattern.fullmatch(plain):
            raise ValueProblem(code, text=text[:40])
        return plain

    return read


def _ip(_field: Field, text: str) -> Value:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise ValueProblem("not_an_address", text=text[:40]) from error


def _text(_field: Field, text: str) -> Value:
    return text


if TYPE_CHECKING:
    _Reader = Callable[[Field, str], Value]

_READERS: dict[str, _Reader] = {
    "text": _text, "date": _date, "time": _time, "moment": _moment, "bool": _bool, "int": _int,
    "money": _money, "enum": _enum, "list": _list, "words": _words, "ip": _ip, "ref": _text,
    "mobile": _matching(_MOBILE, "not_a_mobile"), "phone": _matching(_PHONE, "not_a_phone"),
    "email": _matching(_EMAIL, "not_an_email"), "host": _matching(_HOST, "not_a_host", lower=True),
    "sha256": _matching(_SHA, "not_a_hash", lower=True),
}  # fmt: skip


def show_value(value: Value) -> str:
    """Give a value as people write it; ``read_value`` reads it back equal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def mask(text: str) -> str:
    """Hide the middle of a phone number, address or name: 138****1234, w***@example.edu."""
    if "@" in text:
        name, _, host = text.partition("@")
        return f"{name[:1]}***@{host}"
    if len(text) >= 11:
        return f"{text[:3]}****{text[-4:]}"
    return text[:1] + "*" * (len(text) - 1) if text else ""
