"""Recognises privacy prompts and finds their controls, in Chinese and English.

The classifier never guesses towards consent: refusal words are looked for first, a control that
could be either is taken as neither, and a screen with fields to type into is a login and not a
prompt (its consent box is a fact of its own).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.runtime.screens import Screen, View, Window

KINDS = ("privacy_prompt", "permission_prompt", "login", "splash", "main", "none")
_COUNTDOWN = re.compile(
    r"[(（\[]?\s*\d{1,2}\s*(?:s|秒|seconds?)?\s*[)）\]]?\s*$|^\s*\d{1,2}\s*(?:s|秒)"
)
_LATIN = re.compile(r"[a-z]+")
_NOISE = re.compile(r"[\W_]+", re.UNICODE)
LONGEST_LABEL = 40
ASKING_TEXT = 20
"""Characters that a text which asks for consent has at least."""


class Control(msgspec.Struct, frozen=True):
    """A view that can be tapped for a purpose."""

    window: int
    view: int
    label: str
    enabled: bool = True


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """A privacy prompt and what can be done with it."""

    window: int
    text: str
    agree: Control | None
    refuse: Control | None
    boxes: tuple[Control, ...] = ()
    """Boxes that stand for consent."""
    prechecked: bool = False
    """One of the boxes was ticked before anybody touched it."""
    links: tuple[str, ...] = ()
    """Texts that lead to policy or agreement."""


class _Words(msgspec.Struct, frozen=True):
    exact: frozenset[str] = frozenset()
    start: tuple[str, ...] = ()
    part: tuple[str, ...] = ()

    def fit(self, text: str) -> bool:
        return (
            text in self.exact
            or text.startswith(self.start)
            or any(part in text for part in self.part)
        )


@cache
def _words(name: str) -> _Words:
    table = tomllib.loads((Path(__file__).parent / "consent.toml").read_text("utf-8"))
    return msgspec.convert(table[name], _Words)


def normalise(text: str) -> str:
    """Give a label without countdown, punctuation, blanks and case."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > 3:
        plain = _COUNTDOWN.sub("", plain)
    return _NOISE.sub("", plain).lower()


def find_prompt(screen: Screen) -> Prompt | None:
    """Give the privacy prompt that stands in front, or nothing."""
    for window in reversed(screen.windows):
        prompt = _read_prompt(window)
        if prompt is not None:
            return prompt
        if _covers(window):
            return None
    return None


def classify(screen: Screen) -> str:
    """Name the kind of a screen, one of KINDS."""
    if find_prompt(screen) is not None:
        return "privacy_prompt"
    front = screen.front
    if front is None or not any(view.label or view.clickable for view in front.views):
        return "none" if front is None else "splash"
    if _fits(front, "permission") and _tappable(front):
        return "permission_prompt"
    labels = [view.label for view in _tappable(front)]
    if (_has_input(front) and _fits(front, "login")) or any(_means(x, "sign_in") for x in labels):
        return "login"
    return "main" if any(not _means(label, "splash") for label in labels) else "splash"


def _read_prompt(window: Window) -> Prompt | None:
    refuse = _find(window, "refuse")
    agree = _find(window, "agree", but=refuse)
    if _has_input(window) or not _fits(window, "privacy" if agree is not None else "policy"):
        return None
    if agree is None and (refuse is not None or _asks_little(window)):
        agree = _find(window, "acknowledge", but=refuse)
    boxes = tuple(_boxes(window))
    strong = refuse is not None and _means(refuse.label, "strong_refusal")
    if (agree is None and not strong) or (refuse is None and not _is_prompt_text(window)):
        return None
    return Prompt(
        window=window.number,
        text=window.text,
        agree=agree,
        refuse=refuse,
        boxes=boxes,
        prechecked=any(view.checked for view in window.views if view.checkable and view.label
                       and _words("policy").fit(normalise(view.label))),
        links=tuple(_links(window)),
    )  # fmt: skip


def _is_prompt_text(window: Window) -> bool:
    """Without a refusing control only a text that asks counts, not a list with a policy entry."""
    return max((len(view.text) for view in window.views), default=0) >= ASKING_TEXT


def _find(window: Window, words: str, but: Control | None = None) -> Control | None:
    found = [
        Control(window.number, view.number, view.label, view.enabled and _is_pressable(view))
        for view in _tappable(window)
        if not view.checkable and _means(view.label, words)
    ]
    kept = [control for control in found if but is None or control.view != but.view]
    return kept[-1] if kept else None


def _means(label: str, words: str) -> bool:
    parts = _parts(normalise(label))
    if not parts or sum(map(len, parts)) > LONGEST_LABEL:
        return False
    if words in ("agree", "acknowledge"):
        if any(_words("refuse").fit(part) for part in parts):
            return False
        if "《" in label or (not parts[0].startswith(("同意", "我")) and _names_document(parts)):
            return False
    return any(_words(words).fit(part) for part in parts)


def _names_document(parts: list[str]) -> bool:
    return any(_words("document").fit(part) for part in parts)


def _parts(text: str) -> list[str]:
    """Split a label that says the same in two languages; others stay whole."""
    halves = [half for half in (_LATIN.sub("", text), "".join(_LATIN.findall(text))) if half]
    return [text] if len(halves) < 2 or min(map(len, halves)) < 2 else [text, *halves]


def is_refusal(label: str) -> bool:
    """Tell whether a label refuses or leads out."""
    return _means(label, "refuse")


def _tappable(window: Window) -> list[View]:
    """Views a finger can press, now or when a countdown is over."""
    return [view for view in window.views if view.label and _is_control(view)]


def _is_control(view: View) -> bool:
    return _is_pressable(view) or view.cls.endswith("Button")


def _is_pressable(view: View) -> bool:
    return view.clickable or view.inside


def _boxes(window: Window) -> Iterable[Control]:
    for view in window.views:
        if view.checkable and not view.checked and view.enabled:
            yield Control(window.number, view.number, view.label)


def _links(window: Window) -> Iterable[str]:
    for view in window.views:
        yield from (link for link in view.links if _words("policy").fit(normalise(link)))
        short = view.clickable and 0 < len(view.label) <= LONGEST_LABEL
        if short and not view.links and _words("policy").fit(normalise(view.label)):
            yield view.label


def _fits(window: Window, words: str) -> bool:
    return _words(words).fit(normalise(window.text))


def _has_input(window: Window) -> bool:
    return any(view.cls.endswith("EditText") or view.hint for view in window.views)


def _covers(window: Window) -> bool:
    return bool(window.views) and window.type not in ("2",)


def _asks_little(window: Window) -> bool:
    """A dialog, or a page with hardly anything else to press."""
    return window.type != "1" or len(_tappable(window)) <= 3
