"""A whole assessment as a reviewer would meet it: every chapter and every outcome occurs."""

from __future__ import annotations

from profiles.model import (
    Assessment,
    Clause,
    Conclusion,
    ConclusionKind,
    Group,
    Mode,
    Outcome,
    Severity,
    Text,
    Verdict,
)
from tests.builders import (
    make_a_fact,
    make_a_limitation,
    make_assessment,
    make_coverage,
    make_fact_set,
    make_verdict,
)

STACK = [
    "cn.edu.example.campus.sdk.Tracker.collect(Tracker.java:41)",
    "cn.edu.example.campus.App.onCreate(App.java:22)",
    "android.app.Instrumentation.callApplicationOnCreate(Instrumentation.java:1223)",
]
PERMISSIONS = (
    ("ACCESS_FINE_LOCATION", "dangerous", "LOCATION", "精确位置", "获取卫星、基站与 Wi-Fi 定位", ["location.precise"]),
    ("READ_CONTACTS", "dangerous", "CONTACTS", "读取联系人", "读取通讯录中的姓名与号码", ["contacts"]),
    ("CAMERA", "dangerous", "CAMERA", "拍摄照片和视频", "使用摄像头", ["camera"]),
    ("READ_PHONE_STATE", "dangerous", "PHONE", "读取手机状态", "读取设备识别码与通话状态", ["device.imei", "call_state"]),
    ("REQUEST_INSTALL_PACKAGES", "special", "", "安装其他应用", "请求安装应用", []),
    ("INTERNET", "normal", "", "访问网络", "建立网络连接", []),
)  # fmt: skip


def make_permissions() -> list:
    return [
        make_a_fact(
            "android.permission.declared",
            f"android.permission.{name}",
            level=level, group=group, name_zh=zh, purpose_zh=purpose, types=types,
        )
        for name, level, group, zh, purpose, types in PERMISSIONS
    ]  # fmt: skip


def make_software() -> list:
    return [
        make_a_fact(
            "software.sdk",
            "jpush",
            name_zh="极光推送",
            name_en="JPush",
            vendor="深圳市和讯华谷信息技术有限公司",
            country="CN",
            category="push",
            purpose_zh="消息推送",
            tracker=True,
            version="4.9.0",
            signatures=["class:cn.jpush.android", "component:cn.jpush.android.service.PushService"],
            types=["device.android_id", "location.coarse"],
            types_source="厂商合规说明",
            delay_init="JCollectionAuth.setAuth(context, false)",
        ),
        make_a_fact(
            "software.sdk",
            "okhttp",
            name_en="OkHttp",
            category="network",
            library=True,
            version="4.12.0",
            purl="pkg:maven/com.squareup.okhttp3/okhttp@4.12.0",
        ),
    ]


def make_manifest() -> list:
    campus = "cn.edu.example.campus"
    return [
        make_a_fact("android.component", f"{campus}.MainActivity", type="activity", exported=True,
                    launcher=True, enabled=True, actions=["android.intent.action.MAIN"]),
        make_a_fact("android.component", f"{campus}.ShareActivity", type="activity", exported=True,
                    enabled=True, actions=["android.intent.action.SEND"], schemes=["campus"]),
        make_a_fact("android.component", "cn.jpush.android.service.PushService", type="service",
                    exported=True, enabled=True, permission=f"{campus}.permission.PUSH",
                    guard_level="signature", process=":push"),
        make_a_fact("android.component", f"{campus}.DataProvider", type="provider", enabled=True,
                    authorities=[f"{campus}.provider"]),
        make_a_fact("android.application.flag", "debuggable", value=True, explicit=True),
        make_a_fact("android.application.flag", "allowBackup", value=True),
        make_a_fact("android.autostart", f"{campus}.BootReceiver",
                    triggers=["android.intent.action.BOOT_COMPLETED"]),
        make_a_fact("android.network_security", "base", cleartext=True),
        make_a_fact("android.bundled_package", "assets/shop.apk", package_id="com.example.shop",
                    version_name="1.0", sha256="4d" * 32),
        make_a_fact("android.native_library", "libcampus.so", abis=["arm64-v8a"], size=182_336,
                    jni=True),
        make_a_fact("android.signing.scheme", "v1", state="verified"),
        make_a_fact("android.signing.scheme", "v2", state="verified"),
        make_a_fact("android.signing.scheme", "v3", state="absent"),
        make_a_fact("android.signing.certificate", "9f" * 32, debug=True,
                    subject_name="CN=Campus,O=Example University,C=CN",
                    public_key_algorithm="RSA-2048", signature_algorithm="SHA256-RSA",
                    not_before="2024-01-01T00:00:00Z", not_after="2054-01-01T00:00:00Z"),
        make_a_fact("zip.anomaly", "duplicate_entry", entry="classes.dex", count=1),
    ]  # fmt: skip


def make_code() -> list:
    site = "Lcn/edu/example/campus/sdk/Tracker;->collect(Landroid/content/Context;)V"
    return [
        make_a_fact("code.statistics", "dex", dex_files=2, dex_bytes=9_412_004, classes=8412,
                    methods=61_204, calls=245_728),
        make_a_fact("code.api", "settings.android_id", site=site, type="device.android_id",
                    api="android.provider.Settings$Secure#getString", line="ar-3.5",
                    weight="decisive", owner="jpush", via="call", startup="yes",
                    chain=["Lcn/edu/example/campus/App;->onCreate()V", site],
                    entry="Lcn/edu/example/campus/App;->onCreate()V", file="classes.dex"),
        make_a_fact("code.api", "location.last_known", line="ar-3.1", type="location.precise",
                    api="android.location.LocationManager#getLastKnownLocation", weight="decisive",
                    site="Lcn/edu/example/campus/MainActivity;->locate()V", owner="app",
                    via="call", startup="no", file="classes.dex"),
    ]  # fmt: skip


def make_run() -> list:
    api = "android.provider.Settings$Secure#getString"
    return [
        make_a_fact("runtime.run", "run-1", runtime="embedded",
                    platform="Android 14 framework on JVM 17", witnesses=["agent"], integrity=True,
                    phases=["start", "consent_shown", "refused", "consented"], consent_ui=True,
                    seconds=14.2),
        make_a_fact("runtime.event", "settings.android_id", api=api, type="device.android_id",
                    line="ar-3.5", weight="decisive", phase="start", pre_consent=True,
                    result="returned", owner="jpush", owner_name="极光推送", frame=STACK[0],
                    stack=STACK, thread="main", first_ms=412, count=3, argument="android_id"),
        make_a_fact("runtime.event", "location.last_known", line="ar-3.1", type="location.precise",
                    api="android.location.LocationManager#getLastKnownLocation", weight="decisive",
                    phase="consent_shown", pre_consent=True, result="denied", owner="app",
                    owner_name="", frame="cn.edu.example.campus.MainActivity.locate",
                    stack=STACK[1:], thread="pool-1", first_ms=1902, count=1),
        make_a_fact("runtime.event", "contacts.query", line="ar-3.2", type="contacts",
                    api="android.content.ContentResolver#query", weight="decisive",
                    phase="consented", result="returned", owner="app", stack=STACK[1:],
                    thread="main", first_ms=8120, count=1),
        make_a_fact("runtime.permission_request", "android.permission.ACCESS_FINE_LOCATION",
                    phase="start", pre_consent=True, group="LOCATION", line="ar-3.1", together=2,
                    owner="app", count=1),
        make_a_fact("runtime.consent", "screen-1", agree="同意", refuse="不同意",
                    text="欢迎使用掌上校园。请阅读《隐私政策》与《用户协议》。"),
        make_a_fact("runtime.flow", "stats.jpush.cn", scheme="http", phase="start",
                    pre_consent=True, owner="jpush", types=["device.android_id"],
                    encodings=["base64"], readable=True, cleartext=True, count=2),
        make_a_fact("runtime.crash", "java.lang.UnsatisfiedLinkError", phase="in_use",
                    frame="cn.edu.example.campus.Native.load", message="libcampus.so"),
    ]  # fmt: skip


def make_compared() -> list:
    return [
        make_a_fact("derived.type_matrix", "device.android_id", declared="no", found="yes",
                    seen="yes", sent="yes", policy="denied"),
        make_a_fact("derived.type_matrix", "contacts", declared="yes", found="no", seen="no",
                    sent="unknown", policy="yes"),
        make_a_fact("derived.sensitive_type", "contacts", sources=["permission"]),
        make_a_fact("derived.disclosure_gap", "device.android_id", what="type", against="policy",
                    proof="run", denied=True),
        make_a_fact("derived.permission_fit", "android.permission.READ_SMS", fit="unexpected"),
        make_a_fact("derived.permission_fit", "android.permission.CAMERA", fit="unknown"),
    ]  # fmt: skip


def make_verdicts(ids: dict[str, str], limitation: str) -> tuple[Verdict, ...]:
    memory = Clause(document="CSL", article="第二十二条", seen="记忆")
    retold = Clause(document="M", article="一、（一）（M-1.1）", seen="译述")
    advice = Text(zh="把初始化移到用户同意之后。", en="Start it after the user agreed.")
    check = Text(zh="核对事件的时间与调用栈。", en="Check time and stack of the events.")
    return (
        make_verdict("ar-1.1", Outcome.NEEDS_DOCUMENT, mode=Mode.PERSON,
                     title=Text(zh="提供者主体资质", en="Provider's legal standing"),
                     reason=Text(zh="没有附营业执照或事业单位证明。", en="No licence is attached.")),
        make_verdict("ar-1.6", Outcome.REVIEW, clauses=(memory,), severity=Severity.MEDIUM,
                     title=Text(zh="应用安全性：高危问题清单", en="Security: serious findings"),
                     reason=Text(zh="应用可调试，并允许明文传输。", en="Debuggable and cleartext."),
                     facts=(ids["debuggable"], ids["base"]), advice_reviewer=check),
        make_verdict("ar-2.9", Outcome.ERROR,
                     title=Text(zh="传输与存储安全", en="Transport and storage"),
                     reason=Text(zh="检测模块出错，没有结果。", en="The analyzer failed.")),
        make_verdict("ar-3.1", Outcome.NOT_TESTED, limitations=(limitation,),
                     missing_coverage=("runtime.start.ar-3.1", "runtime.consent_shown.ar-3.1"),
                     title=Text(zh="同意前收集地理位置", en="Location before consent"),
                     reason=Text(zh="运行没有覆盖同意前的阶段。", en="The run was incomplete.")),
        make_verdict("ar-3.2", Outcome.PASS,
                     title=Text(zh="同意前读取通讯录", en="Contacts before consent"),
                     reason=Text(zh="运行覆盖了同意前的各阶段，没有观察到读取。", en="Not seen.")),
        make_verdict("ar-3.5", Outcome.FAIL, clauses=(make_verdict().clauses[0], retold),
                     title=Text(zh="同意前收集其他信息", en="Other information before consent"),
                     reason=Text(zh="同意前已取得 Android ID，调用方：极光推送。",
                                 en="Android ID was read before consent by JPush."),
                     facts=(ids["settings.android_id"],), advice_reviewer=check,
                     advice_developer=advice),
        make_verdict("ar-4.2", Outcome.NOT_APPLICABLE, mode=Mode.ASSISTED, severity=Severity.LOW,
                     title=Text(zh="生物特征三性论证", en="Biometrics"),
                     reason=Text(zh="没有采集生物特征。", en="No biometrics.")),
    )  # fmt: skip


def make_campus() -> Assessment:
    """Make the assessment: 7 lines, one of each outcome."""
    limitation = make_a_limitation(hides=("runtime.start.ar-3.1",))
    facts = [
        *make_permissions(),
        *make_software(),
        *make_manifest(),
        *make_code(),
        *make_run(),
        *make_compared(),
    ]
    fact_set = make_fact_set(
        *facts,
        limitations=[limitation],
        coverage=[
            make_coverage("android.permissions"),
            make_coverage("runtime.start.ar-3.1", "partial", limitation),
            make_coverage("runtime.start.ar-3.2"),
            make_coverage("software.packers", "none"),
        ],
    )
    titles = {
        "ar-1": ("资质、真实性、安全性", "Qualification, authenticity, security"),
        "ar-2": ("用户信息安全保护机制", "Protection of users' information"),
        "ar-3": ("未经同意开启；无关功能；捆绑安装", "Without consent"),
        "ar-4": ("程序与论证", "Procedure"),
    }
    return make_assessment(
        *make_verdicts({fact.subject: fact.id for fact in facts}, limitation.id),
        fact_set=fact_set,
        groups=tuple(Group(id=key, title=Text(zh=zh, en=en)) for key, (zh, en) in titles.items()),
        conclusion=Conclusion(
            kind=ConclusionKind.REWORK,
            code="rework",
            reason=Text(zh="有 1 项不符合，整改后复审。", en="One line is not compliant."),
            because=("ar-3.5",),
        ),
    )
