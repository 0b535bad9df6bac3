"""Code that is loaded at run time, and dex files that lie outside the place of the app's own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzers.android.code_nested import find_nested
from analyzers.android.code_view import Site, code_view
from analyzers.android.evidence import file_evidence
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "code.dynamic_loading"
MOST = 20
"""Sites told per mechanism and owner."""
_LOUD = frozenset({"package-context"})
"""Mechanisms that count only where they ask for code (see CONTEXT_INCLUDE_CODE)."""


@cache
def load_mechanisms() -> dict[str, Any]:
    """Read the data file that lies beside this module."""
    return tomllib.loads((Path(__file__).parent / "code_loading.toml").read_text("utf-8"))


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State calls that load code, and every nested dex file."""
    nested = find_nested(package)
    for path, size in nested.files:
        yield make_fact(
            "code.dynamic_loading",
            "nested-dex",
            analyzer=ID,
            evidence=[file_evidence(path, f"{size} bytes")],
            site=path,
            owner="unattributed",
        )
    for code, params in nested.problems:
        yield make_limitation(code, analyzer=ID, hides=("code.apis",), **params)
    if package.index.files:
        view = code_view(package)
        for row in load_mechanisms()["loading"]:
            yield from state_calls(
                view, ID, "code.dynamic_loading", row["mechanism"], _sites(view, row)
            )


def _sites(view: CodeView, row: dict[str, Any]) -> Iterator[Site]:
    for name in row["calls"]:
        owner, _, member = name.rpartition(".")
        references = view.program.matcher.methods(owner, member)
        for _, item, at in view.calls_of(references):
            if row["mechanism"] not in _LOUD or _asks_for_code(view, item, at):
                yield from view.sites_of(item, at)


def _asks_for_code(view: CodeView, item: int, at: int) -> bool:
    trace = view.tracer.trace(item)
    given = trace.calls.get(at, ()) if trace else ()
    flags = given[-1] if given else None
    return flags is not None and flags.sort == "int" and bool(int(flags.key) & 1)


def state_calls(
    view: CodeView, analyzer: str, kind: str, mechanism: str, sites: Iterator[Site]
) -> Iterator[Fact | Limitation]:
    """State the sites of a mechanism, at most MOST per owner."""
    told: dict[str, int] = {}
    seen: set[int] = set()
    for site in sites:
        owner = view.owner_of(site.method).id
        if site.method in seen:
            continue
        seen.add(site.method)
        told[owner] = told.get(owner, 0) + 1
        if told[owner] <= MOST:
            yield make_fact(
                kind,
                mechanism,
                analyzer=analyzer,
                evidence=[view.evidence(site, mechanism)],
                site=view.method_text(site.method),
                owner=owner,
            )
    left = sum(max(count - MOST, 0) for count in told.values())
    if left:
        yield make_limitation("code.sites_truncated", analyzer=analyzer, count=left)
