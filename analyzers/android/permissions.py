"""android.permissions: what the manifest asks for, what the platform adds, what the app defines."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.android.evidence import manifest_evidence
from analyzers.knowledge.permissions.level import level_name
from analyzers.knowledge.permissions.table import load_permissions
from analyzers.knowledge.personal_types import full_permission, types_for_permission
from analyzers.model import make_fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.axml import Element
    from analyzers.formats.manifest import UsesPermission
    from analyzers.model import Fact
    from analyzers.package import AppPackage

ANALYZER = "android.permissions"


def extract(package: AppPackage) -> Iterator[Fact]:
    """State every declared, implied and defined permission."""
    declared: dict[str, list[UsesPermission]] = {}
    for use in package.manifest.uses_permissions:
        declared.setdefault(use.name, []).append(use)
    for uses in declared.values():
        yield _declared(package, uses)
    yield from _implied(package, declared)
    for definition in package.manifest.permissions:
        yield make_fact(
            "android.permission.defined",
            definition.name,
            analyzer=ANALYZER,
            evidence=[manifest_evidence(package, definition.element)],
            level=level_name(definition.protection),
            group=definition.group,
        )


def _declared(package: AppPackage, uses: list[UsesPermission]) -> Fact:
    """State one permission; asked for more than once, the widest request counts."""
    name = uses[0].name
    known = load_permissions().get(name)
    limits = [use.max_sdk for use in uses]
    bounded = [limit for limit in limits if limit is not None]
    return make_fact(
        "android.permission.declared",
        name,
        analyzer=ANALYZER,
        evidence=[manifest_evidence(package, use.element) for use in uses],
        level=permission_level(package, name),
        group=known.group if known else "",
        name_zh=known.name_zh if known else "",
        purpose_zh=known.purpose_zh if known else "",
        types=[one.id for one in types_for_permission(name)],
        max_sdk=max(bounded) if len(bounded) == len(limits) else None,
        sdk23_only=all(use.sdk23_only for use in uses),
        custom=known is None,
        never_for_location=all(use.never_for_location for use in uses),
    )


class Implication(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sources": "from"}
):
    """What the platform adds to an app."""

    adds: tuple[str, ...]
    sources: tuple[str, ...] = ()
    """Any of these brings the others; empty where none is needed."""
    below: int | None = None
    """Only for targets below this API level."""


@cache
def load_implications() -> tuple[Implication, ...]:
    """Read what the platform adds, in the order it is added; full names."""
    content = (Path(__file__).parent / "implied-permissions.toml").read_text("utf-8")
    rows = msgspec.convert(tomllib.loads(content)["row"], tuple[Implication, ...])
    return tuple(
        Implication(
            adds=tuple(map(full_permission, row.adds)),
            sources=tuple(map(full_permission, row.sources)),
            below=row.below,
        )
        for row in rows
    )


def _implied(package: AppPackage, declared: dict[str, list[UsesPermission]]) -> Iterator[Fact]:
    """State what the platform adds to the written permissions, each once."""
    target = package.manifest.effective_target_sdk
    held = dict.fromkeys(declared)
    for row in load_implications():
        sources = [name for name in row.sources if name in held]
        if (row.sources and not sources) or (row.below is not None and target >= row.below):
            continue
        elements = [declared[name][0].element for name in sources if name in declared]
        for name in row.adds:
            if name not in held:
                held[name] = None
                yield _implication(package, name, row.below, sources, elements)


def _implication(
    package: AppPackage, name: str, below: int | None, sources: list[str], elements: list[Element]
) -> Fact:
    known = load_permissions()[name]
    shown: list[Element | None] = [*elements] or [package.manifest.root.find("uses-sdk")]
    return make_fact(
        "android.permission.implied",
        name,
        analyzer=ANALYZER,
        evidence=[manifest_evidence(package, element) for element in shown],
        level=known.level,
        group=known.group,
        name_zh=known.name_zh,
        types=[one.id for one in types_for_permission(name)],
        implied_by=sources,
        below=below,
    )


def permission_level(package: AppPackage, name: str) -> str:
    """Name the protection level: the platform's, else the app's own definition, else unknown."""
    known = load_permissions().get(name)
    if known is not None:
        return known.level
    for definition in package.manifest.permissions:
        if definition.name == name:
            return level_name(definition.protection)
    return "unknown"
