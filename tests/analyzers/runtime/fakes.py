"""Builders of what a run would give: sealed lines, screens, a phone that plays a script."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from pathlib import Path

from analyzers.model import Phase
from analyzers.runtime.consent import Control
from analyzers.runtime.screens import Screen, View, Window

KEY = bytes(range(32))


def make_line(
    number: int, kind: str, phase: str = "start", key: bytes = KEY, **fields: object
) -> bytes:
    body = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))[:-1]
    body += "," if len(body) > 1 else ""
    body += f'"k":"{kind}","p":"{phase}","t":{number * 10},"n":{number}'
    seal = hmac.new(key, body.encode(), hashlib.sha256).hexdigest()[:16]
    return f'{body},"s":"{seal}"}}'.encode()


def make_event(
    number: int, owner: str, member: str, *, phase: str = "start", **fields: object
) -> bytes:
    given = {
        "owner": owner, "member": member, "desc": "()V", "args": [], "result": "returned",
        "thrown": "", "caller": "cn.edu.app.A", "stack": [f"{owner}#{member}:-1", "cn.edu.app.A#go:12"],
        "thread": "main", "count": 1, **fields,
    }  # fmt: skip
    return make_line(number, "event", phase, **given)


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def make_screen(*labels: str, text: str = "", kind: str = "2", activity: str = "A") -> Screen:
    """A window with a text and buttons; ``*label`` is a ticked box, ``?label`` an input field."""
    views = [View(number=0, cls="android.widget.FrameLayout")]
    if text:
        views.append(View(number=1, cls="android.widget.TextView", text=text))
    for label in labels:
        number = len(views)
        if label.startswith("*"):
            views.append(View(number=number, cls="android.widget.CheckBox", text=label[1:],
                              clickable=True, checkable=True, checked=True))  # fmt: skip
        elif label.startswith("?"):
            views.append(View(number=number, cls="android.widget.EditText", hint=label[1:]))
        else:
            views.append(
                View(number=number, cls="android.widget.Button", text=label, clickable=True)
            )
    window = Window(number=0, cls="DecorView", type=kind, views=tuple(views))
    return Screen(windows=(window,), activity=activity)


class ScriptedPhone:
    """Shows screens by a table (screen, tapped label) -> screen and notes what is done to it."""

    def __init__(
        self, number: int, screens: dict[str, Screen], moves: dict[tuple[str, str], str], at: str
    ) -> None:
        self.number = number
        self.screens = screens
        self.moves = moves
        self.at = at
        self.done: list[str] = []
        self.request = ""

    def enter(self, phase: Phase) -> None:
        self.done.append(f"enter {phase.value}")

    def launch(self) -> str:
        self.done.append("launch")
        return "A"

    def dwell(self, real_ms: int, virtual_ms: int) -> bool:
        return self.at != "ended"

    def look(self, name: str) -> tuple[Screen, str]:
        return self.screens.get(self.at, Screen(windows=())), f"screens/{name}.json"

    def tap(self, control: Control) -> bool:
        self.done.append(f"tap {control.label}")
        self.at = self.moves.get((self.at, control.label), self.at)
        return self.at != "ended"

    def answer_permissions(self, *, grant: bool) -> str:
        asked, self.request = self.request, ""
        if asked:
            self.done.append(f"{'grant' if grant else 'deny'} {asked}")
        return asked

    def back(self) -> None:
        self.done.append("back")

    def background(self) -> None:
        self.done.append("background")

    def keep(self) -> None:
        self.done.append("keep")

    def end(self) -> None:
        self.done.append("end")
