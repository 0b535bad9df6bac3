"""The manifest is read with the platform's naming rules and defaults."""

from __future__ import annotations

import pytest

from analyzers.formats.axml import read_axml
from analyzers.formats.errors import FormatError
from analyzers.formats.manifest import Manifest
from analyzers.formats.manifest_reader import read_manifest
from analyzers.formats.resources import ResourceTable
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Node, Reference, make_axml, node

TABLE = make_arsc(
    {
        "string": {
            "name": {"": "Campus", "zh-CN": "校园通"},
            "permission": {"": "android.permission.NFC"},
        },
        "bool": {"on": {"": 1}},
    }
)
LABEL, PERMISSION, ON = Reference(0x7F010000), Reference(0x7F010001), Reference(0x7F020000)


def read(*children: Node, **attributes: object) -> Manifest:
    root = node("manifest", *children, **{"plain_package": "cn.edu.example", **attributes})
    return read_manifest(read_axml(make_axml(root)), ResourceTable(TABLE))


def test_versions() -> None:
    manifest = read(
        node("uses-sdk", minSdkVersion=21), versionCode=7, versionCodeMajor=2, versionName="1.7"
    )
    assert (manifest.version_code, manifest.version_name) == (2 << 32 | 7, "1.7")
    assert (manifest.min_sdk, manifest.target_sdk, manifest.effective_target_sdk) == (21, None, 21)


def test_absent_versions_are_absent() -> None:
    manifest = read()
    assert (manifest.version_code, manifest.min_sdk, manifest.effective_min_sdk) == (None, None, 1)


def test_permissions_with_references_and_limits() -> None:
    manifest = read(
        node("uses-permission", name=PERMISSION),
        node(
            "uses-permission", name="android.permission.BLUETOOTH_SCAN", usesPermissionFlags=0x10000
        ),
        node("uses-permission-sdk-23", name="android.permission.CAMERA", maxSdkVersion=30),
        node("uses-permission"),
        node("permission", name="cn.edu.example.OWN", protectionLevel=2),
    )
    assert [
        (use.name, use.max_sdk, use.sdk23_only, use.never_for_location)
        for use in manifest.uses_permissions
    ] == [
        ("android.permission.NFC", None, False, False),
        ("android.permission.BLUETOOTH_SCAN", None, False, True),
        ("android.permission.CAMERA", 30, True, False),
    ]
    assert [(one.name, one.protection) for one in manifest.permissions] == [
        ("cn.edu.example.OWN", 2)
    ]


def test_application_with_labels_and_flags() -> None:
    application = read(
        node(
            "application",
            name=".App",
            label=LABEL,
            debuggable=ON,
            allowBackup=False,
            networkSecurityConfig=ON,
        ),
        node("application", name=".Second"),
    ).application
    assert (application.name, application.label, application.label_zh) == (
        "cn.edu.example.App",
        "Campus",
        "校园通",
    )
    assert application.flags == {"debuggable": True, "allowBackup": False}
    assert application.network_security_config == ON.resource


def test_components_with_filters() -> None:
    main = node(
        "intent-filter",
        node("action", name="android.intent.action.MAIN"),
        node("category", name="android.intent.category.LAUNCHER"),
        node("data", scheme="https", host="campus.example.edu.cn"),
    )
    manifest = read(
        node(
            "application",
            node(
                "activity",
                main,
                node("meta-data", name="key", value="secret"),
                name="Main",
                exported=True,
            ),
            node("activity-alias", name=".Alias", targetActivity=".Main", enabled=False),
            node(
                "provider",
                name="org.other.P",
                authorities="a;b",
                initOrder=5,
                permission="p",
                readPermission="r",
            ),
            node("service", name=".S", process=":push"),
        )
    )
    activity, alias, provider, service = manifest.components
    assert (activity.name, activity.exported, activity.filters[0].schemes) == (
        "cn.edu.example.Main",
        True,
        ("https",),
    )
    assert activity.meta_data == {"key": "secret"}
    assert (alias.target, alias.enabled, alias.exported) == ("cn.edu.example.Main", False, None)
    assert (provider.authorities, provider.init_order) == (("a", "b"), 5)
    assert (provider.read_permission, provider.write_permission) == ("r", "p")
    assert service.process == ":push"
    assert manifest.launchers == (activity,)


def test_meta_data_of_the_application() -> None:
    manifest = read(
        node(
            "application",
            node("meta-data", name="UMENG_APPKEY", value="0123"),
            node("meta-data", name="number", value=12),
            node("meta-data", name="named", resource=Reference(0x7F090000)),
        )
    )
    assert manifest.meta_data == {"UMENG_APPKEY": "0123", "number": "12", "named": "@0x7f090000"}


def test_queries_libraries_and_splits() -> None:
    intent = node("intent", node("action", name="android.intent.action.VIEW"))
    manifest = read(
        node(
            "queries",
            node("package", name="com.tencent.mm"),
            node("provider", authorities="x.y"),
            intent,
        ),
        node("application", node("uses-library", name="org.apache.http.legacy")),
        node("instrumentation", name=".T", targetPackage="cn.edu.other"),
        plain_split="config.zh",
        plain_configForSplit="base",
        isFeatureSplit=True,
    )
    assert manifest.queries == ("com.tencent.mm", "x.y", "android.intent.action.VIEW")
    assert manifest.uses_libraries == ("org.apache.http.legacy",)
    assert manifest.instrumentation == ("cn.edu.other",)
    assert (manifest.split.name, manifest.split.config_for, manifest.split.is_feature) == (
        "config.zh",
        "base",
        True,
    )


@pytest.mark.parametrize(
    "root", [node("resources"), node("manifest"), node("manifest", plain_package="")]
)
def test_a_manifest_without_package_is_named(root: Node) -> None:
    with pytest.raises(FormatError) as caught:
        read_manifest(read_axml(make_axml(root)), None)
    assert caught.value.code == "manifest.no-package"
