"""Writes aapt2's protobuf: XML trees and resource tables of app bundles."""

from __future__ import annotations

import struct

from analyzers.formats.attributes import attribute_ids
from analyzers.formats.axml import ANDROID
from tests.analyzers.formats.axml_builder import Node, Reference


def varint(number: int) -> bytes:
    written = b""
    while number > 0x7F:
        written += bytes([number & 0x7F | 0x80])
        number >>= 7
    return written + bytes([number])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def block(field: int, *content: bytes) -> bytes:
    joined = b"".join(content)
    return varint(field << 3 | 2) + varint(len(joined)) + joined


def text(field: int, value: str) -> bytes:
    return block(field, value.encode())


def make_item(value: object) -> bytes:
    if isinstance(value, bool):
        return block(7, number(8, int(value)))
    if isinstance(value, int):
        return block(7, number(6, value))
    if isinstance(value, float):
        return block(7, varint(3 << 3 | 5) + struct.pack("<f", value))
    if isinstance(value, Reference):
        return block(1, number(2, value.resource))
    return block(2, text(1, str(value)))


def make_proto_xml(root: Node) -> bytes:
    """Write an XmlNode."""
    attributes = b"".join(block(4, _attribute(k, v)) for k, v in root.attributes.items())
    children = b"".join(block(5, make_proto_xml(child)) for child in root.children)
    inner = block(5, text(2, root.text)) if root.text else b""
    return block(1, text(3, root.tag), attributes, inner, children)


def _attribute(name: str, value: object) -> bytes:
    if name.startswith("plain_"):
        return text(2, name.removeprefix("plain_")) + text(3, str(value))
    written = text(1, ANDROID) + text(2, name) + number(5, attribute_ids()[name])
    return written + block(6, make_item(value))


def make_proto_table(types: dict[str, dict[str, dict[str, object]]]) -> bytes:
    """Write a ResourceTable of package 0x7f; shapes as in make_arsc, configurations as locales."""
    written = b""
    for type_id, (type_name, entries) in enumerate(types.items(), 1):
        rows = b""
        for entry_id, (name, configs) in enumerate(entries.items()):
            values = b"".join(
                block(
                    6,
                    block(1, text(3, locale)) if locale else b"",
                    block(2, block(4, make_item(value))),
                )
                for locale, value in configs.items()
            )
            rows += block(3, block(1, number(1, entry_id)), text(2, name), values)
        written += block(3, block(1, number(1, type_id)), text(2, type_name), rows)
    return block(2, block(1, number(1, 0x7F)), text(2, "cn.edu.example"), written)
