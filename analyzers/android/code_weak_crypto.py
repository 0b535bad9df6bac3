"""Weak ciphers, constant keys and vectors, fast password hashes, predictable random values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.code_context import Context
from analyzers.android.code_weak_rules import Finding, load_tables, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_arguments import Arguments
    from analyzers.android.code_flow import Flow
    from analyzers.android.code_view import Call, CodeView

_LOOPS = 200
"""A digest repeated this often in one body is a slow hash."""


def find_crypto(view: CodeView, flow: Flow, arguments: Arguments) -> Iterator[Finding]:
    """Find weak uses of cryptography."""
    yield from _ciphers(view, arguments)
    for table, weakness in (("keys", "crypto-constant-key"), ("vectors", "crypto-constant-iv")):
        for owner, index in load_tables()[table].items():
            for call in view.calls_to(owner, "<init>"):
                if flow.is_constant(call.argument(index), call.item):
                    yield Finding(weakness, call.item, call.at, owner)
    context = Context(view)
    yield from _passwords(view, arguments, context)
    yield from _random(view, flow, context)


def _ciphers(view: CodeView, arguments: Arguments) -> Iterator[Finding]:
    weak = pattern("ciphers", "weak")
    for call in view.calls_to("javax.crypto.Cipher", "getInstance"):
        texts = arguments.texts(call.argument(0, static=True), call.item, "string")
        for text in sorted(texts or ()):
            if weak.search(text):
                yield Finding("crypto-weak-cipher", call.item, call.at, text)


def _passwords(view: CodeView, arguments: Arguments, context: Context) -> Iterator[Finding]:
    digests = pattern("password", "digests")
    about, slow = pattern("password", "context"), pattern("password", "slow")
    for call in view.calls_to("java.security.MessageDigest", "getInstance"):
        texts = arguments.texts(call.argument(0, static=True), call.item, "string") or ()
        names = context.names(call.item)
        if any(slow.search(name) for name in names) or _repeats(view, call.item):
            continue
        for text in sorted(texts):
            if digests.search(text) and any(about.search(name) for name in names):
                yield Finding("password-weak-hash", call.item, call.at, text)


def _repeats(view: CodeView, item: int) -> bool:
    """Tell whether a body counts to a large number (rounds of a slow hash)."""
    body, _ = view.program.body(item)
    loops = any(ins.value < ins.at and 0x28 <= ins.opcode <= 0x2A for ins in body.instructions)
    large = any(0x12 <= i.opcode <= 0x15 and i.value >= _LOOPS for i in body.instructions)
    return loops and large


def _made_key(view: CodeView, call: Call) -> list[str]:
    """Give what cryptographic object is made from bytes that a call fills."""
    filled = call.argument(0)
    trace = view.tracer.trace(call.item)
    if trace is None or filled is None or filled.sort != "array":
        return []
    members = [view.member_at(call.item, at) for at, args in trace.calls.items() if filled in args]
    return [member for member in members if member.startswith("javax.crypto.")]


def _random(view: CodeView, flow: Flow, context: Context) -> Iterator[Finding]:
    about = pattern("random", "context")
    for owner, member in load_tables()["random"]["calls"]:
        for call in view.calls_to(owner, member):
            receiver = view.receiver_class(call)
            if receiver == "java.security.SecureRandom":
                continue
            named = [name for name in context.names(call.item) if about.search(name)]
            named += _made_key(view, call)
            if named:
                yield Finding(
                    "insecure-random", call.item, call.at, f"{owner}.{member}: {named[0]}"
                )
    for call in view.calls_to("java.security.SecureRandom", "setSeed"):
        value = call.argument(0)
        if flow.is_constant(value, call.item):
            yield Finding("insecure-random", call.item, call.at, "SecureRandom.setSeed")
    for call in view.calls_to("java.security.SecureRandom", "<init>"):
        if call.shape == "([B)V" and flow.is_constant(call.argument(0), call.item):
            yield Finding("insecure-random", call.item, call.at, "new SecureRandom(seed)")
