"""Matching the catalogue: which evidence gives which confidence."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.knowledge.catalogue import Catalogue
from analyzers.knowledge.catalogue_entry import Category, Entry
from analyzers.model import Confidence
from analyzers.software.match import Detection, match_catalogue
from analyzers.software.observed import Observed


def make_catalogue(**entries: dict[str, Any]) -> Catalogue:
    made = {
        name.replace("_", "-"): Entry(**{"name_en": name, "category": "push", **fields})
        for name, fields in entries.items()
    }
    return Catalogue("0", made, {"push": Category("推送", "Push", "")}, {}, ())


def find(catalogue: Catalogue, **observed: Any) -> dict[str, Detection]:
    seen = Observed(**observed)
    return {found.id: found for found in match_catalogue(seen, catalogue)}


MANY = tuple(f"com.push.C{n}" for n in range(8))
PUSH = make_catalogue(
    push={
        "classes": ("com.push",),
        "components": ("com.push.Service", "*.wxapi.EntryActivity"),
        "meta": ("PUSH_KEY",),
        "libraries": ("libpush*.so", "libfire.so"),
        "assets": ("assets/push/",),
        "domains": ("push.example",),
        "strings": ("push_one", "push_two", "push_three", "push_four"),
        "ios": ("PSHService", "PSH"),
        "weak": ("libfire.so",),
        "seen": {"PSHService": "npm:push@1"},
    }
)


@pytest.mark.parametrize(
    ("observed", "confidence"),
    [
        ({"classes": MANY}, Confidence.CERTAIN),
        ({"classes": MANY[:1], "files": ("lib/arm64-v8a/libpush3.so",)}, Confidence.CERTAIN),
        ({"classes": MANY[:3]}, Confidence.LIKELY),
        ({"classes": MANY[:1]}, Confidence.POSSIBLE),
        ({"components": ("com.push.Service",)}, Confidence.POSSIBLE),
        ({"components": ("com.push.Service",), "meta": ("PUSH_KEY",)}, Confidence.LIKELY),
        ({"components": ("com.push.Service",), "code_hidden": True}, Confidence.LIKELY),
        ({"components": ("edu.x.wxapi.EntryActivity",)}, Confidence.POSSIBLE),
        ({"files": ("lib/arm64-v8a/libpush3.so",)}, Confidence.POSSIBLE),
        ({"files": ("lib/x86/libpush.so", "assets/push/a.bin")}, Confidence.LIKELY),
        ({"symbols": ("PSHServiceDelegate",), "platform": "ios"}, Confidence.LIKELY),
    ],
)
def test_evidence_gives_confidence(observed: dict[str, Any], confidence: Confidence) -> None:
    assert find(PUSH, **observed)["push"].confidence == confidence


@pytest.mark.parametrize(
    "observed",
    [
        {"classes": ("com.pushdemo.Main",)},
        {"files": ("lib/arm64-v8a/libfire.so",)},
        {"meta": ("PUSH_KEY",)},
        {"hosts": frozenset({"api.push.example"})},
        {"strings": frozenset({"push_one", "push_two"})},
        {"symbols": ("PSHX",), "platform": "ios"},
    ],
)
def test_names_that_are_no_evidence_of_code(observed: dict[str, Any]) -> None:
    assert find(PUSH, **observed) == {}


def test_own_strings_say_renamed_code() -> None:
    strings = frozenset({"push_one", "push_two", "push_three"})
    found = find(PUSH, classes=("a.b", "a.c"), strings=strings)["push"]
    assert (found.confidence, found.renamed) == (Confidence.LIKELY, True)


def test_plain_classes_are_not_called_renamed() -> None:
    found = find(PUSH, classes=MANY, strings=frozenset(PUSH.entries["push"].strings))["push"]
    assert (found.confidence, found.renamed) == (Confidence.CERTAIN, False)


def test_a_shared_prefix_needs_its_owner() -> None:
    catalogue = make_catalogue(
        amap={"classes": ("com.amap.api", "com.loc"), "requires": {"com.loc": "com.amap.api"}}
    )
    loc = tuple(f"com.loc.a{n}" for n in range(9))
    assert find(catalogue, classes=loc) == {}
    assert find(catalogue, classes=("com.amap.api.X", *loc))["amap"].classes == 10


def test_what_an_aggregate_carries_says_so() -> None:
    catalogue = make_catalogue(
        onekey={"classes": ("com.onekey",), "bundles": ("carrier",)},
        carrier={"classes": ("com.carrier",)},
    )
    classes = tuple(
        sorted([*(f"com.onekey.A{n}" for n in range(6)), *(f"com.carrier.A{n}" for n in range(6))])
    )
    found = find(catalogue, classes=classes)
    assert (found["carrier"].via, found["onekey"].via) == (("onekey",), ())


def test_a_detection_lists_its_signatures() -> None:
    found = find(PUSH, classes=MANY, meta=("PUSH_KEY",))["push"]
    assert [(m.type, m.value, m.place) for m in found.matches] == [
        ("class", "com.push", "com.push.C0"),
        ("meta", "PUSH_KEY", "PUSH_KEY"),
    ]


def test_kept_components_do_not_hide_that_the_rest_is_renamed() -> None:
    components = tuple(f"com.push.Service{n}" for n in range(9))
    seen = {"components": components, "strings": frozenset({"push_one", "push_two", "push_three"})}
    found = find(PUSH, classes=(*components, "x.a", "x.b"), **seen)["push"]
    assert (found.confidence, found.renamed) == (Confidence.CERTAIN, True)
