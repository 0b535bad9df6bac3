"""Names that mislead: shared packages, carriers under an aggregate, vendors' whole namespaces."""

from __future__ import annotations

import pytest

from analyzers.knowledge.catalogue import load_catalogue
from analyzers.model import Confidence
from analyzers.software.match import Detection, match_catalogue
from analyzers.software.observed import Observed


def find(*prefixes: str, files: tuple[str, ...] = (), **more: object) -> dict[str, Detection]:
    """Match packages of twelve classes each."""
    classes = sorted(f"{prefix}.C{number}" for prefix in prefixes for number in range(12))
    seen = Observed(classes=classes, files=files, **more)  # type: ignore[arg-type]
    found = match_catalogue(seen, load_catalogue())
    return {d.id: d for d in found if d.confidence != Confidence.POSSIBLE}


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        (["com.loc"], set()),
        (["com.loc", "com.amap.api.location"], {"amap-location"}),
        (["com.taobao.accs", "org.android.agoo"], {"taobao-agoo"}),
        (["com.taobao.accs", "com.umeng.message"], {"taobao-agoo", "umeng-push"}),
        (["com.efs.sdk"], set()),
        (["com.efs.sdk", "com.umeng.umcrash"], {"umeng-apm"}),
        (["com.bytedance.sdk.openadsdk"], {"pangle-cn"}),
        (["com.bytedance.sdk.open.aweme"], {"bd-douyin-open"}),
        (["com.huawei.hms.push"], {"huawei-push"}),
        (["com.huawei.hms.push", "com.huawei.hms.common"], {"huawei-push", "huawei-hms-core"}),
        (["cn.jiguang.ads.base"], {"jiguang-ads"}),
        (["cn.jpush.android.service"], set()),
        (["cn.jpush.android.service", "cn.jpush.android.api"], {"jpush"}),
        (["cn.jiguang.internal"], {"jiguang-core"}),
        (["com.asus.msa", "com.zui.opendeviceidlibrary"], set()),
        (["com.asus.msa", "com.bun.miitmdid"], {"msa-oaid"}),
        (["com.umeng.qq"], {"umeng-share"}),
        (["com.google.android.gms.auth"], set()),
        (["com.google.firebase.components"], set()),
        (["com.netease.nis.sdkwrapper"], set()),
        (["com.facebook.internal"], set()),
        (["com.baidu.lbsapi"], set()),
    ],
)
def test_shared_and_nested_packages(prefixes: list[str], expected: set[str]) -> None:
    assert set(find(*prefixes)) == expected


@pytest.mark.parametrize(
    "prefix",
    ["com.tencent.myapp", "com.baidu.tieba", "com.alibaba.mobileim", "com.huawei.mail",
     "com.xiaomi.smarthome", "com.bytedance.ies", "com.cmcm.live", "com.iflytek.speechassistant",
     "com.jd.jrapp", "com.netease.cloudmusic", "com.mobvoi.ticwear", "com.securityguard.x"],
)  # fmt: skip
def test_a_vendor_s_own_app_is_no_sdk(prefix: str) -> None:
    assert find(prefix) == {}


@pytest.mark.parametrize(
    "name",
    ["libapp.so", "libfb.so", "libhs.so", "libfire.so", "libdu.so", "libnms.so", "liblbs.so",
     "libeffect.so", "libmtc.so", "libzmf.so", "libwind.so", "libutility.so", "libindoor.so",
     "libmpbase.so", "libqmp.so", "libcipherdb.so", "libsdkcore.so", "libgtcore.so",
     "libquicklogin.so", "libCtaApiLib.so", "libcrashsdk.so", "libtnet-3.1.so"],
)  # fmt: skip
def test_common_library_names_alone_are_nothing_at_all(name: str) -> None:
    seen = Observed(files=(f"lib/arm64-v8a/{name}",))
    assert match_catalogue(seen, load_catalogue()) == ()


@pytest.mark.parametrize(
    "aggregate",
    ["com.chuanglan.shanyan_sdk", "cn.jiguang.verifysdk", "com.g.gysdk", "com.mob.secverify",
     "com.netease.nis.quicklogin", "com.geetest.onelogin", "com.mobile.auth", "com.umeng.umverify"],
)  # fmt: skip
def test_carriers_under_an_aggregate_say_through_whom(aggregate: str) -> None:
    found = find(
        aggregate, "com.cmic.sso", "cn.com.chinatelecom.account", "com.unicom.xiaowo.account"
    )
    (through,) = set(found) - {"cmcc-auth", "ctcc-auth", "cucc-auth"}
    assert {found[carrier].via for carrier in ("cmcc-auth", "ctcc-auth", "cucc-auth")} == {
        (through,)
    }


def test_push_channels_say_through_whom() -> None:
    found = find("cn.jpush.android.api", "com.xiaomi.mipush", "com.vivo.push")
    assert (found["xiaomi-push"].via, found["vivo-push"].via) == (("jpush",), ("jpush",))


def test_meta_data_or_hosts_alone_are_nothing_at_all() -> None:
    seen = Observed(meta=("UMENG_APPKEY", "JPUSH_APPKEY"), hosts=frozenset({"alogs.umeng.com"}))
    assert match_catalogue(seen, load_catalogue()) == ()


def test_ios_marks_count_by_whether_they_were_seen_in_a_file() -> None:
    seen = Observed(platform="ios", symbols=("JPUSHService", "WXApi", "BMKMapView", "MTAReader"))
    found = {d.id: d.confidence for d in match_catalogue(seen, load_catalogue())}
    assert found == {
        "jpush": Confidence.LIKELY,
        "tencent-wechat": Confidence.LIKELY,
        "baidu-map": Confidence.POSSIBLE,
    }
