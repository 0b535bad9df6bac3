"""Hints come from what looks like a label, and look-alikes are left alone."""

from __future__ import annotations

import pytest

from analyzers.content.functions import find_fields, find_functions, load_words
from analyzers.content.texts import AppText
from analyzers.knowledge.personal_types import load_personal_types


def texts(*lines: str) -> list[AppText]:
    return [
        AppText(file="resources.arsc", place=f"string/s{n}", text=t) for n, t in enumerate(lines)
    ]


FUNCTIONS = [
    ("check_in", "立即签到"), ("check_in", "上课打卡"), ("check_in", "晚点名"),
    ("points", "我的积分"), ("ranking", "积分排行榜"), ("ranking", "班级排名"),
    ("screenshot_report", "上传截图"), ("homework", "提交作业"), ("attendance", "我要请假"),
    ("grades", "成绩查询"), ("payment", "确认支付"), ("payment", "宿舍电费充值"),
    ("forum", "发帖"), ("forum", "校园树洞"), ("live", "正在直播"), ("login_wall", "请先登录"),
    ("advertising", "跳过广告"), ("shake", "摇一摇"), ("notice", "通知公告"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "label"), FUNCTIONS)
def test_a_label_points_to_its_function(name: str, label: str) -> None:
    assert name in {hint.name for hint in find_functions(texts(label, "确定", "取消"))}


@pytest.mark.parametrize(
    "label",
    ["微积分", "定积分与不定积分", "操作系统与作业系统", "高空作业", "无广告", "广告学专业",
     "收费站", "社区医院", "禁止录屏", "确定", "教学楼", "返回"],
)  # fmt: skip
def test_a_look_alike_points_to_nothing(label: str) -> None:
    assert list(find_functions(texts(label))) == []


def test_a_long_text_is_no_label() -> None:
    news = "本周五下午学校将举行运动会，请各班同学提前到操场签到，具体安排见附件。"
    assert list(find_functions(texts(news))) == []


FIELDS = [
    ("name", "请输入姓名"), ("name", "真实姓名"), ("student_number", "学号不能为空"),
    ("id_card", "身份证号码："), ("phone_number", "绑定手机号"), ("face", "上传人脸照片"),
    ("department", "请选择院系"), ("birthday", "出生日期"), ("parent", "紧急联系人：*"),
    ("bank_card", "请填写银行卡号"), ("email", "邮箱格式不正确"), ("health", "请填写体温"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "label"), FIELDS)
def test_a_field_that_is_asked_for(name: str, label: str) -> None:
    assert name in {hint.name for hint in find_fields(texts(label))}


@pytest.mark.parametrize(
    "label",
    ["信息学院简介", "姓名学研究", "刷脸支付更方便", "本学院欢迎你", "专业介绍", "电话号码簿"],
)
def test_a_mention_is_no_field(label: str) -> None:
    assert list(find_fields(texts(label))) == []


def test_traditional_and_english_labels_are_read_too() -> None:
    labels = texts("請輸入手機號碼", "Email address", "收货人姓名", "父亲联系电话")
    assert {hint.name for hint in find_fields(labels)} == {
        "phone_number", "email", "name", "parent",
    }  # fmt: skip
    found = {hint.name for hint in find_functions(texts("Sign in to continue", "立即簽到"))}
    assert found == {"login_wall", "check_in"}


def test_the_evidence_names_each_word_once() -> None:
    [hint] = find_functions(texts("签到", "去签到", "补签到", "打卡"))
    assert hint.words == ("签到", "打卡")
    assert [text.place for text in hint.texts] == ["string/s0", "string/s3"]


def test_types_of_fields_are_known() -> None:
    known = load_personal_types()
    for name, row in load_words()["fields"].items():
        assert row["type"] == "" or row["type"] in known, name
