"""android.components states who reaches what, with the platform's defaults."""

from __future__ import annotations

import pytest

from analyzers.android.components import extract
from tests.analyzers.formats.axml_builder import Node, node
from tests.analyzers.package_builder import facts_of, make_manifest, make_package

FILTER = node("intent-filter", node("action", name="cn.edu.ACTION"), node("data", scheme="campus"))


def components(
    *children: Node, target: int = 33, **application: object
) -> dict[str, dict[str, object]]:
    manifest = make_manifest(
        node("permission", name="cn.edu.OWN", protectionLevel=2),
        node("application", *children, **application),
        target=target,
    )
    return facts_of(extract(make_package(manifest)), "android.component")


@pytest.mark.parametrize(
    ("component", "target", "exported"),
    [
        (node("activity", name=".A"), 30, False),
        (node("activity", FILTER, name=".A"), 30, True),
        (node("activity", FILTER, name=".A", exported=False), 30, False),
        (node("service", name=".A", exported=True), 30, True),
        (node("provider", name=".A", authorities="a"), 16, True),
        (node("provider", name=".A", authorities="a"), 17, False),
        (node("receiver", FILTER, name=".A"), 33, True),
    ],
)
def test_exported(component: Node, target: int, exported: bool) -> None:
    assert components(component, target=target)["cn.edu.example.A"]["exported"] is exported


@pytest.mark.parametrize(
    ("attributes", "permission", "level"),
    [
        ({}, "", "none"),
        ({"permission": "android.permission.INTERNET"}, "android.permission.INTERNET", "normal"),
        ({"permission": "cn.edu.OWN"}, "cn.edu.OWN", "signature"),
        ({"permission": "cn.other"}, "cn.other", "unknown"),
    ],
)
def test_guards(attributes: dict[str, str], permission: str, level: str) -> None:
    fields = components(node("service", name=".A", **attributes))["cn.edu.example.A"]
    assert (fields["permission"], fields["guard_level"]) == (permission, level)


def test_the_application_guards_what_is_not_guarded() -> None:
    fields = components(node("service", name=".A"), permission="cn.edu.OWN", process=":own")[
        "cn.edu.example.A"
    ]
    assert (fields["permission"], fields["guard_level"], fields["process"]) == (
        "cn.edu.OWN",
        "signature",
        ":own",
    )


def test_of_read_and_write_the_weaker_guard_counts() -> None:
    provider = node("provider", name=".A", authorities="a;b", readPermission="cn.edu.OWN", initOrder=100,
                    grantUriPermissions=True)  # fmt: skip
    fields = components(provider)["cn.edu.example.A"]
    assert (fields["permission"], fields["guard_level"]) == ("", "none")
    assert (fields["authorities"], fields["init_order"], fields["grant_uri"]) == (
        ["a", "b"],
        100,
        True,
    )


def test_filters_and_switches() -> None:
    fields = components(node("activity", FILTER, name=".A", enabled=False))["cn.edu.example.A"]
    assert (fields["actions"], fields["schemes"], fields["enabled"]) == (
        ["cn.edu.ACTION"],
        ["campus"],
        False,
    )
    assert (
        components(node("activity", name=".A"), enabled=False)["cn.edu.example.A"]["enabled"]
        is False
    )


def test_what_starts_by_itself() -> None:
    boot = node("intent-filter", node("action", name="android.intent.action.BOOT_COMPLETED"))
    manifest = make_manifest(
        node(
            "application",
            node("receiver", boot, FILTER, name=".Boot"),
            node("receiver", boot, name=".Off", enabled=False),
            node("service", name=".Job", permission="android.permission.BIND_JOB_SERVICE"),
            node("receiver", FILTER, name=".Other"),
        )
    )
    facts = facts_of(extract(make_package(manifest)), "android.autostart")
    assert facts == {
        "cn.edu.example.Boot": {"triggers": ["android.intent.action.BOOT_COMPLETED"]},
        "cn.edu.example.Job": {"triggers": ["job"]},
    }
