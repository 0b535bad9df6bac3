"""Taps through the app after consent, without end in sight but within bounds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from analyzers.runtime.consent import Control, is_refusal, normalise

if TYPE_CHECKING:
    from analyzers.runtime.phases import Phone
    from analyzers.runtime.screens import Screen, View
    from analyzers.runtime.settings import RunSettings

LEAVING = (
    "退出",
    "注销",
    "登出",
    "删除",
    "取消",
    "不同意",
    "拒绝",
    "关闭",
    "exit",
    "quit",
    "logout",
    "signout",
    "delete",
)
"""Labels that lead out of what is being looked at; tapped last or never."""


class Explorer:
    """Taps every control it has not tapped yet, deepest page first."""

    def __init__(self, phone: Phone, settings: RunSettings, deadline: float) -> None:
        self._phone = phone
        self._settings = settings
        self._deadline = deadline
        self._tapped: set[tuple[str, str]] = set()

    def run(self) -> bool:
        """Tap until nothing is left, the bound is reached or time is up; False when it ended."""
        idle = 0
        for _ in range(self._settings.taps * 2):
            if len(self._tapped) >= self._settings.taps or time.monotonic() > self._deadline:
                break
            screen, _file = self._phone.look("in_use")
            control = self._next(screen)
            if control is None:
                idle += 1
                if idle > 2:
                    break
                self._phone.back()
                self._phone.dwell(self._settings.tap_ms, 300)
                continue
            idle = 0
            if not self._tap(control):
                return False
        return self._phone.dwell(self._settings.phase_ms // 2, self._settings.phase_ms)

    def _tap(self, control: Control) -> bool:
        if not self._phone.tap(control):
            return False
        alive = self._phone.dwell(self._settings.tap_ms, 1_000)
        if alive and self._phone.answer_permissions(grant=True):
            alive = self._phone.dwell(self._settings.tap_ms, 500)
        return alive

    def _next(self, screen: Screen) -> Control | None:
        front = screen.front
        if front is None:
            return None
        for view in front.views:
            key = (screen.activity + front.type, _name(view))
            if view.clickable and view.enabled and key not in self._tapped and not _leads_out(view):
                self._tapped.add(key)
                return Control(front.number, view.number, view.label)
        return None


def _name(view: View) -> str:
    return f"{view.id}|{view.label}|{view.cls if not view.label else ''}"


def _leads_out(view: View) -> bool:
    label = normalise(view.label)
    return is_refusal(view.label) or any(word in label for word in LEAVING)
