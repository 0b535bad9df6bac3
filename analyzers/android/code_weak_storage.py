"""Files opened to all apps, and personal values written to the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_weak_rules import Finding, load_tables, pattern
from analyzers.knowledge.apis.table import load_apis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_arguments import Arguments
    from analyzers.android.code_flow import Flow
    from analyzers.android.code_view import Call, CodeView
    from analyzers.dex.values import Value

_WRITES = np.isin(np.arange(256), [*range(0x59, 0x60), *range(0x67, 0x6E)])
_WORLD = 1 | 2  # MODE_WORLD_READABLE, MODE_WORLD_WRITEABLE


def find_storage(view: CodeView, flow: Flow, arguments: Arguments) -> Iterator[Finding]:
    """Find files open to all apps and identifiers in logs."""
    tables = load_tables()["world"]
    for owner, member, index in tables["modes"]:
        for call in view.calls_to(owner, member):
            for mode in _numbers(view, call.argument(index), call.item):
                if mode & _WORLD:
                    yield Finding("world-accessible-file", call.item, call.at, f"{member} {mode}")
    for owner, member in tables["owners"]:
        for call in view.calls_to(owner, member):
            on, only = call.argument(0), call.argument(1)
            opened = call.shape == "(ZZ)Z" and _numbers(view, on, call.item) == {1}
            if opened and _numbers(view, only, call.item) == {0}:
                yield Finding("world-accessible-file", call.item, call.at, f"File.{member}")
    yield from _shell(view, arguments)
    yield from _logs(view, flow)


def _numbers(view: CodeView, value: Value | None, item: int) -> set[int]:
    """Give the numbers a value is known to be; empty where it is not."""
    if value is None:
        return set()
    found = view.origins.find(value, item)
    return {int(o.value.key) for o in found.origins if o.value.sort == "int"}


def _shell(view: CodeView, arguments: Arguments) -> Iterator[Finding]:
    opens = pattern("world", "shell")
    for call in view.calls_to("java.lang.Runtime", "exec"):
        texts = arguments.texts(call.argument(0), call.item, "command")
        for text in sorted(texts or ()):
            if opens.search(text):
                yield Finding("world-accessible-file", call.item, call.at, "chmod")


def _logs(view: CodeView, flow: Flow) -> Iterator[Finding]:
    sources = _sources(view)
    if not sources:
        return
    near = _near(view, sources)
    for owner, member in load_tables()["log"]["calls"]:
        for call in view.calls_to(owner, member, near):
            name = _leak(view, flow, call, sources)
            if name:
                yield Finding("identifier-in-log", call.item, call.at, f"{owner}.{member}: {name}")


def _near(view: CodeView, sources: dict[str, str]) -> set[int]:
    """Give the bodies that ask for a personal value, call one that does, or read what it wrote."""
    index, program = view.program.index, view.program
    uses = index.uses
    direct = np.zeros(len(index.methods.name), bool)
    for name in set(sources.values()):
        owner, _, member = name.rpartition(".")
        direct[program.matcher.methods(owner, member)] = True
    items = np.unique(uses.calls.item[direct[uses.calls.target]])
    asking = np.zeros(len(index.methods.name), bool)
    _, methods = index.bodies.methods_of(items)
    asking[methods] = True
    targets = program.definitions.target[uses.calls.target]
    callers = np.unique(uses.calls.item[(targets >= 0) & asking[np.maximum(targets, 0)]])
    first = np.union1d(items, callers)
    written = np.isin(uses.fields.item, first) & _WRITES[uses.fields.opcode]
    fields = np.zeros(len(index.fields.name), bool)
    fields[uses.fields.target[written]] = True
    readers = uses.fields.item[fields[uses.fields.target] & ~_WRITES[uses.fields.opcode]]
    called = np.isin(uses.calls.item, first)
    helpers = np.unique(targets[called & (targets >= 0)])
    _, given = program.items_of(helpers)
    return {*first.tolist(), *np.unique(readers).tolist(), *given.tolist()}


def _leak(view: CodeView, flow: Flow, call: Call, sources: dict[str, str]) -> str:
    """Give the catalogued call whose result is written, empty where there is none."""
    for value in call.given:
        for part in flow.readable(value, call.item):
            if part.sort == "call":
                member = view.member_text(int(part.key))
                if member in sources:
                    return sources[member]
            if part.sort == "field":
                text = view.program.index.field_text(int(part.key))
                if text.startswith("Landroid/os/Build;->SERIAL"):
                    return "android.os.Build.SERIAL"
    return ""


def _sources(view: CodeView) -> dict[str, str]:
    """Give the members whose results are personal values, by what the code may call them."""
    wanted: dict[str, str] = dict.fromkeys(load_tables()["log"]["parts"], "")
    weight = load_tables()["log"]["weight"]
    for row in load_apis():
        gives = row.kind in ("method", "setting", "string") and row.redact != "none"
        if gives and row.type and row.weight == weight:
            wanted[f"{row.cls}.{row.member}"] = ""
    found = {}
    for name in wanted:
        owner, _, member = name.rpartition(".")
        for reference in view.program.matcher.methods(owner, member):
            if not view.shape_of(reference).endswith((")Z", ")V")):
                found[view.member_text(reference)] = name
    return found
