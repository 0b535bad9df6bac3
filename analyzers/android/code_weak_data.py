"""SQL put together from values, and archives unpacked to wherever their entries say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.code_weak_rules import Finding, load_tables, pattern
from analyzers.dex.names import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_flow import Flow
    from analyzers.android.code_view import Call, CodeView

_DATABASES = ("android.database.sqlite.SQLiteDatabase", "net.sqlcipher.database.SQLiteDatabase",
              "androidx.sqlite.db.SupportSQLiteDatabase")  # fmt: skip


def find_data(view: CodeView, flow: Flow) -> Iterator[Finding]:
    """Find built SQL and unchecked unpacking."""
    for owner in _DATABASES:
        for member, index in load_tables()["sql"]["calls"]:
            for call in view.calls_to(owner, member):
                value = call.argument(_shifted(call, member, index))
                steps = [(value, call.item)]
                if value is not None and value.sort == "param":
                    steps = view.origins.steps(value, call.item) or []
                if any(flow.built_from(one, item) for one, item in steps):
                    yield Finding("sql-built", call.item, call.at, member)
    yield from _archives(view, flow)


def _shifted(call: Call, member: str, index: int) -> int:
    """Give the place of the condition; ``query(boolean distinct, …)`` has one argument more."""
    return index + 1 if member == "query" and call.shape.startswith("(Z") else index


def _archives(view: CodeView, flow: Flow) -> Iterator[Finding]:
    names = {f"{owner}.{member}" for owner, member in load_tables()["zip"]["entries"]}
    entries = {
        view.member_text(reference)
        for owner, member in load_tables()["zip"]["entries"]
        for reference in view.program.matcher.methods(owner, member)
    }
    done: set[int] = set()
    for sink in load_tables()["zip"]["sinks"]:
        for call in view.calls_to(sink, "<init>"):
            if call.item in done or _is_checked(view, flow, call.item):
                continue
            given = call.given[1:]
            parts = (part for value in given for part in flow.readable(value, call.item))
            if any(
                part.sort == "call" and view.member_text(int(part.key)) in entries | names
                for part in parts
            ):
                done.add(call.item)
                yield Finding("zip-path-traversal", call.item, call.at, dotted(sink))


def _is_checked(view: CodeView, flow: Flow, item: int) -> bool:
    """Tell whether a body looks at where a name leads before it uses it."""
    tables = load_tables()["zip"]
    members = view.members_in(item)
    if any(member in tables["checks"] for member in members):
        return True
    trace = view.tracer.trace(item)
    for at, given in (trace.calls if trace else {}).items():
        member = view.member_at(item, at)
        if member in tables["texts"]:
            looked = [p for value in given for p in flow.readable(value, item)]
            if any(p.sort == "str" and (".." in str(p.key) or p.key == "/") for p in looked):
                return True
    helpers = pattern("zip", "helpers")
    return any(helpers.search(member.rpartition(".")[2]) for member in members)
