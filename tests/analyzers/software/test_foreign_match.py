"""Imported lists: what they see is said in their name, with their licence."""

from __future__ import annotations

from analyzers.kinds import check_fact
from analyzers.knowledge.foreign import ForeignList, ForeignSignature
from analyzers.software.foreign_match import match_foreign
from analyzers.software.observed import Observed

EXODUS = ForeignList(
    "exodus", "ODbL-1.0", "0" * 64,
    (
        ForeignSignature("One", "class", "com.one", 7),
        ForeignSignature("One", "domain", "one.example", 7),
        ForeignSignature("Two", "domain", "two.example", 8),
    ),
)  # fmt: skip
RULES = ForeignList(
    "libchecker", "Apache-2.0", "1" * 64,
    (
        ForeignSignature("Native", "library", "libone.so"),
        ForeignSignature("Push", "component", "com.push.Service"),
        ForeignSignature("Absent", "library", "libtwo.so"),
    ),
)  # fmt: skip
SEEN = Observed(
    classes=["com.one.A", "com.oneself.B"],
    components=("com.push.Service",),
    files=("lib/x86/libone.so",),
    hosts=frozenset({"one.example", "two.example"}),
)


def test_each_list_speaks_for_itself() -> None:
    facts = list(match_foreign(SEEN, [EXODUS, RULES]))
    assert [(f.fields["list"], f.subject, f.fields["signatures"]) for f in facts] == [
        ("exodus", "One", ["class:com.one", "domain:one.example"]),
        ("libchecker", "Native", ["library:libone.so"]),
        ("libchecker", "Push", ["component:com.push.Service"]),
    ]
    assert [f.fields["licence"] for f in facts] == ["ODbL-1.0", "Apache-2.0", "Apache-2.0"]
    assert [check_fact(f) for f in facts] == [[], [], []]


def test_hosts_alone_are_no_fact() -> None:
    seen = Observed(hosts=frozenset({"two.example"}))
    assert list(match_foreign(seen, [EXODUS])) == []
