"""Patterns: what is allowed works like ``re``, what could backtrack is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.patterns import MAX_PATTERN, PatternError, make_pattern, matches_whole


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("abc", "abc", True),
        ("abc", "abcd", False),
        ("a.*", "abc\nd", True),
        (r"[\u4e00-\u9fff]ICP备\d{6,10}号", "鄂ICP备12345678号", True),
        (r"\d{3}-\d+", "027-87", True),
        ("[^a]b?", "xb", True),
        (r"\(x\)", "(x)", True),
    ],
)
def test_allowed(pattern: str, text: str, expected: bool) -> None:
    assert matches_whole(pattern, text) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "a*b*",
        "a|b",
        "(?=a)",
        r"(a)\1",
        "a**",
        "[",
        "^a",
        "a$",
        "a" * (MAX_PATTERN + 1),
        "{2}",
    ],
)
def test_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        make_pattern(pattern)


def test_a_number_is_no_pattern() -> None:
    with pytest.raises(PatternError):
        make_pattern(5)  # type: ignore[arg-type]


@given(
    st.text(alphabet="ab.*+?[]\\d{}12,-^$()|", max_size=12), st.text(alphabet="ab1", max_size=12)
)
def test_whatever_is_accepted_means_what_re_means(pattern: str, text: str) -> None:
    try:
        make_pattern(pattern)
    except PatternError:
        return
    expected = re.compile(pattern, re.DOTALL).fullmatch(text) is not None
    assert matches_whole(pattern, text) is expected
