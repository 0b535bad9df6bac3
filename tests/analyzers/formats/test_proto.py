"""XML and resources of app bundles are read into the same values as those of packages."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.axml import Element, read_axml
from analyzers.formats.errors import FormatError
from analyzers.formats.proto_resources import ProtoResources
from analyzers.formats.proto_xml import read_proto_xml
from tests.analyzers.formats.axml_builder import Reference, make_axml, node
from tests.analyzers.formats.proto_builder import make_proto_table, make_proto_xml

TREE = node(
    "manifest",
    node("uses-permission", name="android.permission.CAMERA", maxSdkVersion=28),
    node("application", node("activity", name=".Main", exported=True), label=Reference(0x7F010000)),
    plain_package="cn.edu.example",
)
TYPES = {
    "string": {
        "name": {"": "Campus", "zh-Hans-CN": "校园通", "zh-TW": "校園"},
        "alias": {"": Reference(0x7F010000)},
    },
    "bool": {"on": {"": True}},
}


def flat(element: Element) -> list[object]:
    values = [(a.name, a.resource, a.value.as_text()) for a in element.attributes]
    return [element.tag, values, [flat(child) for child in element.children]]


def test_both_forms_of_xml_give_one_tree() -> None:
    assert flat(read_proto_xml(make_proto_xml(TREE)).root) == flat(read_axml(make_axml(TREE)).root)


def test_text_is_kept() -> None:
    assert read_proto_xml(make_proto_xml(node("a", text="x"))).root.text == "x"


def test_resources_are_looked_up() -> None:
    table = ProtoResources(make_proto_table(TYPES))
    assert table.resolve(0x7F010000).text == "Campus"
    assert table.resolve(0x7F010001, chinese=True).text == "校园通"
    assert table.resolve(0x7F020000).as_bool(False)
    assert table.resolve(0x7F030000) is None
    assert (table.name(0x7F020000), table.name(1)) == ("bool/on", "")
    assert list(table.ids("string")) == [0x7F010000, 0x7F010001]


@pytest.mark.parametrize("content", [b"", b"\x0a", b"\x0f", b"\xff" * 20, b"\x08\x01"])
def test_what_is_no_protobuf_is_named(content: bytes) -> None:
    for read in (read_proto_xml, ProtoResources):
        with pytest.raises(FormatError):
            read(content)


ORDINARY = make_proto_xml(TREE), make_proto_table(TYPES)


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=300, deadline=None)
def test_changed_bytes_raise_only_format_errors(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    for original, read in zip(ORDINARY, (read_proto_xml, ProtoResources), strict=True):
        data = bytearray(original)
        for _ in range(changes):
            data[draw.randrange(len(data))] = draw.randrange(256)
        try:
            found = read(bytes(data))
            if isinstance(found, ProtoResources):
                assert found.resolve(0x7F010000) is None or found.name(0x7F010000) is not None
        except FormatError as error:
            assert error.code.startswith(("axml.", "proto.", "arsc."))
