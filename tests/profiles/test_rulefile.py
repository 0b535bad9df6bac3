"""Rule files as foreign bytes: bounded, no aliases, no repeated keys, never code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.rulefile import MAX_BYTES, RuleFileError, read_rule_file, read_rule_text


def test_plain_file_is_read_and_dates_stay_text() -> None:
    assert read_rule_text("a: [1, 2026-01-10, {b: 是}]".encode()) == {
        "a": [1, "2026-01-10", {"b": "是"}]
    }


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a: &x [1]\nb: *x\n", "aliases"),
        (b"a: 1\nb: 2\na: 3\n", "line 3: a is written twice"),
        (b"a: !!python/object/apply:os.system [ls]\n", "tags"),
        (b"a: !custom 1\n", "tags"),
        (b"? [a, b]\n: 1\n", "plain text"),
        (b"a: [1\nb: 2", "line"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 200 + b"]" * 200, "deeply"),
        (b"{a: " * 60 + b"1" + b"}" * 60, "deeply"),
        (b"a: \x00", "not YAML"),
        (b"#" * (MAX_BYTES + 1), "larger"),
    ],
)
def test_unusable_file_is_refused_with_a_reason(raw: bytes, words: str) -> None:
    with pytest.raises(RuleFileError, match=words):
        read_rule_text(raw)


def test_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(RuleFileError, match="aliases"):
        read_rule_text(bomb.encode())


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="cannot be read"):
        read_rule_file(tmp_path / "none.yaml")


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>\n \t'\"#?", max_size=80))
def test_any_bytes_give_plain_values_or_one_error(raw: bytes | str) -> None:
    try:
        value = read_rule_text(raw.encode() if isinstance(raw, str) else raw)
    except RuleFileError:
        return
    assert value is None or isinstance(value, (str, int, float, bool, list, dict))
