"""What the package can and cannot do: permissions that rule an access out, unused permissions."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from profiles.derive.marks import Source, make_derived, text_of, words_of
from profiles.derive.occurrence import family_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact

TABLE = Path(__file__).parent.parent / "tables" / "permissions.toml"


@cache
def load_gates() -> dict[str, tuple[str, ...]]:
    """Read which permissions open each line: without any of them the platform gives nothing."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))
    return {line: tuple(row["permissions"]) for line, row in rows["gates"].items()}


@cache
def load_untraceable() -> frozenset[str]:
    """Read the information types whose use leaves no catalogued call."""
    return frozenset(tomllib.loads(TABLE.read_text("utf-8"))["untraceable_types"])


def derive_capability(source: Source) -> Iterator[Fact]:
    """Give impossible accesses, unused permissions, and uses without their permission."""
    yield from _impossible(source)
    yield from _unused(source)


def _impossible(source: Source) -> Iterator[Fact]:
    """A permission that no split declares cannot be granted (without a shared user id)."""
    packages = source.of_kind("android.package")
    if not packages or not source.has("android.package", "android.permissions"):
        return
    if any(text_of(package, "shared_user_id") for package in packages):
        return
    declared = {fact.subject for fact in source.of_kind("android.permission.declared")}
    for line, gates in load_gates().items():
        if not declared.isdisjoint(gates):
            continue
        yield make_derived(
            "derived.impossible_access", line, packages, line=line, permissions=list(gates)
        )
        yield from _used_not_declared(source, line, gates)


def _used_not_declared(source: Source, line: str, gates: tuple[str, ...]) -> Iterator[Fact]:
    """Decisive calls of a line whose permissions are all undeclared: the platform refuses them."""
    told: set[str] = set()
    for site in source.of_kind("code.api"):
        row = site.subject
        if text_of(site, "line") == line and site.fields.get("weight") == "decisive":
            if row not in told:
                yield make_derived(
                    "derived.used_not_declared",
                    row,
                    [site],
                    line=line,
                    type=text_of(site, "type"),
                    owner=text_of(site, "owner"),
                    permissions=list(gates),
                )
            told.add(row)


def _unused(source: Source) -> Iterator[Fact]:
    """A dangerous permission none of whose information types any catalogued call reads."""
    if not source.has("code.apis"):
        return
    used = {family_of(text_of(fact, "type")) for fact in source.of_kind("code.api")}
    for fact in source.of_kind("android.permission.declared"):
        types = words_of(fact, "types")
        if not load_untraceable().isdisjoint(types):
            continue
        if (
            fact.fields.get("level") == "dangerous"
            and types
            and used.isdisjoint(map(family_of, types))
        ):
            yield make_derived(
                "derived.permission_unused",
                fact.subject,
                [fact],
                name_zh=text_of(fact, "name_zh"),
                types=list(types),
            )
