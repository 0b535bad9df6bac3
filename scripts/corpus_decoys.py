"""Decoys: apps that hold nothing of the catalogue but look as if they did."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from corpus_build import Job, merge_manifest

if TYPE_CHECKING:
    from pathlib import Path

LOOKALIKES = (
    "com.baidumapdemo", "com.umengdemo.analytics", "com.tencentmap.demo", "cn.jpushdemo.android",
    "com.alipaydemo.sdk", "com.amapdemo.api", "com.igexintest", "com.sinaweibo.sdk",
    "com.xiaomipush.mipush", "com.huaweihms.push", "com.bytedancesdk.openadsdk", "com.qqe.ads",
)  # fmt: skip
STUBS = (
    ("com.umeng.analytics", "MobclickAgent"), ("com.tencent.bugly.crashreport", "CrashReport"),
    ("cn.jpush.android.api", "JPushInterface"), ("com.igexin.sdk", "PushManager"),
    ("com.google.android.gms.ads", "AdRequest"), ("com.adjust.sdk", "Adjust"),
)  # fmt: skip
STRINGS = (
    "com.umeng.analytics.MobclickAgent", "cn.jpush.android.api.JPushInterface",
    "https://alogs.umeng.com/", "https://bugly.qq.com/", "https://api.weibo.com/oauth2",
    "UMENG_APPKEY", "JPUSH_APPKEY", "com.tencent.mm", "com.eg.android.AlipayGphone",
    "https://restapi.amap.com/v3", "https://www.jiguang.cn/license/privacy", "GETUI_APPID",
)  # fmt: skip
MANIFEST = (
    "<manifest xmlns:android='http://schemas.android.com/apk/res/android' package='x'>"
    "<application>{}</application></manifest>"
)
META = "<meta-data android:name='{}' android:value='1'/>"
FILES = {
    "generic-libraries": (
        "libexec.so",
        "libshell.so",
        "libapp.so",
        "libjni.so",
        "libloader.so",
        "libmd.so",
    ),
    "not-a-packer": ("libsgmain.so", "libmsaoaidsec.so", "lib39285EFA.so", "libBugly.so"),
}


def make_decoys(folder: Path, target: Path) -> list[Job]:
    """Write and compile the sources of all decoys."""
    jobs = [
        _job("look-alike-packages", folder, target, _lookalikes()),
        _job("look-alike-classes", folder, target, _near_misses()),
        _job("stub-classes", folder, target, {f"{p}.{c}": "" for p, c in STUBS}),
        _job("strings-only", folder, target, {"edu.campus.app.Texts": _fields(STRINGS)}),
        _job("own-com-loc", folder, target, {f"com.loc.Point{n}": "" for n in range(20)}),
    ]
    meta = "".join(
        META.format(name) for name in ("UMENG_APPKEY", "JPUSH_APPKEY", "GETUI_APPID", "Mob-AppKey")
    )
    jobs.append(_job("meta-data-only", folder, target, {"edu.campus.app.Main": ""}, meta=meta))
    for name, libraries in FILES.items():
        job = _job(name, folder, target, {"edu.campus.app.Main": ""})
        job.extra = {f"lib/arm64-v8a/{library}": b"\x7fELF" + bytes(60) for library in libraries}
        jobs.append(job)
    return jobs


def _lookalikes() -> dict[str, str]:
    return {f"{package}.Part{n}": "" for package in LOOKALIKES for n in range(8)}


def _near_misses() -> dict[str, str]:
    names = (
        "com.umengx.A",
        "com.baidu2.location.A",
        "cn.jiguangx.A",
        "com.tencent.buglyx.A",
        "com.amap.apix.A",
    )
    return {f"{name}{n}": "" for name in names for n in range(8)}


def _fields(texts: tuple[str, ...]) -> str:
    return "".join(f'public String s{n}() {{ return "{text}"; }}\n' for n, text in enumerate(texts))


def _job(name: str, folder: Path, target: Path, sources: dict[str, str], meta: str = "") -> Job:
    home = folder / name
    for full, body in sources.items():
        package, _, simple = full.rpartition(".")
        path = home / "src" / package.replace(".", "/") / f"{simple}.java"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"package {package};\npublic class {simple} {{ {body} }}\n", "utf-8")
    files = [str(path) for path in sorted((home / "src").rglob("*.java"))]
    (home / "classes").mkdir()
    subprocess.run(
        ["javac", "--release", "8", "-nowarn", "-d", str(home / "classes"), *files],
        check=True,
        capture_output=True,
    )
    manifest = merge_manifest("edu.campus.decoy", [MANIFEST.format(meta)])
    return Job(
        name,
        target / f"{name}.apk",
        [],
        False,
        package="edu.campus.decoy",
        classes=home / "classes",
        manifest=manifest,
    )
