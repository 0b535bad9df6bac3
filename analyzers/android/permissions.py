"""android.permissions: what the manifest asks for and what the app defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.evidence import manifest_evidence
from analyzers.knowledge.permissions.level import level_name
from analyzers.knowledge.permissions.table import load_permissions
from analyzers.knowledge.personal_types import types_for_permission
from analyzers.model import make_fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.manifest import UsesPermission
    from analyzers.model import Fact
    from analyzers.package import AppPackage

ANALYZER = "android.permissions"


def extract(package: AppPackage) -> Iterator[Fact]:
    """State every declared and every defined permission."""
    declared: dict[str, list[UsesPermission]] = {}
    for use in package.manifest.uses_permissions:
        declared.setdefault(use.name, []).append(use)
    for uses in declared.values():
        yield _declared(package, uses)
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


def permission_level(package: AppPackage, name: str) -> str:
    """Name the protection level: the platform's, else the app's own definition, else unknown."""
    known = load_permissions().get(name)
    if known is not None:
        return known.level
    for definition in package.manifest.permissions:
        if definition.name == name:
            return level_name(definition.protection)
    return "unknown"
