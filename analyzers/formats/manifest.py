"""The Android manifest as typed values, after the platform's package parser."""

from __future__ import annotations

import msgspec

from analyzers.formats.anomaly import Anomaly
from analyzers.formats.axml import Element


class IntentFilter(msgspec.Struct, frozen=True):
    """What a component offers to answer."""

    actions: tuple[str, ...]
    categories: tuple[str, ...]
    schemes: tuple[str, ...]
    hosts: tuple[str, ...]
    mime_types: tuple[str, ...]
    auto_verify: bool
    priority: int


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """An activity, activity-alias, service, receiver or provider."""

    type: str
    name: str
    """Full class name; of an alias its own name."""
    target: str = ""
    """Class an alias stands for."""
    exported: bool | None = None
    """android:exported as written; None where it is not."""
    enabled: bool = True
    permission: str = ""
    read_permission: str = ""
    write_permission: str = ""
    process: str = ""
    authorities: tuple[str, ...] = ()
    init_order: int | None = None
    grant_uri: bool = False
    isolated: bool = False
    direct_boot: bool = False
    foreground_service_type: int = 0
    label: str = ""
    filters: tuple[IntentFilter, ...] = ()
    meta_data: dict[str, str] = {}
    element: Element


class UsesPermission(msgspec.Struct, frozen=True, kw_only=True):
    """A permission the app asks for."""

    name: str
    max_sdk: int | None = None
    sdk23_only: bool = False
    never_for_location: bool = False
    element: Element


class PermissionDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """A permission the app defines."""

    name: str
    protection: int = 0
    """protectionLevel: base level in the lowest four bits, flags above."""
    group: str = ""
    label: str = ""
    element: Element


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest says about a set of split packages."""

    name: str = ""
    """Own split name; empty for a base."""
    config_for: str = ""
    is_feature: bool = False
    required: bool = False
    """isSplitRequired: without its splits the base does not work."""
    required_types: str = ""
    types: str = ""


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """Attributes of the application element."""

    name: str = ""
    """Full class name of the Application, empty where it has none."""
    component_factory: str = ""
    backup_agent: str = ""
    label: str = ""
    label_zh: str = ""
    """Label for zh-CN, empty where there is none."""
    icon: int = 0
    """Resource id, 0 where there is none."""
    network_security_config: int = 0
    """Resource id, 0 where there is none."""
    process: str = ""
    permission: str = ""
    enabled: bool = True
    flags: dict[str, bool] = {}
    """Boolean attributes that are written."""
    element: Element | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The whole manifest."""

    package: str
    version_name: str = ""
    version_code: int | None = None
    """With versionCodeMajor in the upper 32 bits."""
    min_sdk: int | None = None
    """As written; the platform takes 1 where it is absent."""
    target_sdk: int | None = None
    """As written; the platform takes min_sdk where it is absent."""
    max_sdk: int | None = None
    compile_sdk: int | None = None
    shared_user_id: str = ""
    split: Split = Split()
    uses_permissions: tuple[UsesPermission, ...] = ()
    permissions: tuple[PermissionDefinition, ...] = ()
    application: Application = Application()
    components: tuple[Component, ...] = ()
    meta_data: dict[str, str] = {}
    """Meta-data of the application: name to value, references written as ``@type/name``."""
    uses_libraries: tuple[str, ...] = ()
    uses_features: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    """Packages, authorities and intent actions under queries."""
    instrumentation: tuple[str, ...] = ()
    """Packages its instrumentations target."""
    root: Element
    anomalies: tuple[Anomaly, ...] = ()

    @property
    def effective_min_sdk(self) -> int:
        """The API level the platform takes."""
        return 1 if self.min_sdk is None else self.min_sdk

    @property
    def effective_target_sdk(self) -> int:
        """The target the platform takes: min_sdk where none is written."""
        return self.effective_min_sdk if self.target_sdk is None else self.target_sdk

    @property
    def launchers(self) -> tuple[Component, ...]:
        """Enabled activities a home screen shows."""
        return tuple(c for c in self.components if c.enabled and is_launcher(c))


def is_launcher(component: Component) -> bool:
    """Tell whether an activity answers MAIN with LAUNCHER (or LEANBACK_LAUNCHER)."""
    return component.type in ("activity", "activity-alias") and any(
        "android.intent.action.MAIN" in each.actions
        and not {"android.intent.category.LAUNCHER", LEANBACK}.isdisjoint(each.categories)
        for each in component.filters
    )


LEANBACK = "android.intent.category.LEANBACK_LAUNCHER"
