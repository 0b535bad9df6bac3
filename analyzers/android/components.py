"""android.components: who may start what, and what starts by itself."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.android.evidence import manifest_evidence
from analyzers.android.permissions import permission_level
from analyzers.formats.manifest import is_launcher
from analyzers.model import make_fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.manifest import Component
    from analyzers.model import Fact
    from analyzers.package import AppPackage

ANALYZER = "android.components"
PROVIDERS_PRIVATE_SINCE = 17
"""From this target on, providers are not exported unless written (docs of android:exported)."""
STRENGTH = ("none", "normal", "unknown", "dangerous", "special", "signature")
JOB_PERMISSION = "android.permission.BIND_JOB_SERVICE"


@cache
def autostart_actions() -> frozenset[str]:
    """Give the broadcast actions that start a component without the user."""
    path = Path(__file__).parent / "autostart.toml"
    return frozenset(tomllib.loads(path.read_text("utf-8"))["actions"])


def extract(package: AppPackage) -> Iterator[Fact]:
    """State every component, and every one the system starts without the user."""
    for component in package.manifest.components:
        if component.name:
            yield _component(package, component)
            triggers = _triggers(component)
            if triggers and component.enabled:
                yield make_fact(
                    "android.autostart",
                    component.name,
                    analyzer=ANALYZER,
                    evidence=[manifest_evidence(package, component.element)],
                    triggers=triggers,
                )


def _component(package: AppPackage, component: Component) -> Fact:
    application = package.manifest.application
    permission, level = _guard(package, component)
    actions = {action for each in component.filters for action in each.actions}
    schemes = {scheme for each in component.filters for scheme in each.schemes}
    return make_fact(
        "android.component",
        component.name,
        analyzer=ANALYZER,
        evidence=[manifest_evidence(package, component.element)],
        type=component.type,
        exported=is_exported(component, package.manifest.effective_target_sdk),
        exported_explicit=component.exported is not None,
        permission=permission,
        guard_level=level,
        launcher=is_launcher(component),
        enabled=component.enabled and application.enabled,
        process=component.process or application.process,
        actions=sorted(actions),
        authorities=list(component.authorities),
        init_order=component.init_order if component.type == "provider" else None,
        grant_uri=component.grant_uri,
        schemes=sorted(schemes),
    )


def is_exported(component: Component, target_sdk: int) -> bool:
    """Tell whether other apps reach a component.

    Written values win. Else a component with an intent filter is exported, and a provider is where
    the app targets an API level below 17.
    """
    if component.exported is not None:
        return component.exported
    if component.type == "provider":
        return target_sdk < PROVIDERS_PRIVATE_SINCE
    return bool(component.filters)


def _guard(package: AppPackage, component: Component) -> tuple[str, str]:
    """Give the guarding permission and its level; of read and write the weaker one."""
    inherited = package.manifest.application.permission
    if component.type == "provider":
        candidates = [component.read_permission, component.write_permission]
    else:
        candidates = [component.permission]
    ranked = [
        (STRENGTH.index(_level(package, name or inherited)), name or inherited)
        for name in candidates
    ]
    strength, name = min(ranked)
    return name, STRENGTH[strength]


def _level(package: AppPackage, permission: str) -> str:
    return permission_level(package, permission) if permission else "none"


def _triggers(component: Component) -> list[str]:
    actions = {action for each in component.filters for action in each.actions}
    triggers = sorted(actions & autostart_actions())
    if component.type == "service" and component.permission == JOB_PERMISSION:
        triggers.append("job")
    if component.type == "service" and "android.content.SyncAdapter" in actions:
        triggers.append("sync")
    return triggers
