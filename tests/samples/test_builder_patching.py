"""Stand-ins keep the length and are all taken back."""

from __future__ import annotations

import re

import pytest
from builder.patching import disguise, reveal
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=6, max_size=60)


@given(TEXTS, TEXTS)
def test_the_compiled_pool_gets_the_texts_back(first: str, second: str) -> None:
    texts = {"@@A@@": first, "@@B@@": second}
    source = disguise("<@@A@@/><@@B@@/>", texts)
    assert re.fullmatch(r"<q00\.x+/><q01\.x+/>", source)
    compiled = reveal(source.encode("utf-16-le"), texts)
    assert compiled.decode("utf-16-le") == f"<{first}/><{second}/>"


def test_a_text_too_short_for_a_class_name_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        disguise("@@A@@", {"@@A@@": "<b>"})


def test_a_missing_token_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the manifest"):
        disguise("nothing", {"@@A@@": "<script>"})


def test_a_stand_in_that_is_gone_is_refused() -> None:
    with pytest.raises(ValueError, match="not exactly once"):
        reveal(b"", {"@@A@@": "<script>"})
