"""android.permissions states what is asked for and what is defined."""

from __future__ import annotations

import pytest

from analyzers.android.permissions import extract
from analyzers.kinds import check_fact
from tests.analyzers.formats.axml_builder import node
from tests.analyzers.package_builder import facts_of, make_manifest, make_package


def declared(*names: str, **attributes: object) -> dict[str, dict[str, object]]:
    uses = [node("uses-permission", name=name, **attributes) for name in names]
    return facts_of(extract(make_package(make_manifest(*uses))), "android.permission.declared")


@pytest.mark.parametrize(
    ("name", "level", "group", "name_zh"),
    [
        ("android.permission.CAMERA", "dangerous", "CAMERA", "相机"),
        ("android.permission.ACCESS_FINE_LOCATION", "dangerous", "LOCATION", "位置（精确）"),
        ("android.permission.POST_NOTIFICATIONS", "dangerous", "NOTIFICATIONS", "通知"),
        ("android.permission.READ_MEDIA_IMAGES", "dangerous", "READ_MEDIA_VISUAL", "相册（图片）"),
        ("android.permission.INTERNET", "normal", "", "网络"),
        ("android.permission.QUERY_ALL_PACKAGES", "normal", "", "应用列表"),
        ("android.permission.SYSTEM_ALERT_WINDOW", "special", "", "悬浮窗"),
        ("android.permission.REQUEST_INSTALL_PACKAGES", "special", "", "安装应用"),
        ("android.permission.BIND_ACCESSIBILITY_SERVICE", "signature", "", "无障碍"),
        (
            "com.android.permission.GET_INSTALLED_APPS",
            "dangerous",
            "APP_LIST",
            "应用列表（国内终端）",
        ),
    ],
)
def test_known_permissions(name: str, level: str, group: str, name_zh: str) -> None:
    fields = declared(name)[name]
    assert (fields["level"], fields["group"], fields["name_zh"]) == (level, group, name_zh)
    assert fields["purpose_zh"]
    assert fields["custom"] is False


def test_unknown_permissions_are_custom() -> None:
    fields = declared("cn.vendor.permission.X")["cn.vendor.permission.X"]
    assert (fields["level"], fields["custom"], fields["name_zh"]) == ("unknown", True, "")


def test_an_own_permission_has_its_own_level() -> None:
    manifest = make_manifest(
        node(
            "permission", name="cn.edu.example.OWN", protectionLevel=2, permissionGroup="cn.group"
        ),
        node("uses-permission", name="cn.edu.example.OWN"),
    )
    found = list(extract(make_package(manifest)))
    assert facts_of(found, "android.permission.defined") == {
        "cn.edu.example.OWN": {"level": "signature", "group": "cn.group"}
    }
    assert (
        facts_of(found, "android.permission.declared")["cn.edu.example.OWN"]["level"] == "signature"
    )
    assert [problem for fact in found for problem in check_fact(fact)] == []


def test_of_repeated_requests_the_widest_counts() -> None:
    name = "android.permission.CAMERA"
    manifest = make_manifest(
        node("uses-permission", name=name, maxSdkVersion=22),
        node("uses-permission-sdk-23", name=name),
    )
    found = list(extract(make_package(manifest)))
    fields = facts_of(found, "android.permission.declared")[name]
    assert (fields["max_sdk"], fields["sdk23_only"]) == (None, False)
    assert len(found[0].evidence) == 2


def test_evidence_is_the_element() -> None:
    package = make_package(
        make_manifest(node("uses-permission", name="android.permission.NFC", maxSdkVersion=30))
    )
    evidence = next(iter(extract(package))).evidence[0]
    assert (
        evidence.location.place
        == "/manifest/uses-permission[@android:name='android.permission.NFC']"
    )
    assert (
        evidence.excerpt
        == '<uses-permission android:name="android.permission.NFC" android:maxSdkVersion="30"/>'
    )


def implied(target: int, *names: str) -> dict[str, list[str]]:
    uses = [node("uses-permission", name=f"android.permission.{name}") for name in names]
    found = extract(make_package(make_manifest(*uses, target=target)))
    facts = facts_of(found, "android.permission.implied")
    short = "android.permission."
    return {
        name.removeprefix(short): [one.removeprefix(short) for one in fields["implied_by"]]
        for name, fields in facts.items()
    }


@pytest.mark.parametrize(
    ("target", "names", "added"),
    [
        (33, [], {}),
        (33, ["ACCESS_FINE_LOCATION"], {"ACCESS_COARSE_LOCATION": ["ACCESS_FINE_LOCATION"]}),
        (33, ["ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"], {}),
        (33, ["WRITE_EXTERNAL_STORAGE"], {"READ_EXTERNAL_STORAGE": ["WRITE_EXTERNAL_STORAGE"]}),
        (32, [], {"POST_NOTIFICATIONS": []}),
        (
            28,
            ["ACCESS_COARSE_LOCATION"],
            {"ACCESS_BACKGROUND_LOCATION": ["ACCESS_COARSE_LOCATION"], "POST_NOTIFICATIONS": []},
        ),
        (
            15,
            ["READ_CONTACTS"],
            {"READ_CALL_LOG": ["READ_CONTACTS"], "POST_NOTIFICATIONS": []},
        ),
        (
            3,
            [],
            {
                "WRITE_EXTERNAL_STORAGE": [],
                "READ_PHONE_STATE": [],
                "READ_EXTERNAL_STORAGE": ["WRITE_EXTERNAL_STORAGE"],
                "ACCESS_MEDIA_LOCATION": ["READ_EXTERNAL_STORAGE"],
                "READ_MEDIA_IMAGES": ["READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE"],
                "READ_MEDIA_VIDEO": ["READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE"],
                "READ_MEDIA_AUDIO": ["READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE"],
                "POST_NOTIFICATIONS": [],
            },
        ),
    ],
)
def test_what_the_platform_adds(target: int, names: list[str], added: dict[str, list[str]]) -> None:
    assert implied(target, *names) == added


def test_implied_permissions_fit_their_kind_and_point_at_their_source() -> None:
    package = make_package(
        make_manifest(
            node("uses-permission", name="android.permission.ACCESS_FINE_LOCATION"), target=28
        )
    )
    facts = {
        one.subject: one for one in extract(package) if one.kind == "android.permission.implied"
    }
    assert [problem for fact in facts.values() for problem in check_fact(fact)] == []
    background = facts["android.permission.ACCESS_BACKGROUND_LOCATION"]
    assert (background.fields["level"], background.fields["group"]) == ("dangerous", "LOCATION")
    assert "ACCESS_FINE_LOCATION" in background.evidence[0].excerpt
    assert background.fields["below"] == 29
    assert "uses-sdk" in facts["android.permission.POST_NOTIFICATIONS"].evidence[0].location.place
