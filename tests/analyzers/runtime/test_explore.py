"""Exploring taps every control once, stays inside the app and within its bounds."""

from __future__ import annotations

import time

from analyzers.runtime.explore import Explorer
from analyzers.runtime.settings import RunSettings
from tests.analyzers.runtime.fakes import ScriptedPhone, make_screen

MAIN = make_screen("课表", "退出登录", "签到", kind="1", activity="Main")
PAGE = make_screen("允许定位", "取消", kind="1", activity="Page")


def explore(phone: ScriptedPhone, taps: int = 10) -> bool:
    settings = RunSettings(taps=taps, tap_ms=1, phase_ms=1)
    return Explorer(phone, settings, time.monotonic() + 60).run()


def test_each_control_is_tapped_once_and_none_that_leads_out() -> None:
    phone = ScriptedPhone(0, {"main": MAIN, "page": PAGE}, {("main", "签到"): "page"}, "main")
    assert explore(phone)
    taps = [step for step in phone.done if step.startswith("tap")]
    assert taps == ["tap 课表", "tap 签到", "tap 允许定位"]
    assert "back" in phone.done


def test_the_bound_is_kept() -> None:
    many = make_screen(*(f"按钮{number}" for number in range(30)), kind="1")
    phone = ScriptedPhone(0, {"main": many}, {}, "main")
    explore(phone, taps=5)
    assert len([step for step in phone.done if step.startswith("tap")]) == 5


def test_a_request_is_granted_after_a_tap() -> None:
    phone = ScriptedPhone(0, {"main": MAIN}, {}, "main")
    phone.request = "android.permission.CAMERA"
    explore(phone)
    assert "grant android.permission.CAMERA" in phone.done


def test_the_end_of_the_app_is_told() -> None:
    phone = ScriptedPhone(0, {"main": MAIN}, {("main", "课表"): "ended"}, "main")
    assert explore(phone) is False
