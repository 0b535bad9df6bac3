"""Finds the third parties a policy names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from analyzers.content.policy_types import find_type_words
from analyzers.content.policy_words import has_word, load_policy_words
from analyzers.knowledge.sdk_names import find_sdk, fold_name, load_sdk_aliases, load_sdk_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzers.content.policy_sentences import Sentence

_SDK = re.compile(r"([^\s，。、：:（）()《》“”]{2,20}?)\s?(?:SDK|sdk)")
_LEADING = re.compile(r"^.*?(?:接入了?|集成了?|使用了?|嵌入了?|包括|如|\d[.、])")


class NamedSdk(msgspec.Struct, frozen=True):
    """A third party the policy names."""

    id: str
    name: str
    sentence: str
    purpose: bool
    types: tuple[str, ...]


def find_sdks(sentences: Sequence[Sentence]) -> Iterator[NamedSdk]:
    """Give each third party a sentence names: by its catalogued or short name, or as ``…SDK``."""
    found: dict[str, NamedSdk] = {}
    for sentence in sentences:
        for sdk_id, name in _named_in(sentence):
            if sdk_id not in found:
                found[sdk_id] = NamedSdk(
                    id=sdk_id,
                    name=name,
                    sentence=sentence.text,
                    purpose=has_word(sentence.folded, load_policy_words()["collect"]["purposes"]),
                    types=tuple(find_type_words(sentence.text)),
                )
    yield from found.values()


def _named_in(sentence: Sentence) -> Iterator[tuple[str, str]]:
    third = load_policy_words()["third_party"]
    if sentence.section != "third" and not has_word(sentence.folded, third["words"]):
        return
    if has_word(sentence.folded, third["absent"]):
        return
    folded = fold_name(sentence.folded)
    for name, sdk_id, near in _load_chinese_names():
        if name in folded and (not near or has_word(sentence.folded, third["near"])):
            folded = folded.replace(name, "□")
            yield sdk_id, name
    for match in _load_latin_pattern().finditer(sentence.text):
        if sdk_id := _mean_latin(match[0], sentence):
            yield sdk_id, match[0]
    for name in _SDK.findall(sentence.text):
        plain = _LEADING.sub("", name)
        if sdk_id := find_sdk(plain):
            yield sdk_id, plain


def _mean_latin(name: str, sentence: Sentence) -> str:
    """Give the entry a Latin name means; an everyday word only with a capital and beside ``SDK``."""
    plain = name.casefold()
    if plain in load_policy_words()["third_party"]["everyday"] and (
        name.islower() or "sdk" not in sentence.folded
    ):
        return ""
    return load_sdk_aliases().get(fold_name(plain)) or load_sdk_names().get(fold_name(plain), "")


@cache
def _load_chinese_names() -> tuple[tuple[str, str, bool], ...]:
    """Names with a Chinese character, longest first, and whether they need a word beside them."""
    near = load_policy_words()["third_party"]["plain"]
    rows = [
        (name, sdk_id, False)
        for name, sdk_id in load_sdk_names().items()
        if not name.isascii() and len(name) >= 3
    ]
    rows += [
        (name, sdk_id, False) for name, sdk_id in load_sdk_aliases().items() if not name.isascii()
    ]
    rows += [(name, sdk_id, True) for name, sdk_id in near.items()]
    return tuple(sorted(set(rows), key=lambda row: (-len(row[0]), row)))


@cache
def _load_latin_pattern() -> re.Pattern[str]:
    names = {*load_sdk_names(), *load_sdk_aliases()}
    latin = sorted((name for name in names if name.isascii() and len(name) >= 4), key=len)[::-1]
    spaced = [r"[\s\-_]?".join(re.escape(part) for part in _split_words(name)) for name in latin]
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(spaced)})(?![A-Za-z0-9])", re.IGNORECASE)


def _split_words(name: str) -> list[str]:
    """Split a folded name where its spaces stood, as far as known words tell."""
    for head in load_policy_words()["third_party"]["makers"]:
        if name.startswith(head) and len(name) > len(head):
            return [head, name[len(head) :]]
    return [name]
