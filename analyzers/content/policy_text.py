"""Reads a privacy policy's text: language, date, elements, named types and third parties.

All patterns are fixed strings looked for sentence by sentence (``policy_words.toml``), so the time
grows in proportion to the text. Elements follow PIPL articles 17, 23, 24, 30, 31, 38, 47 and the
items N-1.1 to N-6.5.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.knowledge.personal_types import load_personal_types
from analyzers.knowledge.sdk_names import find_sdk, fold_name, load_sdk_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_TEXT = 200_000
MAX_SENTENCE = 600
_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE = re.compile(r"[，,]")
_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
_DAYS = re.compile(
    r"([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*个?\s*(?:工作日|天内|日内|天|个自然日)"
)
_TRADITIONAL = set("個資隱權僅與這們為務網據設備號護條關於後開發電話類變處會無應")
_SIMPLIFIED = set("个资隐权仅与这们为务网据设备号护条关于后开发电话类变处会无应")
_SDK = re.compile(r"([^\s，。、：:（）()《》“”]{2,20}?)\s?(?:SDK|sdk)")
_LEADING = re.compile(r"^.*?(?:接入了?|集成了?|使用了?|嵌入了?|包括|如|\d[.、])")
_NUMERALS = {char: value for value, char in enumerate("一二三四五六七八九十", start=1)}


class Element(msgspec.Struct, frozen=True):
    """Something the policy says: the sentence, and promised days where it names some."""

    name: str
    sentence: str
    days: int | None


class NamedType(msgspec.Struct, frozen=True):
    """A personal-information type the policy names."""

    type: str
    sentence: str
    purpose: bool
    denied: bool


class NamedSdk(msgspec.Struct, frozen=True):
    """A third party the policy names."""

    id: str
    name: str
    sentence: str
    purpose: bool
    types: tuple[str, ...]


class PolicyReading(msgspec.Struct, frozen=True):
    """What a policy says."""

    language: str
    characters: int
    date: str
    elements: tuple[Element, ...]
    types: tuple[NamedType, ...]
    sdks: tuple[NamedSdk, ...]


@cache
def load_policy_words() -> dict[str, Any]:
    """Read the words of all elements."""
    path = Path(__file__).with_name("policy_words.toml")
    return tomllib.loads(path.read_text("utf-8"))


def looks_like_policy(text: str) -> bool:
    """Tell whether a text is a privacy policy: it says so at its start and states rules."""
    head = text[:400]
    if len(text) < 200 or not any(word in head for word in load_policy_words()["title"]["words"]):
        return False
    found = {element.name for element in find_elements(split_sentences(text))}
    return "collection_rules" in found or len(found) >= 3


def read_policy(text: str) -> PolicyReading:
    """Read a policy; what lies behind ``MAX_TEXT`` characters is not looked at."""
    text = text[:MAX_TEXT]
    sentences = split_sentences(text)
    return PolicyReading(
        language=tell_language(text),
        characters=len(text),
        date=find_date(text),
        elements=tuple(find_elements(sentences)),
        types=tuple(find_types(sentences)),
        sdks=tuple(find_sdks(sentences)),
    )


def split_sentences(text: str) -> list[str]:
    """Cut a text at sentence ends and line ends; overlong sentences are cut by length."""
    return [
        clean[start : start + MAX_SENTENCE]
        for part in _END.split(text)
        for clean in [part.strip()]
        for start in range(0, len(clean), MAX_SENTENCE)
    ]


def tell_language(text: str) -> str:
    """Tell zh-Hans, zh-Hant, en, other or unknown from the characters."""
    sample = text[:20_000]
    han = sum("一" <= char <= "鿿" for char in sample)
    latin = sum(char.isascii() and char.isalpha() for char in sample)
    if han + latin < 20:
        return "unknown"
    if han * 4 >= latin:
        old = sum(char in _TRADITIONAL - _SIMPLIFIED for char in sample)
        new = sum(char in _SIMPLIFIED - _TRADITIONAL for char in sample)
        return "zh-Hant" if old > new else "zh-Hans"
    return "en" if latin > len(sample) // 3 else "other"


def find_date(text: str) -> str:
    """Give the date of the version: behind a label, else the first one near the start."""
    for label in load_policy_words()["date"]["labels"]:
        at = text.find(label)
        if at >= 0 and (date := _first_date(text[at : at + 40])):
            return date
    return _first_date(text[:300])


def _first_date(text: str) -> str:
    for year, month, day in _DATE.findall(text):
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return f"{year}-{int(month):02d}-{int(day):02d}"
    return ""


def find_elements(sentences: list[str]) -> Iterator[Element]:
    """Give each element once, with the first sentence that states it and the shortest promise."""
    for name, words in load_policy_words()["elements"].items():
        first, days = "", None
        for sentence in sentences:
            if not _states(sentence, words):
                continue
            first = first or sentence
            promised = find_days(sentence)
            if promised is not None:
                days = promised if days is None else max(days, promised)
        if first:
            yield Element(name=name, sentence=first, days=days)


def _states(sentence: str, words: dict[str, Any]) -> bool:
    if any(word in sentence for word in words["not"]):
        return False
    return all(any(word in sentence for word in group) for group in words["all"])


def find_days(sentence: str) -> int | None:
    """Give a promised number of working days; only sentences on handling requests promise."""
    if not any(word in sentence for word in ("工作日", "天内", "日内")):
        return None
    for text in _DAYS.findall(sentence):
        return int(text) if text.isdigit() else _read_numeral(text)
    return None


def _read_numeral(text: str) -> int:
    if "十" not in text:
        return _NUMERALS[text[0]]
    tens, _, ones = text.partition("十")
    return (_NUMERALS.get(tens, 1) * 10) + _NUMERALS.get(ones, 0)


def find_types(sentences: list[str]) -> Iterator[NamedType]:
    """Give each type once; collected outweighs denied, with a purpose outweighs without.

    A sentence is read clause by clause: a type is collected where its clause, or one before it,
    says so, and denied where its clause denies.
    """
    found: dict[str, NamedType] = {}
    collect = load_policy_words()["collect"]
    for sentence in sentences:
        purpose = _has(sentence, collect["purposes"])
        collects = False
        for clause in _CLAUSE.split(sentence):
            denied = _has(clause, collect["denials"])
            collects = collects or (not denied and _has(clause, collect["verbs"]))
            if not denied and (not collects or "不" in clause):
                continue
            for type_id in find_type_words(clause):
                named = NamedType(
                    type=type_id, sentence=sentence, purpose=purpose and not denied, denied=denied
                )
                if _says_more(named, found.get(type_id)):
                    found[type_id] = named
    yield from found.values()


def _says_more(new: NamedType, old: NamedType | None) -> bool:
    return old is None or (old.denied and not new.denied) or (new.purpose and not old.purpose)


def find_type_words(sentence: str) -> list[str]:
    """Give the types whose words stand in a sentence; a longer word hides a shorter one in it."""
    rest, types = sentence, []
    permission = "权限" in sentence
    for word, type_id in _type_words():
        if word in rest and (permission or word not in load_policy_words()["ambiguous"]["words"]):
            rest = rest.replace(word, "□" * len(word))
            types.append(type_id)
    return list(dict.fromkeys(types))


@cache
def _type_words() -> tuple[tuple[str, str], ...]:
    pairs = [(word, kind.id) for kind in load_personal_types().values() for word in kind.words]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def find_sdks(sentences: list[str]) -> Iterator[NamedSdk]:
    """Give each third party a sentence names: by its catalogued name, or as ``…SDK``."""
    found: dict[str, NamedSdk] = {}
    for sentence in sentences:
        for sdk_id, name in _named_in(sentence):
            if sdk_id not in found:
                found[sdk_id] = NamedSdk(
                    id=sdk_id,
                    name=name,
                    sentence=sentence,
                    purpose=_has(sentence, load_policy_words()["collect"]["purposes"]),
                    types=tuple(find_type_words(sentence)),
                )
    yield from found.values()


def _named_in(sentence: str) -> Iterator[tuple[str, str]]:
    if not _has(sentence, load_policy_words()["third_party"]["words"]):
        return
    folded = fold_name(sentence)
    for name, sdk_id in _long_names():
        if name in folded:
            yield sdk_id, name
    for name in _SDK.findall(sentence):
        plain = _LEADING.sub("", name)
        if sdk_id := find_sdk(plain):
            yield sdk_id, plain


@cache
def _long_names() -> tuple[tuple[str, str], ...]:
    """Names that are long enough to mean nothing else in running text."""
    return tuple(
        (name, sdk_id)
        for name, sdk_id in load_sdk_names().items()
        if len(name) >= (4 if name.isascii() else 3)
    )


def _has(sentence: str, words: Iterable[str]) -> bool:
    return any(word in sentence for word in words)
