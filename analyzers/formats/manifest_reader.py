"""Element tree of a manifest to typed values, with the platform's defaults and naming rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.attributes import attribute_ids, attribute_names
from analyzers.formats.errors import FormatError
from analyzers.formats.manifest import (
    Application,
    Component,
    IntentFilter,
    Manifest,
    PermissionDefinition,
    Split,
    UsesPermission,
)
from analyzers.formats.typed_value import BOOLEAN, STRING, TypedValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.axml import Document, Element
    from analyzers.formats.resource_lookup import Resources

COMPONENTS = ("activity", "activity-alias", "service", "receiver", "provider")
USES_PERMISSION = ("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m")
BOOLEAN_FLAGS = frozenset({"debuggable", "allowBackup", "testOnly", "usesCleartextTraffic"})
"""Read as booleans even where an odd compiler wrote another type."""
NEVER_FOR_LOCATION = 0x00010000
MAX_LABEL = 1_000


def read_manifest(document: Document, resources: Resources | None) -> Manifest:
    """Read the manifest.

    Args:
        document: The binary XML.
        resources: Table that resolves references; without it they are written as ``@0x…``.

    Raises:
        FormatError: the root is not a manifest or names no package.
    """
    return _Reader(document, resources).read()


class _Reader:
    def __init__(self, document: Document, resources: Resources | None) -> None:
        self.document = document
        self.root = document.root
        self.resources = resources
        self.ids = attribute_ids()
        package = self.root.attribute("package")
        if self.root.tag != "manifest" or package is None or not package.text:
            raise FormatError("manifest.no-package")
        self.package = package.text

    def read(self) -> Manifest:
        root = self.root
        sdk = next(reversed(list(root.find_all("uses-sdk"))), None)
        application = root.find("application")
        inside = application.children if application else []
        return Manifest(
            package=self.package,
            version_name=self.text(root, "versionName"),
            version_code=self._version_code(),
            min_sdk=self.number(sdk, "minSdkVersion"),
            target_sdk=self.number(sdk, "targetSdkVersion"),
            max_sdk=self.number(sdk, "maxSdkVersion"),
            compile_sdk=self.number(root, "compileSdkVersion"),
            shared_user_id=self.text(root, "sharedUserId"),
            split=self._split(),
            uses_permissions=tuple(self._uses_permissions()),
            permissions=tuple(map(self._definition, self._named(root, "permission"))),
            application=self._application(application),
            components=tuple(self._component(e) for e in inside if e.tag in COMPONENTS),
            meta_data=self._meta_data(application),
            uses_libraries=self._names(inside, ("uses-library", "uses-native-library")),
            uses_features=self._names(root.children, ("uses-feature",)),
            queries=tuple(self._queries()),
            instrumentation=tuple(
                self.text(e, "targetPackage") for e in root.find_all("instrumentation")
            ),
            root=root,
            anomalies=self.document.anomalies,
        )

    def value(self, element: Element | None, name: str) -> TypedValue | None:
        """Give an android: attribute, references followed."""
        found = element.attribute(name, self.ids[name]) if element else None
        if found is None or not found.is_reference or self.resources is None:
            return found
        return self.resources.resolve(found.data) or found

    def text(self, element: Element | None, name: str) -> str:
        value = self.value(element, name)
        if value is None:
            return ""
        if value.is_reference and self.resources is not None:
            name = self.resources.name(value.data)
            return f"@{name}" if name else value.as_text()
        return value.as_text()

    def number(self, element: Element | None, name: str) -> int | None:
        value = self.value(element, name)
        if value is None:
            return None
        if value.kind == STRING:
            return int(value.text) if value.text.isascii() and value.text.isdigit() else None
        return value.number

    def flag(self, element: Element | None, name: str) -> bool | None:
        """Give a boolean attribute; None where it is not written."""
        value = self.value(element, name)
        return None if value is None else value.as_bool(default=False)

    def class_name(self, element: Element | None, name: str) -> str:
        """Give a class name, completed with the package as the platform does."""
        written = self.text(element, name)
        if written.startswith("."):
            return self.package + written
        return f"{self.package}.{written}" if written and "." not in written else written

    def _version_code(self) -> int | None:
        code, major = (
            self.number(self.root, "versionCode"),
            self.number(self.root, "versionCodeMajor"),
        )
        if code is None:
            return None
        return (major or 0) << 32 | code & 0xFFFFFFFF

    def _split(self) -> Split:
        root = self.root
        written = {name: root.attribute(name) for name in ("split", "configForSplit")}
        return Split(
            name=written["split"].text if written["split"] else "",
            config_for=written["configForSplit"].text if written["configForSplit"] else "",
            is_feature=bool(self.flag(root, "isFeatureSplit")),
            required=bool(self.flag(root, "isSplitRequired")),
            required_types=self.text(root, "requiredSplitTypes"),
            types=self.text(root, "splitTypes"),
        )

    def _uses_permissions(self) -> Iterator[UsesPermission]:
        for element in self.root.children:
            name = self.text(element, "name") if element.tag in USES_PERMISSION else ""
            if name:
                flags = self.number(element, "usesPermissionFlags") or 0
                yield UsesPermission(
                    name=name,
                    max_sdk=self.number(element, "maxSdkVersion"),
                    sdk23_only=element.tag != "uses-permission",
                    never_for_location=bool(flags & NEVER_FOR_LOCATION),
                    element=element,
                )

    def _definition(self, element: Element) -> PermissionDefinition:
        return PermissionDefinition(
            name=self.text(element, "name"),
            protection=self.number(element, "protectionLevel") or 0,
            group=self.text(element, "permissionGroup"),
            label=self.text(element, "label")[:MAX_LABEL],
            element=element,
        )

    def _application(self, element: Element | None) -> Application:
        if element is None:
            return Application()
        raw = element.attribute("label", self.ids["label"])
        config = element.attribute("networkSecurityConfig", self.ids["networkSecurityConfig"])
        enabled = self.flag(element, "enabled")
        return Application(
            name=self.class_name(element, "name"),
            component_factory=self.class_name(element, "appComponentFactory"),
            backup_agent=self.class_name(element, "backupAgent"),
            label=self.text(element, "label")[:MAX_LABEL],
            label_zh=self._chinese(raw)[:MAX_LABEL],
            icon=self._reference(element, "icon"),
            network_security_config=config.data if config and config.is_reference else 0,
            process=self.text(element, "process"),
            permission=self.text(element, "permission"),
            enabled=enabled is not False,
            flags=self._written_flags(element),
            element=element,
        )

    def _chinese(self, label: TypedValue | None) -> str:
        if label is None or not label.is_reference or self.resources is None:
            return ""
        value = self.resources.resolve(label.data, chinese=True)
        return value.as_text() if value else ""

    def _reference(self, element: Element, name: str) -> int:
        found = element.attribute(name, self.ids[name])
        return found.data if found and found.is_reference else 0

    def _written_flags(self, element: Element) -> dict[str, bool]:
        """Give every boolean attribute by name, references followed."""
        names = attribute_names()
        flags: dict[str, bool] = {}
        for attribute in element.attributes:
            name = names.get(attribute.resource, "")
            value = self.value(element, name) if name else None
            if value and (value.kind == BOOLEAN or name in BOOLEAN_FLAGS):
                flags[name] = value.as_bool(default=False)
        return flags

    def _component(self, element: Element) -> Component:
        permission = self.text(element, "permission")
        enabled = self.flag(element, "enabled")
        authorities = self.text(element, "authorities")
        return Component(
            type=element.tag,
            name=self.class_name(element, "name"),
            target=self.class_name(element, "targetActivity"),
            exported=self.flag(element, "exported"),
            enabled=enabled is not False,
            permission=permission,
            read_permission=self.text(element, "readPermission") or permission,
            write_permission=self.text(element, "writePermission") or permission,
            process=self.text(element, "process"),
            authorities=tuple(filter(None, authorities.split(";"))),
            init_order=self.number(element, "initOrder"),
            grant_uri=bool(self.flag(element, "grantUriPermissions"))
            or element.find("grant-uri-permission") is not None,
            isolated=bool(self.flag(element, "isolatedProcess")),
            direct_boot=bool(self.flag(element, "directBootAware")),
            foreground_service_type=self.number(element, "foregroundServiceType") or 0,
            label=self.text(element, "label")[:MAX_LABEL],
            filters=tuple(map(self._filter, element.find_all("intent-filter"))),
            meta_data=self._meta_data(element),
            element=element,
        )

    def _filter(self, element: Element) -> IntentFilter:
        data = list(element.find_all("data"))
        return IntentFilter(
            actions=self._names(element.children, ("action",)),
            categories=self._names(element.children, ("category",)),
            schemes=tuple(filter(None, (self.text(e, "scheme") for e in data))),
            hosts=tuple(filter(None, (self.text(e, "host") for e in data))),
            mime_types=tuple(filter(None, (self.text(e, "mimeType") for e in data))),
            auto_verify=bool(self.flag(element, "autoVerify")),
            priority=self.number(element, "priority") or 0,
        )

    def _meta_data(self, element: Element | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in element.find_all("meta-data") if element else ():
            written = "resource" if self.value(entry, "resource") else "value"
            found.setdefault(self.text(entry, "name"), self.text(entry, written))
        return found

    def _queries(self) -> Iterator[str]:
        for queries in self.root.find_all("queries"):
            for child in queries.children:
                if child.tag == "intent":
                    yield from self._names(child.children, ("action",))
                else:
                    yield self.text(child, "authorities" if child.tag == "provider" else "name")

    def _named(self, parent: Element, tag: str) -> list[Element]:
        return [element for element in parent.find_all(tag) if self.text(element, "name")]

    def _names(self, elements: list[Element], tags: tuple[str, ...]) -> tuple[str, ...]:
        names = (self.text(element, "name") for element in elements if element.tag in tags)
        return tuple(filter(None, names))
