"""Intents without a named receiver that carry data, or that others may fill in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.android.code_weak_rules import Finding, load_tables
from analyzers.dex.names import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_arguments import Arguments
    from analyzers.android.code_flow import Flow
    from analyzers.android.code_view import Call, CodeView
    from analyzers.dex.values import Value

_INTENT = "android.content.Intent"
_IMMUTABLE = 1 << 26


def find_intents(view: CodeView, flow: Flow, arguments: Arguments) -> Iterator[Finding]:
    """Find implicit intents with data and open pending intents."""
    tables = load_tables()["intents"]
    for member in tables["senders"]:
        for call in view.calls_to("android.content.Context", member):
            yield from _sent(view, flow, call, member, arguments)
    for member in tables["pending"]:
        for call in view.calls_to("android.app.PendingIntent", member):
            intent = flow.root_of(call.argument(2, static=True))
            flags = arguments.texts(call.argument(3, static=True), call.item, "int")
            open_ = flags is not None and not any(int(flag) & _IMMUTABLE for flag in flags)
            if open_ and _is_implicit(view, flow, intent, call.item):
                yield Finding("mutable-pending-intent", call.item, call.at, member)


def _sent(
    view: CodeView, flow: Flow, call: Call, member: str, arguments: Arguments
) -> Iterator[Finding]:
    """Give a finding where the intent names no receiver, carries data and is not guarded."""
    tables = load_tables()["intents"]
    intent = flow.root_of(call.argument(0))
    if not _is_implicit(view, flow, intent, call.item) or intent is None:
        return
    if member in tables["broadcasts"] and _is_guarded(call):
        return
    if not any(name in tables["extras"] for name, _ in _done_to(view, flow, intent, call.item)):
        return
    actions = arguments.texts(intent, call.item, "intent") or frozenset()
    if member.startswith("startActivity") and _is_public(actions):
        return
    yield Finding(
        "implicit-intent-data", call.item, call.at, f"{member} {min(actions, default='')}"
    )


def _is_guarded(call: Call) -> bool:
    """Tell whether receivers of a broadcast need a permission."""
    permission = call.argument(1)
    has = "Ljava/lang/String;" in call.shape
    return has and not (permission is not None and permission.sort == "int")


def _is_public(actions: frozenset[str]) -> bool:
    public = load_tables()["intents"]["public"]
    return not actions or all(re.match(public, action) for action in actions)


def _is_implicit(view: CodeView, flow: Flow, intent: Value | None, item: int) -> bool:
    """Tell whether an intent made in a body names neither class nor package."""
    if intent is None or intent.sort != "new" or dotted(str(intent.key)) != _INTENT:
        return False
    trace = view.tracer.trace(item)
    for at in trace.made.get(intent.at, {}) if trace else {}:
        if "Ljava/lang/Class;" in view.shape_at(item, at):
            return False
        if view.shape_at(item, at) == "(Landroid/content/Intent;)V":
            return False
    targets = load_tables()["intents"]["targets"]
    return not any(name in targets for name, _ in _done_to(view, flow, intent, item))


def _done_to(view: CodeView, flow: Flow, intent: Value, item: int) -> list[tuple[str, int]]:
    """Give (member, unit) of the calls made on an intent in its body."""
    trace = view.tracer.trace(item)
    found = []
    for at, given in (trace.calls if trace else {}).items():
        if given and flow.root_of(given[0]) == intent:
            found.append((view.member_at(item, at).rpartition(".")[2], at))
    return found
