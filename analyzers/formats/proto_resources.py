"""The resource table of app bundles (aapt2's Resources.proto, ResourceTable), resources.pb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.formats.proto_value import read_item
from analyzers.formats.protobuf import field_bytes, field_number, field_text, read_fields
from analyzers.formats.resource_config import Config
from analyzers.formats.resource_lookup import Resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.typed_value import TypedValue

TABLE_PACKAGE = 2
PACKAGE_ID, PACKAGE_TYPE = 1, 3
ENTRY_ID, ENTRY_NAME, ENTRY_VALUE = 1, 2, 6
VALUE_CONFIG, VALUE_VALUE = 1, 2
VALUE_ITEM = 4
CONFIG_LOCALE, CONFIG_DENSITY, CONFIG_SDK, CONFIG_PRODUCT = 3, 18, 24, 25
MAX_ENTRIES = 1_000_000


class Entry(msgspec.Struct, frozen=True):
    """One resource, its values not yet read."""

    name: str
    values: tuple[bytes, ...]


class ProtoResources(Resources):
    """A table whose entries are indexed once and read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Index the entries.

        Raises:
            FormatError: the bytes are not such a table.
        """
        self._entries: dict[int, Entry] = {}
        for number, package in read_fields(content):
            if number == TABLE_PACKAGE:
                self._read_package(field_bytes(package))
        if not self._entries:
            raise FormatError("arsc.no-package")

    def values(self, resource: int) -> list[tuple[Config, TypedValue]]:
        """Give the value of a resource in every configuration, references not followed."""
        entry = self._entries.get(resource)
        found = (_read_value(value) for value in entry.values) if entry else ()
        return [pair for pair in found if pair is not None]

    def name(self, resource: int) -> str:
        """Give ``type/key`` of a resource, empty where it is unknown."""
        entry = self._entries.get(resource)
        return entry.name if entry else ""

    def ids(self, type_name: str) -> Iterator[int]:
        """Give the ids of all resources of a type in order."""
        wanted = f"{type_name}/"
        return (i for i, entry in sorted(self._entries.items()) if entry.name.startswith(wanted))

    def _read_package(self, message: bytes) -> None:
        package, types = 0, []
        for number, value in read_fields(message):
            if number == PACKAGE_ID:
                package = _first_number(field_bytes(value))
            elif number == PACKAGE_TYPE:
                types.append(field_bytes(value))
        for one in types:
            self._read_type(package, one)

    def _read_type(self, package: int, message: bytes) -> None:
        type_id, type_name, entries = 0, "", []
        for number, value in read_fields(message):
            if number == ENTRY_ID:
                type_id = _first_number(field_bytes(value))
            elif number == ENTRY_NAME:
                type_name = field_text(value)
            else:
                entries.append(field_bytes(value))
        for entry in entries:
            self._read_entry(package << 24 | type_id << 16, type_name, entry)

    def _read_entry(self, base: int, type_name: str, message: bytes) -> None:
        entry_id, name, values = 0, "", []
        for number, value in read_fields(message):
            if number == ENTRY_ID:
                entry_id = _first_number(field_bytes(value))
            elif number == ENTRY_NAME:
                name = field_text(value)
            elif number == ENTRY_VALUE:
                values.append(field_bytes(value))
        if len(self._entries) >= MAX_ENTRIES:
            raise FormatError("arsc.too-many-entries", limit=MAX_ENTRIES)
        self._entries.setdefault(
            base | entry_id & 0xFFFF, Entry(f"{type_name}/{name}", tuple(values))
        )


def _first_number(message: bytes) -> int:
    """Read a message that wraps one number; absent it is 0."""
    return next((field_number(value) for number, value in read_fields(message) if number == 1), 0)


def _read_value(message: bytes) -> tuple[Config, TypedValue] | None:
    config, item = Config(), None
    for number, value in read_fields(message):
        if number == VALUE_CONFIG:
            config = _read_config(field_bytes(value))
        elif number == VALUE_VALUE:
            for inner, content in read_fields(field_bytes(value)):
                if inner == VALUE_ITEM:
                    item = read_item(field_bytes(content))
    return None if item is None else (config, item)


def _read_config(message: bytes) -> Config:
    """Read a Configuration; its locale is a BCP 47 tag."""
    language = region = script = ""
    density = sdk = others = 0
    for number, value in read_fields(message):
        if number == CONFIG_LOCALE:
            language, *rest = field_text(value).split("-")
            script = next((tag for tag in rest if len(tag) == 4), "")
            region = next((tag for tag in rest if len(tag) in (2, 3)), "")
        elif number == CONFIG_DENSITY:
            density = field_number(value)
        elif number == CONFIG_SDK:
            sdk = field_number(value)
        elif number != CONFIG_PRODUCT:
            others += 1
    return Config(language, region, script, density, sdk, others)
