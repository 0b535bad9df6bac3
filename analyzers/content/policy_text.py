"""Reads a privacy policy's text: language, date, elements, named types and third parties.

All patterns are fixed strings and bounded windows looked for sentence by sentence
(``policy_words.toml``), so the time grows in proportion to the text. Elements follow PIPL articles
17, 23, 24, 30, 31, 38, 47 and the items N-1.1 to N-6.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.content.policy_dates import find_date, find_days
from analyzers.content.policy_sdks import NamedSdk, find_sdks
from analyzers.content.policy_sentences import Sentence, split_sentences
from analyzers.content.policy_title import may_be_policy, says_it_is_policy
from analyzers.content.policy_types import NamedType, find_types
from analyzers.content.policy_words import has_word, load_policy_words, states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "Element", "NamedSdk", "NamedType", "PolicyReading", "Sentence", "find_date", "find_days",
    "find_elements", "find_sdks", "find_types", "looks_like_policy", "read_policy",
    "split_sentences", "tell_language",
]  # fmt: skip

MAX_TEXT = 200_000
FIRST = 8
"""Sentences at the start in which a policy says who is behind it."""
_TRADITIONAL = set("個資隱權僅與這們為務網據設備號護條關於後開發電話類變處會無應")
_SIMPLIFIED = set("个资隐权仅与这们为务网据设备号护条关于后开发电话类变处会无应")


class Element(msgspec.Struct, frozen=True):
    """Something the policy says: the sentence, and promised days where it names some."""

    name: str
    sentence: str
    days: int | None


class PolicyReading(msgspec.Struct, frozen=True):
    """What a policy says."""

    language: str
    characters: int
    date: str
    elements: tuple[Element, ...]
    types: tuple[NamedType, ...]
    sdks: tuple[NamedSdk, ...]


def looks_like_policy(text: str) -> bool:
    """Tell whether a text is a privacy policy: it says so at its start and states rules."""
    if not may_be_policy(text):
        return False
    return says_it_is_policy(text, {element.name for element in read_policy(text).elements})


def read_policy(text: str) -> PolicyReading:
    """Read a policy; what lies behind ``MAX_TEXT`` characters is not looked at."""
    text = text[:MAX_TEXT]
    sentences = split_sentences(text)
    types, sdks = tuple(find_types(sentences)), tuple(find_sdks(sentences))
    stated = list(find_elements(sentences))
    return PolicyReading(
        language=tell_language(text),
        characters=len(text),
        date=find_date(text),
        elements=(*stated, *_imply_elements({e.name for e in stated}, types, sdks)),
        types=types,
        sdks=sdks,
    )


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


def find_elements(sentences: Sequence[Sentence]) -> Iterator[Element]:
    """Give each element once, with the first sentence that states it and the days it promises."""
    table = load_policy_words()["elements"]
    stated: dict[str, list[int]] = {}
    for name, words in table.items():
        stated[name] = [
            number
            for number, sentence in enumerate(sentences)
            if states(sentence.folded, sentence.section, words)
            or (number < FIRST and _starts(sentence, words))
        ]
    promises = _spread_promises(sentences, stated)
    for name, numbers in stated.items():
        if numbers:
            yield Element(
                name=name,
                sentence=sentences[numbers[0]].text,
                days=max(promises.get(name, ()), default=None),
            )


def _starts(sentence: Sentence, words: dict[str, Any]) -> bool:
    """Tell whether a sentence near the start states an element there."""
    if has_word(sentence.folded, words.get("not", ())):
        return False
    ways = words.get("start", ())
    return any(all(has_word(sentence.folded, group) for group in way) for way in ways)


def _spread_promises(
    sentences: Sequence[Sentence], stated: dict[str, list[int]]
) -> dict[str, list[int]]:
    """Give the days promised for each request.

    A sentence that promises days means the requests it names; where it names none, or points
    back, those named before it in its paragraph, or under its heading where it opens the
    paragraph.
    """
    rules = load_policy_words()["promises"]
    at: dict[int, set[str]] = {}
    for name in rules["requests"]:
        for number in stated.get(name, ()):
            at.setdefault(number, set()).add(name)
    promises: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        days = find_days(sentence.folded)
        if days is None or has_word(sentence.folded, rules["not"]):
            continue
        named = set(at.get(number, ()))
        if not named or has_word(sentence.folded, rules["back"]):
            for before in _paragraph_before(sentences, number):
                named |= at.get(before, set()) - {"complaint"}
        for name in named:
            promises.setdefault(name, []).append(days)
    return promises


def _paragraph_before(sentences: Sequence[Sentence], number: int) -> Iterator[int]:
    """Give the sentences before one in its paragraph, else those under the same heading."""
    here = sentences[number]
    opens = number == 0 or sentences[number - 1].line != here.line
    for before in range(number - 1, max(-1, number - 12), -1):
        other = sentences[before]
        if other.line != here.line and (
            not opens or other.section != here.section or (other.heading and not other.section)
        ):
            return
        yield before


def _imply_elements(
    stated: set[str], types: Iterable[NamedType], sdks: Sequence[NamedSdk]
) -> Iterator[Element]:
    """Give the elements that named types and third parties amount to."""
    collected = [named for named in types if not named.denied]
    if collected and "collection_rules" not in stated:
        yield Element(name="collection_rules", sentence=collected[0].sentence, days=None)
    purpose = next((named for named in collected if named.purpose), None)
    if purpose and "purposes" not in stated:
        yield Element(name="purposes", sentence=purpose.sentence, days=None)
    if sdks and "sdk_list" not in stated:
        yield Element(name="sdk_list", sentence=sdks[0].sentence, days=None)
