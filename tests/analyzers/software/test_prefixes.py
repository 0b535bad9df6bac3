"""Counting classes under prefixes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analyzers.software.prefixes import count_prefixes


def test_the_longest_prefix_takes_the_class() -> None:
    classes = sorted(["cn.jiguang.A", "cn.jiguang.ads.B", "cn.jiguang.ads.C", "cn.jiguangx.D"])
    hits = count_prefixes(classes, ["cn.jiguang", "cn.jiguang.ads"])
    assert {p: (h.count, h.total) for p, h in hits.items()} == {
        "cn.jiguang": (1, 3),
        "cn.jiguang.ads": (2, 2),
    }


def test_a_prefix_ends_at_a_name_boundary() -> None:
    classes = sorted(["com.a", "com.a$1", "com.a.B", "com.ab", "com.a-b.C"])
    hit = count_prefixes(classes, ["com.a"])["com.a"]
    assert (hit.count, hit.example) == (3, "com.a")


def test_prefixes_of_three_depths_are_taken_away_once() -> None:
    classes = sorted(["a.X", "a.b.X", "a.b.c.X", "a.b.c.Y"])
    hits = count_prefixes(classes, ["a", "a.b", "a.b.c"])
    assert {p: h.count for p, h in hits.items()} == {"a": 1, "a.b": 1, "a.b.c": 2}


def test_what_is_absent_is_not_listed() -> None:
    assert count_prefixes(["com.b.C"], ["com.a"]) == {}


NAMES = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map(".".join)


@given(classes=st.sets(NAMES, max_size=30), prefixes=st.sets(NAMES, max_size=8))
def test_counts_equal_a_plain_walk(classes: set[str], prefixes: set[str]) -> None:
    expected: dict[str, int] = {}
    for name in classes:
        fitting = [p for p in prefixes if name == p or name.startswith(p + ".")]
        for prefix in fitting:
            expected.setdefault(prefix, 0)
        if fitting:
            expected[max(fitting, key=len)] += 1
    hits = count_prefixes(sorted(classes), prefixes)
    assert {p: h.count for p, h in hits.items()} == expected
