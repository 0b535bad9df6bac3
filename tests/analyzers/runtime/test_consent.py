"""Prompts are told from what only looks like one, and refusal is never taken for consent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analyzers.runtime.consent import classify, find_prompt, normalise
from analyzers.runtime.screens import Screen, read_screen
from tests.analyzers.runtime.fakes import make_screen

SEEN = sorted((Path(__file__).parent / "screens" / "seen").glob("*.json"))
TYPES = {"activity": "1", "dialog": "2", "popup": "1000"}
POLICY = "请您阅读《用户协议》和《隐私政策》，我们将按照政策收集和使用您的个人信息。"


def flatten(node: dict[str, Any], views: list[dict[str, Any]], inside: bool) -> None:
    views.append({
        "number": len(views), "class": node["class"], "id": node["id"], "enabled": True,
        "text": "" if node["role"] in ("image", "edit") else node["text"],
        "description": node["text"] if node["role"] == "image" else "",
        "hint": node["text"] if node["role"] == "edit" else "",
        "clickable": node["clickable"], "inside": inside and not node["clickable"],
        "checkable": node["checked"] is not None, "checked": bool(node["checked"]),
    })  # fmt: skip
    for child in node["children"]:
        flatten(child, views, node["clickable"] and len(node["children"]) <= 4)


def as_screen(described: dict[str, Any]) -> Screen:
    views: list[dict[str, Any]] = []
    flatten(described["tree"], views, False)
    window = {"number": 0, "class": "w", "type": TYPES[described["window"]], "views": views}
    return read_screen([window], "A")


@pytest.mark.parametrize("path", SEEN, ids=lambda path: path.stem)
def test_described_screen_is_classified(path: Path) -> None:
    described = json.loads(path.read_text("utf-8"))
    expected = described["expected"]
    found = classify(as_screen(described))
    allowed = {expected["class"], *expected["also"]}
    allowed |= {"splash", "none"} if "unknown" in allowed else set()
    assert found in allowed


@pytest.mark.parametrize("path", SEEN, ids=lambda path: path.stem)
def test_nothing_but_the_agreeing_control_is_taken_for_consent(path: Path) -> None:
    described = json.loads(path.read_text("utf-8"))
    prompt = find_prompt(as_screen(described))
    agree = described["expected"]["agree"]
    taken = prompt.agree if prompt is not None else None
    assert taken is None or (agree is not None and agree["text"] in ("", taken.label))


@pytest.mark.parametrize(
    ("label", "plain"),
    [("同意 (5s)", "同意"), ("不同意（10）", "不同意"), ("I AGREE!", "iagree"), ("同意并继续 3秒", "同意并继续"),
     ("OK", "ok"), ("  ", "")],
)  # fmt: skip
def test_labels_are_normalised(label: str, plain: str) -> None:
    assert normalise(label) == plain


@pytest.mark.parametrize(
    "refusal", ["不同意", "不同意并退出", "暂不同意", "仍不同意", "拒绝", "Disagree", "退出应用"]
)
def test_refusal_is_found_and_never_agreed_to(refusal: str) -> None:
    prompt = find_prompt(make_screen(refusal, "同意并继续", text=POLICY))
    assert prompt is not None
    assert prompt.agree is not None
    assert prompt.refuse is not None
    assert (prompt.agree.label, prompt.refuse.label) == ("同意并继续", refusal)
    alone = find_prompt(make_screen(refusal, text=POLICY))
    assert alone is None or alone.agree is None


def test_a_login_with_a_box_is_no_prompt() -> None:
    screen = make_screen(
        "?手机号", "?密码", "*我已阅读并同意《隐私政策》", "登录", text=POLICY, kind="1"
    )
    assert find_prompt(screen) is None
    assert classify(screen) == "login"


def test_settings_that_list_the_policy_are_no_prompt() -> None:
    screen = make_screen("账号与安全", "隐私政策", "关于我们", "退出登录", kind="1")
    assert find_prompt(screen) is None
    assert classify(screen) == "main"


def test_a_ticked_box_is_told() -> None:
    prompt = find_prompt(make_screen("*同意《隐私政策》", "不同意", "同意", text=POLICY))
    assert prompt is not None
    assert prompt.prechecked
