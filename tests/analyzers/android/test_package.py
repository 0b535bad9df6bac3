"""android.package states identity and launcher."""

from __future__ import annotations

import pytest

from analyzers.android.package import extract, is_blank
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Node, Reference, node
from tests.analyzers.package_builder import codes_of, facts_of, make_manifest, make_package


def launcher(**attributes: object) -> Node:
    return node(
        "activity",
        node(
            "intent-filter",
            node("action", name="android.intent.action.MAIN"),
            node("category", name="android.intent.category.LAUNCHER"),
        ),
        name=".Main",
        **attributes,
    )


def test_identity() -> None:
    table = make_arsc({"string": {"name": {"": "Campus", "zh-CN": "校园通"}}})
    manifest = make_manifest(
        node("application", label=Reference(0x7F010000)),
        versionName="1.2",
        sharedUserId="cn.shared",
    )
    facts = facts_of(
        extract(make_package(manifest, {"lib/x86/a.so": b""}, table)), "android.package"
    )
    assert facts == {
        "cn.edu.example": {
            "version_name": "1.2", "version_code": 1, "min_sdk": 21, "target_sdk": 33,
            "shared_user_id": "cn.shared", "label": "Campus", "label_zh": "校园通", "abis": ["x86"],
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("application", "activity", "blank"),
    [
        (node("application", launcher(), label="Campus"), "cn.edu.example.Main", False),
        (
            node("application", launcher(label="\u200b \u3164"), label="Campus"),
            "cn.edu.example.Main",
            True,
        ),
        (node("application", launcher(enabled=False), label="Campus"), "", False),
        (node("application"), "", True),
    ],
)
def test_launcher(application: Node, activity: str, blank: bool) -> None:
    facts = facts_of(extract(make_package(make_manifest(application))), "android.launcher")
    assert facts["cn.edu.example"] == {
        "activity": activity,
        "label_blank": blank,
        "icon_transparent": None,
    }


def test_a_broken_table_is_a_limitation() -> None:
    assert codes_of(extract(make_package(table=bytes(40)))) == ["arsc.damaged"]


@pytest.mark.parametrize(
    ("label", "blank"), [("", True), (" \u200b\u202e", True), ("校园", False), ("\u3164x", False)]
)
def test_blank_labels(label: str, blank: bool) -> None:
    assert is_blank(label) is blank
