"""Looking things up in the catalogue, and comparing two of them."""

from __future__ import annotations

import msgspec
import pytest

from analyzers.knowledge.catalogue import Catalogue
from analyzers.knowledge.catalogue_entry import Entry
from analyzers.knowledge.catalogue_search import diff_catalogues, search_catalogue

JPUSH = Entry(name_en="JPush", name_zh="极光推送", category="push", vendor="极光",
              classes=("cn.jpush.android",), libraries=("libjcore*.so",))  # fmt: skip
OTHER = Entry(name_en="Other", category="ads", classes=("com.other",))
CATALOGUE = Catalogue("1", {"jpush": JPUSH, "other": OTHER}, {}, {}, ())


@pytest.mark.parametrize(
    "text", ["jpush", "极光", "JPUSH", "cn.jpush", "cn.jpush.android.service.PushService", "jcore"]
)
def test_an_entry_is_found_by(text: str) -> None:
    assert [hit.id for hit in search_catalogue(CATALOGUE, text)] == ["jpush"]


@pytest.mark.parametrize("text", ["", "  ", "nothing", "cn.jpush.androidx.A"])
def test_nothing_is_found_by(text: str) -> None:
    assert search_catalogue(CATALOGUE, text) == ()


def test_a_hit_says_what_matched() -> None:
    (hit,) = search_catalogue(CATALOGUE, "cn.jpush.android.A")
    assert (hit.name, hit.category, hit.where) == ("极光推送", "push", "cn.jpush.android")


def test_a_comparison_names_entries_signatures_and_fields() -> None:
    changed = msgspec.structs.replace(JPUSH, classes=("cn.jpush.api",), vendor="Aurora")
    newer = Catalogue("2", {"jpush": changed, "third": OTHER}, {}, {}, ())
    found = [
        (c.id, c.kind, c.added, c.removed, c.fields) for c in diff_catalogues(CATALOGUE, newer)
    ]
    assert found == [
        ("jpush", "changed", ("cn.jpush.api",), ("cn.jpush.android",), ("vendor",)),
        ("other", "removed", (), (), ()),
        ("third", "added", (), (), ()),
    ]


def test_equal_catalogues_do_not_differ() -> None:
    assert diff_catalogues(CATALOGUE, CATALOGUE) == ()
