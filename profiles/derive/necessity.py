"""Do permissions and types fit the declared functions and app types (AR-2.5, AR-3.7, 39 types)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from profiles.derive.marks import Source, make_derived, text_of, words_of
from profiles.derive.occurrence import declared_types, strongest_proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact

TABLES = Path(__file__).parent.parent / "tables"
_ORDER = {"○": "expected", "△": "needs_reason", "×": "unexpected"}


@cache
def load_functions() -> tuple[dict[str, dict[str, str]], dict[str, str], dict[str, str]]:
    """Read the function table: function -> group -> mark, group aliases, permission groups."""
    rows = tomllib.loads((TABLES / "functions.toml").read_text("utf-8"))
    return rows["functions"], rows["aliases"], rows["permissions"]


@cache
def load_app_types() -> dict[str, tuple[frozenset[str], bool]]:
    """Read the 39 app types: necessary information types, and whether the list was read."""
    rows = tomllib.loads((TABLES / "app_types.toml").read_text("utf-8"))
    return {key: (frozenset(row["necessary"]), row["seen"] == "原文") for key, row in rows.items()}


def derive_necessity(source: Source) -> Iterator[Fact]:
    """Give the fit of every dangerous or special permission, and types beyond the necessary."""
    declared = {f for app in source.of_kind("declaration.app") for f in words_of(app, "functions")}
    purposes = {
        fact.subject
        for fact in source.of_kind("declaration.permission")
        if text_of(fact, "purpose").strip()
    }
    for fact in source.of_kind("android.permission.declared"):
        if fact.fields.get("level") in ("dangerous", "special") or fact.subject in _extra_groups():
            yield _make_fit(fact, declared, fact.subject in purposes)
    yield from _excess(source)


def _extra_groups() -> dict[str, str]:
    return load_functions()[2]


def _make_fit(fact: Fact, declared: set[str], purpose: bool) -> Fact:
    functions, aliases, permissions = load_functions()
    group = permissions.get(fact.subject) or text_of(fact, "group")
    group = aliases.get(group, group)
    marks = {
        name: functions[name][group]
        for name in sorted(declared & functions.keys())
        if group in functions[name]
    }
    best = next((mark for mark in _ORDER if mark in marks.values()), "")
    return make_derived(
        "derived.permission_fit",
        fact.subject,
        [fact],
        group=group,
        name_zh=text_of(fact, "name_zh"),
        fit=_ORDER.get(best, "unknown"),
        functions=[name for name, mark in marks.items() if mark == best and best != "×"],
        purpose=purpose,
    )


def _excess(source: Source) -> Iterator[Fact]:
    known = load_app_types()
    chosen = sorted(
        {t for app in source.of_kind("declaration.app") for t in words_of(app, "app_types")}
        & known.keys()
    )
    if not chosen:
        return
    necessary = frozenset[str]().union(*(known[t][0] for t in chosen))
    proofs = {t: ("declared", facts) for t, facts in declared_types(source).items()}
    for type_id, (proof, facts) in (proofs | strongest_proof(source)).items():
        if type_id not in necessary:
            yield make_derived(
                "derived.necessity_excess",
                type_id,
                facts,
                app_types=list(chosen),
                proof=proof,
                settled=all(known[t][1] for t in chosen),
            )
