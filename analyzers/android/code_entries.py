"""The entry points of the bytecode engine, taken from the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.components import autostart_actions
from analyzers.dex.entries import EntryPoints

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzers.formats.manifest import Component, Manifest

_STARTUP = "androidx.startup"


def make_entry_points(
    manifest: Manifest, views: Callable[[int], tuple[str, ...]] | None = None
) -> EntryPoints:
    """Sort the manifest's components by whether the system starts them without the user.

    Disabled components are left out: nothing starts them before code enables them. So are
    providers of other processes, which the system makes only with their process.

    Args:
        manifest: the manifest.
        views: gives the classes that the layout of a resource id names.
    """
    parts: dict[str, list[Component]] = {}
    for component in manifest.components:
        if component.enabled:
            parts.setdefault(component.type, []).append(component)
    launchers = {c.target or c.name for c in manifest.launchers}
    receivers, receivers_later = _split(parts.get("receiver", []))
    services, services_later = _split(parts.get("service", []))
    home = manifest.application.process or manifest.package
    providers = [c for c in parts.get("provider", []) if (c.process or home) == home]
    return EntryPoints(
        package=manifest.package,
        factory=manifest.application.component_factory,
        application=manifest.application.name,
        providers=tuple(c.name for c in providers),
        initializers=tuple(
            name for c in providers for name, value in c.meta_data.items() if value == _STARTUP
        ),
        launchers=tuple(sorted(launchers)),
        receivers=receivers,
        services=services,
        activities_later=tuple(
            c.name for c in parts.get("activity", []) if c.name not in launchers
        ),
        receivers_later=receivers_later,
        services_later=services_later,
        views=views,
    )


def _split(components: list[Component]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part components into those the system starts by itself, and the others."""
    known = autostart_actions()
    itself: list[str] = []
    later: list[str] = []
    for component in components:
        actions = {action for each in component.filters for action in each.actions}
        (itself if actions & known else later).append(component.name)
    return tuple(itself), tuple(later)
