"""Policies are read as a careful reader would, in time proportional to their length."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.content.folding import fold_text
from analyzers.content.policy_text import (
    find_date,
    find_days,
    find_elements,
    find_sdks,
    find_types,
    looks_like_policy,
    read_policy,
    split_sentences,
    tell_language,
)
from analyzers.content.policy_words import load_policy_words
from analyzers.content.texts import decode_text, strip_tags
from analyzers.knowledge.catalogue import load_catalogue
from analyzers.knowledge.personal_types import load_personal_types
from analyzers.knowledge.sdk_names import load_sdk_aliases


def types_of(text: str) -> dict[str, tuple[bool, bool]]:
    return {t.type: (t.purpose, t.denied) for t in find_types(split_sentences(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们收集您的手机号码用于登录。", {"device.phone_number": (True, False)}),
        ("我们收集您的手机号码。", {"device.phone_number": (False, False)}),
        ("我们不会收集您的通讯录。", {"contacts": (False, True)}),
        ("不会读取短信内容，也不读取通讯录。", {"sms": (False, True), "contacts": (False, True)}),
        ("通讯录功能供您查看同事电话。", {}),
        (
            "我们不收集通讯录。使用好友功能时会读取通讯录，用于匹配好友。",
            {"contacts": (True, False)},
        ),
        ("经您授权后打开相机扫码，照片不保存。", {"camera": (False, False)}),
    ],
)
def test_types_are_collected_denied_or_only_mentioned(
    text: str, expected: dict[str, tuple[bool, bool]]
) -> None:
    assert types_of(text) == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("隐私政策\n更新日期：2024年9月1日", "2024-09-01"),
        ("版本 2024-12-31 起", "2024-12-31"),
        ("生效时间 2025/1/5", "2025-01-05"),
        ("生效日期：2024年13月1日", ""),
        ("自即日起生效", ""),
        ("x" * 400 + "2024年9月1日", ""),
    ],
)
def test_the_date_of_the_version(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我们在15个工作日内答复", 15),
        ("将于十五个工作日内处理", 15),
        ("二十日内反馈", 20),
        ("三十天内", 30),
        ("五个工作日", 5),
        ("保存15天", None),
        ("及时处理", None),
    ],
)
def test_promised_days(text: str, days: int | None) -> None:
    assert find_days(text) == days


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们非常重视您的个人信息和隐私保护，将按照法律规定处理", "zh-Hans"),
        ("我們非常重視您的個人資料與隱私保護，將按照法律規定處理個人資料", "zh-Hant"),
        ("We value your privacy and protect your personal information.", "en"),
        ("Мы ценим вашу конфиденциальность и защищаем ваши данные очень хорошо", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_language(text: str, language: str) -> None:
    assert tell_language(text) == language


def test_sdks_are_found_by_full_short_and_latin_name() -> None:
    text = "接入友盟统计SDK用于统计。腾讯 Bugly：崩溃分析。使用高德定位服务。"
    assert {sdk.id for sdk in find_sdks(split_sentences(text))} == {
        "umeng-analytics", "tencent-bugly", "amap-location",
    }  # fmt: skip


HANT = """某某書城隱私權政策
最後更新日期：民國113年5月2日
某某書城股份有限公司（以下簡稱「本公司」）非常重視您的隱私權。
一、蒐集之個人資料類別
本公司於您註冊會員時，蒐集您的姓名、電子郵件、行動電話號碼及收件地址。我們不會讀取您的通訊錄。
二、分享
除法律規定外，本公司不會將您的個人資料提供予第三人。
三、當事人權利
您得向本公司請求查詢、更正、停止蒐集及刪除，本公司將於十五日內回覆。"""
ENGLISH = """Privacy Policy
Last Updated: 12 January 2025
Foo Bar Inc. ("we") collects information when you use the FooRun application.
1. Information We Collect
- Account: your name and email address.
- Health: heart rate and step count from your watch.
We never access your contacts, call log or text messages.
2. Third-Party SDKs
We use Sentry and OneSignal.
3. Your rights
You may ask us to correct or erase your data. Requests are answered within 30 days."""


def test_a_policy_in_traditional_characters() -> None:
    reading = read_policy(HANT)
    assert looks_like_policy(HANT)
    assert (reading.language, reading.date) == ("zh-Hant", "2024-05-02")
    assert {t.type: t.denied for t in reading.types} == {
        "identity.name": False, "identity.email": False, "device.phone_number": False,
        "identity.address": False, "contacts": True,
    }  # fmt: skip
    days = {element.name: element.days for element in reading.elements}
    assert days["deletion"] == days["correction"] == 15
    assert {"controller", "sharing", "rights"} <= days.keys()


def test_a_policy_in_english() -> None:
    reading = read_policy(ENGLISH)
    assert looks_like_policy(ENGLISH)
    assert (reading.language, reading.date) == ("en", "2025-01-12")
    assert {t.type for t in reading.types if t.denied} == {"contacts", "call_log", "sms"}
    assert {t.type for t in reading.types if not t.denied} == {
        "identity.name", "identity.email", "sensor.body", "sensor.steps",
    }  # fmt: skip
    assert {sdk.id for sdk in reading.sdks} == {"sentry", "onesignal"}
    assert {e.name: e.days for e in reading.elements}["deletion"] == 30


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("权限｜用途\n相机｜拍照识图\n位置｜导航", {"camera", "location.precise"}),
        ("功能：权限\n1. 剪贴板：识别口令", {"clipboard"}),
        ("我们处理以下信息：\n（1）学号、姓名；", {"identity.student_number", "identity.name"}),
        ("请勿在帖子里公开身份证号、住址。", set()),
    ],
)
def test_rows_and_lists_name_types(text: str, expected: set[str]) -> None:
    assert types_of(text).keys() == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("您可以更正信息、注销账号。我们在7个工作日内答复。", {"correction": 7, "account_cancellation": 7}),
        ("您可以更正信息。注销账号的请求在7个工作日内办理。", {"account_cancellation": 7}),
        ("联系客服邮箱：a@b.example。我们在7个工作日内答复。", {}),
    ],
)  # fmt: skip
def test_a_promise_means_the_requests_before_it(text: str, days: dict[str, int]) -> None:
    promised = {e.name: e.days for e in find_elements(split_sentences(text)) if e.days}
    promised.pop("rights", None)
    assert promised == days


@pytest.mark.parametrize(
    "title", ["工信部通报一批App的隐私政策", "个人信息保护知识竞赛", "隐私设置", "用户服务协议"]
)
def test_other_texts_on_privacy_are_no_policies(title: str) -> None:
    body = "我们收集您的手机号用于登录。您可以更正、删除信息或注销账号，请联系我们。"
    assert not looks_like_policy(f"{title}\n{body * 4}")
    assert looks_like_policy(f"隐私政策\n{body * 4}")


def test_a_prompt_that_points_to_a_policy_is_none() -> None:
    prompt = "欢迎使用！请仔细阅读《用户协议》和《隐私政策》，我们收集您的手机号用于登录。"
    assert not looks_like_policy(prompt * 4)


def test_a_news_page_is_no_policy() -> None:
    assert not looks_like_policy("校园新闻：" + "图书馆本周开放时间调整。" * 40)
    assert not looks_like_policy("隐私政策")
    assert not looks_like_policy("用户协议\n" + "请妥善保管账号，不得转借。" * 40)


def test_pages_lose_their_tags_and_scripts() -> None:
    page = (
        "<html><style>p{}</style><h1>隐私政策</h1><p>我们&amp;您</p><script>var x='收集'</script>"
    )
    assert re.sub(r"\s+", " ", strip_tags(page)).strip() == "隐私政策 我们&您"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_files(encoding: str) -> None:
    assert decode_text("隐私政策：我们收集信息".encode(encoding)).lstrip("\ufeff") == (
        "隐私政策：我们收集信息"
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=3000))
def test_any_text_can_be_read(text: str) -> None:
    reading = read_policy(text)
    assert reading.characters == len(text)


def test_the_work_grows_with_the_length_only() -> None:
    """Counted in calls, not in seconds: four times the text is at most five times the work."""

    def count(text: str) -> int:
        calls = 0

        def trace(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(trace)
        try:
            read_policy(text)
        finally:
            sys.setprofile(None)
        return calls

    unit = "我们收集您的手机号码，用于登录；接入某某SDK（某某公司）收集设备信息。" * 20
    read_policy(unit)
    assert count(unit * 8) <= 5 * count(unit * 2)


def test_every_alias_means_an_entry_of_the_catalogue() -> None:
    entries = load_catalogue().entries
    assert load_sdk_aliases().keys() >= {"融云", "移动一键登录", "mmkv"}
    assert {sdk_id for sdk_id in load_sdk_aliases().values() if sdk_id not in entries} == set()
    assert set(load_policy_words()["third_party"]["plain"].values()) <= set(entries)


def test_folding_keeps_every_place() -> None:
    text = "İ隱私權政策 Privacy 個人資料與伺服器"
    assert len(fold_text(text)) == len(text)
    assert fold_text(text).endswith("个人信息与服务器")


def test_types_of_the_words_are_known() -> None:
    assert load_policy_words()["types"].keys() <= load_personal_types().keys()
