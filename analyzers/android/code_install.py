"""Code that can install packages: installer sessions, intents on archives, shell commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_arguments import Arguments
from analyzers.android.code_loading import load_mechanisms, state_calls
from analyzers.android.code_view import Site, code_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "code.install"
_TYPED = ("android.content.Intent.setDataAndType", "android.content.Intent.setType",
          "android.content.Intent.setDataAndTypeAndNormalize")  # fmt: skip
_MADE = ("android.content.Intent.<init>", "android.content.Intent.setAction")


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every mechanism with its sites."""
    if not package.index.files:
        return
    view = code_view(package)
    for row in load_mechanisms()["install"]:
        sites = [
            *_called(view, row.get("calls", ())),
            *_commanded(view, row.get("commands", ())),
            *_named(view, row.get("types", ()), _TYPED),
            *_named(view, row.get("actions", ()), _MADE),
        ]
        yield from state_calls(view, ID, "code.install", row["mechanism"], iter(sites))


def _called(view: CodeView, names: list[str]) -> Iterator[Site]:
    for name in names:
        owner, _, member = name.rpartition(".")
        for _, item, at in view.calls_of(view.program.matcher.methods(owner, member)):
            yield from view.sites_of(item, at)


def _commanded(view: CodeView, commands: list[str]) -> Iterator[Site]:
    if not commands:
        return
    arguments = Arguments(view, view.entries.package)
    places = [(call, call.argument(0)) for call in view.calls_to("java.lang.Runtime", "exec")]
    places += [
        (call, call.argument(-1)) for call in view.calls_to("java.lang.ProcessBuilder", "start")
    ]
    for call, value in places:
        texts = arguments.texts(value, call.item, "command") or ()
        if any(command in text for text in texts for command in commands):
            yield from view.sites_of(call.item, call.at)


def _named(view: CodeView, texts: list[str], members: tuple[str, ...]) -> Iterator[Site]:
    """Give the bodies that use a constant and call one of the members that take it."""
    index = view.program.index
    strings = index.uses.strings
    for hits in index.find_texts(texts):
        files = index.bodies.item_file[strings.item]
        rows = np.flatnonzero(np.isin(strings.target, hits.rows) & (files == hits.file))
        for row in rows.tolist():
            item = int(strings.item[row])
            if any(member in members for member in view.members_in(item)):
                at = int(strings.position[row] - index.bodies.item_start[item])
                yield from view.sites_of(item, at)
