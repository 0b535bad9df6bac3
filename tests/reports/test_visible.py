from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model import Entry
from reports.visible import is_hidden, show, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("掌上校园 Campus，第 3 版（测试）", "掌上校园 Campus，第 3 版（测试）"),
        ("Größe €5 · “引号”——…", "Größe €5 · “引号”——…"),
        ("\u202egpj.apk", "\\u{202E}gpj.apk"),
        ("a\u200bb\u00adc", "a\\u{200B}b\\u{00AD}c"),
        ("\x1b[2J\x00", "\\u{001B}[2J\\u{0000}"),
        ("\ud800", "\\u{D800}"),
        ("a\u3164\u2800b\u00a0c", "a\\u{3164}\\u{2800}b\\u{00A0}c"),
        ("one\r\ntwo", "one ⏎ two"),
        ("\U000e0041", "\\u{E0041}"),
    ],
)
def test_hidden_characters_become_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_pile_of_marks_is_cut_to_three() -> None:
    shown = visible("e" + "\u0301" * 5)
    assert shown == "e" + "\u0301" * 3 + "\\u{0301}" * 2


@given(st.text(st.characters(codec=None)))
def test_nothing_hidden_remains_and_a_second_call_changes_nothing(text: str) -> None:
    shown = visible(text)
    assert not any(is_hidden(character) for character in shown)
    assert not any(unicodedata.bidirectional(character) in {"RLO", "LRO"} for character in shown)
    assert visible(shown) == shown
    assert shown.encode("utf-8").decode("utf-8") == shown


def test_every_string_of_a_struct_is_shown() -> None:
    entry = show(Entry(label="\u202ea", value="\x07", note="n", mono=True))
    assert entry == Entry(label="\\u{202E}a", value="\\u{0007}", note="n", mono=True)
