"""Policies are read as a careful reader would, in time proportional to their length."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.content.policy_text import (
    find_date,
    find_days,
    find_sdks,
    find_types,
    looks_like_policy,
    read_policy,
    split_sentences,
    tell_language,
)
from analyzers.content.texts import decode_text, strip_tags


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
