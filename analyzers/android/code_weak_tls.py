"""Certificate and host name checks that check nothing, found by looking into the bodies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.android.code_weak_rules import Finding
from analyzers.dex.flow_graph import can_return_without
from analyzers.dex.opcodes import load_opcodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_flow import Flow
    from analyzers.android.code_view import CodeView
    from analyzers.dex.instructions import Body

_TRUST = "javax.net.ssl.X509TrustManager"
_VERIFIER = "javax.net.ssl.HostnameVerifier"
_WEB = "android.webkit.WebViewClient"
_PROCEED = "android.webkit.SslErrorHandler.proceed"
_HANDLER = "Landroid/webkit/SslErrorHandler;"
_MADE_UP = re.compile(r"\$\$(ExternalSynthetic)?Lambda")
_QUIET = ("android.util.Log.", "java.io.PrintStream.", "java.lang.StringBuilder.", "java.lang.String.",
          "java.lang.Throwable.printStackTrace", "java.lang.Exception.printStackTrace",
          "java.lang.System.", "kotlin.jvm.internal.Intrinsics.")  # fmt: skip
_NAMES = load_opcodes().names


def find_tls(view: CodeView, flow: Flow) -> Iterator[Finding]:
    """Find trust managers, verifiers and web views that accept everything."""
    for item in _overrides(view, _TRUST, "checkServerTrusted"):
        if _accepts_all(view, item):
            yield from _told(view, item, "tls-trust-all", "checkServerTrusted")
    for item in _overrides(view, _VERIFIER, "verify"):
        if _always_true(view, flow, item):
            yield from _told(view, item, "tls-hostname-unchecked", "verify")
    for item in _overrides(view, _WEB, "onReceivedSslError"):
        at = _proceeds(view, item)
        if at is not None:
            yield Finding("tls-webview-proceeds", item, at, _PROCEED)
    yield from _allow_all(view)


def _told(view: CodeView, item: int, weakness: str, detail: str) -> Iterator[Finding]:
    """Point at the body; of a lambda, whose class the compiler made, at the code that uses it."""
    users = [
        place
        for method in view.program.methods_of_item(item)
        if _MADE_UP.search(view.class_of(method))
        for place in view.users_of(int(view.program.index.methods.owner[method]))
    ]
    for place, at in users or [(item, 0)]:
        yield Finding(weakness, place, at, detail)


def _overrides(view: CodeView, owner: str, name: str) -> Iterator[int]:
    """Give the bodies of a method of a platform type in all its subtypes."""
    program = view.program
    for method in program.methods_named(name):
        number = int(program.index.methods.owner[method])
        if owner in program.hierarchy.platform_types(number):
            yield from program.bodies_of(method)


def _accepts_all(view: CodeView, item: int) -> bool:
    """Tell whether a body can neither throw nor pass the question on in earnest."""
    body, _ = view.program.body(item)
    trace = view.tracer.trace(item)
    if trace is None:
        return False
    if any(_NAMES[ins.opcode] == "throw" and ins.at in trace.visited for ins in body.instructions):
        return False
    for at in trace.calls:
        member = view.member_at(item, at)
        if not member.startswith(_QUIET) and not _is_caught(body, at):
            return False
    return True


def _is_caught(body: Body, at: int) -> bool:
    """Tell whether whatever is thrown at a unit is caught here."""
    return any(first <= at < last and targets for first, last, targets in body.handlers)


def _always_true(view: CodeView, flow: Flow, item: int) -> bool:
    trace = view.tracer.trace(item)
    if trace is None or not trace.returned:
        return False
    for value in trace.returned:
        found = flow.view.origins.find(value, item)
        numbers = {o.value.key for o in found.origins if o.value.sort == "int"}
        if not found.complete or numbers != {1}:
            return False
    return True


def _proceeds(view: CodeView, item: int, depth: int = 0) -> int | None:
    """Give the unit of a ``proceed`` call that no way through the body avoids."""
    trace = view.tracer.trace(item)
    body, code = view.program.body(item)
    for at in sorted(trace.calls if trace else {}):
        goes_on = view.member_at(item, at) == _PROCEED or _helps(view, item, at, depth)
        if goes_on and not can_return_without(body, code, at):
            return at
    return None


def _helps(view: CodeView, item: int, at: int, depth: int) -> bool:
    """Tell whether an own method that is given the handler proceeds in turn."""
    reference = view.reference_at(item, at)
    target = int(view.program.definitions.target[reference]) if reference >= 0 else -1
    if target < 0 or depth > 2 or _HANDLER not in view.shape_of(reference):
        return False
    bodies = view.program.bodies_of(target)
    return any(_proceeds(view, body, depth + 1) is not None for body in bodies)


def _allow_all(view: CodeView) -> Iterator[Finding]:
    """Find the verifiers of the old HTTP library that accept every name."""
    fields = view.program.index.uses.fields
    starts = view.program.index.bodies.item_start
    for number in view.program.matcher.fields(
        "org.apache.http.conn.ssl.SSLSocketFactory", "ALLOW_ALL_HOSTNAME_VERIFIER"
    ):
        for row in (fields.target == number).nonzero()[0].tolist():
            item = int(fields.item[row])
            at = int(fields.position[row] - starts[item])
            yield Finding("tls-hostname-unchecked", item, at, "ALLOW_ALL_HOSTNAME_VERIFIER")
    for call in view.calls_to("org.apache.http.conn.ssl.AllowAllHostnameVerifier", "<init>"):
        yield Finding("tls-hostname-unchecked", call.item, call.at, "AllowAllHostnameVerifier")
