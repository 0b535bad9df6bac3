"""Joins the manifest of a base with those of its splits into what the installed app has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.anomaly import Anomaly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzers.formats.manifest import Component, Manifest


def join_manifests(base: Manifest, splits: Sequence[tuple[str, Manifest]]) -> Manifest:
    """Add what the splits bring: permissions, components, meta-data, libraries.

    Identity, SDK levels and the application's switches are the base's, as the platform takes them.

    Args:
        base: Manifest of the base.
        splits: File name and manifest of each split.
    """
    if not splits:
        return base
    manifests = [base, *(manifest for _, manifest in splits)]
    meta_data: dict[str, str] = {}
    for manifest in manifests:
        for name, value in manifest.meta_data.items():
            meta_data.setdefault(name, value)
    return msgspec.structs.replace(
        base,
        uses_permissions=tuple(use for one in manifests for use in one.uses_permissions),
        permissions=tuple(each for one in manifests for each in one.permissions),
        components=_join_components(manifests),
        meta_data=meta_data,
        uses_libraries=_join_names(one.uses_libraries for one in manifests),
        uses_features=_join_names(one.uses_features for one in manifests),
        queries=_join_names(one.queries for one in manifests),
        anomalies=base.anomalies
        + tuple(
            Anomaly(anomaly.code, file, anomaly.count)
            for file, manifest in splits
            for anomaly in manifest.anomalies
        ),
    )


def _join_components(manifests: Iterable[Manifest]) -> tuple[Component, ...]:
    """Keep the first of equal components: bundles repeat a feature's components in the base."""
    found: dict[tuple[str, str], Component] = {}
    for manifest in manifests:
        for component in manifest.components:
            found.setdefault((component.type, component.name), component)
    return tuple(found.values())


def _join_names(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))
