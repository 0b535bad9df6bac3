"""Content providers that every app may read or write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.code_weak_rules import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.manifest import Component, Manifest

_PRIVATE_SINCE = 17
"""From this target on, providers are not exported unless written (docs of android:exported)."""
_NORMAL = 0
_BASE_LEVEL = 0xF


def find_providers(manifest: Manifest) -> Iterator[Finding]:
    """Find exported providers without a guard, or with one that every app can have."""
    for component in manifest.components:
        if component.type != "provider" or not component.enabled:
            continue
        default = manifest.effective_target_sdk < _PRIVATE_SINCE
        exported = default if component.exported is None else component.exported
        if exported and (open_ways := _open_ways(manifest, component)):
            detail = " ".join(open_ways)
            yield Finding("open-provider", -1, 0, detail, component.name)


def _open_ways(manifest: Manifest, component: Component) -> list[str]:
    both = component.permission or manifest.application.permission
    guards = {
        "read": component.read_permission or both,
        "write": component.write_permission or both,
    }
    return [way for way, guard in guards.items() if not guard or _is_normal(manifest, guard)]


def _is_normal(manifest: Manifest, name: str) -> bool:
    """Tell whether the app itself defines a permission so that every app gets it."""
    return any(
        each.name == name and each.protection & _BASE_LEVEL == _NORMAL
        for each in manifest.permissions
    )
