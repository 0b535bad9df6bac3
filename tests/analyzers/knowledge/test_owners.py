"""Owners of classes and stacks: planted truth, written from the rules of the design."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from analyzers.knowledge.owners import Owners, derive_app_namespaces, make_dotted


@pytest.fixture(scope="module")
def owners() -> Owners:
    return Owners(["edu.campus.app"], ["odd.place.LoginActivity"])


@pytest.mark.parametrize(
    ("given", "dotted"),
    [
        ("Lcom/a/B;", "com.a.B"),
        ("[Lcom/a/B;", "com.a.B"),
        ("Lcom/a/B;->read(I)V", "com.a.B"),
        ("com/a/B", "com.a.B"),
        ("com.a.B.read(B.java:3)", "com.a.B.read"),
        ("at com.a.B.read(Unknown Source)", "com.a.B.read"),
        ("java.base/java.lang.Thread.run(Thread.java:829)", "java.lang.Thread.run"),
        ("app//com.a.B.read(B.java)", "com.a.B.read"),
        ("com.a.B$$Lambda$7/0x0000.run(Unknown Source)", "com.a.B$$Lambda$7"),
        ("Local", "Local"),
    ],
)
def test_frames_of_every_shape_become_dotted(given: str, dotted: str) -> None:
    assert make_dotted(given) == dotted


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("cn.jpush.android.service.PushService", "jpush"),
        ("cn.jiguang.ads.base.A", "jiguang-ads"),
        ("cn.jiguang.internal.A", "jiguang-core"),
        ("com.umeng.analytics.MobclickAgent$1", "umeng-analytics"),
        ("com.umeng.analyticsX.A", "unattributed"),
        ("com.baidumapdemo.Main", "unattributed"),
        ("edu.campus.app.MainActivity", "app"),
        ("edu.campus.application.X", "unattributed"),
        ("odd.place.LoginActivity$2", "app"),
        ("odd.place.Helper", "unattributed"),
        ("android.app.Activity", "platform"),
        ("android.support.v4.app.Fragment", "android-support"),
        ("okhttp3.internal.http.CallServerInterceptor", "okhttp"),
    ],
)
def test_the_longest_prefix_owns_a_class(owners: Owners, name: str, owner: str) -> None:
    assert owners.owner_of_class(name).id == owner


def test_an_app_inside_a_vendors_namespace_owns_its_own_code() -> None:
    owners = Owners(["com.baidu.location.demo"], [])
    assert owners.owner_of_class("com.baidu.location.demo.Main").id == "app"
    assert owners.owner_of_class("com.baidu.location.f.A").id == "baidu-location"


def test_namespaces_come_from_where_the_code_lives() -> None:
    found = derive_app_namespaces(
        "cn.school.app.debug", "com.maker.campus.App", ["com.maker.campus.ui.SplashActivity"]
    )
    assert found == ("cn.school.app.debug", "com.maker.campus", "com.maker.campus.ui")


def test_a_framework_s_application_class_is_not_the_app() -> None:
    found = derive_app_namespaces("cn.school.app", "io.dcloud.application.DCloudApplication")
    assert found == ("cn.school.app",)


def test_a_vendor_s_root_never_becomes_the_app() -> None:
    found = derive_app_namespaces("x", "com.tencent.one.App", ["com.tencent.two.Main"])
    assert found == ("com.tencent.one", "com.tencent.two")


STACKS = tomllib.loads(Path(__file__).with_name("planted_stacks.toml").read_text("utf-8"))["stack"]


@pytest.mark.parametrize("stack", STACKS, ids=[stack["name"] for stack in STACKS])
def test_planted_stacks_have_their_owner(stack: dict[str, Any]) -> None:
    owners = Owners(
        ["edu.campus.app"],
        ["edu.campus.app.MainActivity", "odd.place.LoginActivity", "com.igexin.sdk.PushService"],
        renamed={"q.w": "shanyan"},
    )
    assert owners.owner_of_stack(stack["frames"], stack.get("start", ())).id == stack["owner"]


def test_there_are_enough_planted_stacks() -> None:
    assert len(STACKS) >= 60


def test_the_deciding_frame_is_named(owners: Owners) -> None:
    frames = ["android.os.Build.getSerial", "com.tencent.stat.a.b", "edu.campus.app.App.onCreate"]
    assert owners.owner_of_stack(frames).frame == "com.tencent.stat.a.b"
