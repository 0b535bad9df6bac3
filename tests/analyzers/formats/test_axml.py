"""Binary XML is read as Android's ResXMLTree reads it."""

from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.attributes import attribute_ids
from analyzers.formats.axml import is_binary_xml, read_axml
from analyzers.formats.errors import FormatError
from tests.analyzers.formats.axml_builder import (
    Builder,
    Node,
    Reference,
    chunk,
    make_axml,
    node,
)

TREE = node(
    "manifest",
    node("uses-permission", name="android.permission.CAMERA", maxSdkVersion=28),
    node("application", node("activity", name=".Main", exported=True), label=Reference(0x7F010000)),
    plain_package="cn.edu.example",
)
NAME = attribute_ids()["name"]


def codes(content: bytes) -> set[str]:
    return {anomaly.code for anomaly in read_axml(content).anomalies}


@pytest.mark.parametrize("utf8", [False, True])
def test_a_tree_is_read(utf8: bool) -> None:
    document = read_axml(make_axml(TREE, utf8=utf8))
    root = document.root
    assert (root.tag, root.attribute("package").text) == ("manifest", "cn.edu.example")
    permission, application = root.children
    assert permission.attribute("", NAME).text == "android.permission.CAMERA"
    assert permission.attribute("", attribute_ids()["maxSdkVersion"]).number == 28
    assert application.find("activity").attribute("", attribute_ids()["exported"]).as_bool(False)
    assert application.attribute("", attribute_ids()["label"]).is_reference
    assert document.anomalies == ()


def test_text_between_elements_is_kept() -> None:
    root = read_axml(
        make_axml(node("a", node("domain", text=" campus.example.edu.cn "), text="x"))
    ).root
    assert (root.text, root.children[0].text) == ("x", "campus.example.edu.cn")


TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=40)


@given(st.recursive(st.builds(Node, TEXT), lambda inner: st.builds(
    Node, TEXT, st.fixed_dictionaries({}, optional={"name": TEXT, "value": st.integers(0, 2**31)}),
    st.lists(inner, max_size=3)), max_leaves=12), st.booleans())  # fmt: skip
@settings(deadline=None)
def test_every_tree_comes_back(tree: Node, utf8: bool) -> None:
    def same(wanted: Node, found: object) -> bool:
        return (
            wanted.tag == found.tag
            and len(wanted.attributes) == len(found.attributes)
            and all(map(same, wanted.children, found.children))
            and len(wanted.children) == len(found.children)
        )

    assert same(tree, read_axml(make_axml(tree, utf8=utf8)).root)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (Builder().write(TREE, kind=0), "file-type"),
        (Builder().write(TREE, size=40_000), "file-size"),
        (Builder().write(TREE, after=b"padding!"), "file-size"),
        (Builder().write(TREE, before=chunk(0x0999, b"", bytes(16))), "unknown-chunk"),
        (Builder(stated_strings=100_000).write(TREE), "string-count"),
        (Builder(attribute_size=28).write(TREE), "attribute-size"),
        (Builder(hide_names=True).write(TREE), "hidden-name"),
        (Builder(node_header=20).write(TREE), "node-header"),
    ],
)
def test_odd_files_are_read_all_the_same(content: bytes, code: str) -> None:
    document = read_axml(content)
    assert code in {anomaly.code for anomaly in document.anomalies}
    permission = document.root.find("uses-permission")
    assert permission.attribute("", NAME).text == "android.permission.CAMERA"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "axml.truncated"),
        (b"<?xml version='1.0'?><manifest/>", "axml.header"),
        (struct.pack("<HHI", 3, 8, 8), "axml.no-element"),
        (struct.pack("<HHI", 3, 4, 8) + bytes(40), "axml.header"),
    ],
)
def test_what_is_no_binary_xml_is_named(content: bytes, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_axml(content)
    assert caught.value.code == code


@pytest.mark.parametrize(("depth", "code"), [(900, ""), (1100, "axml.too-deep")])
def test_depth_is_bounded(depth: int, code: str) -> None:
    content = make_axml(node("a"))
    opened = content[: content.rindex(struct.pack("<HH", 0x103, 16))]
    element = opened[opened.rindex(struct.pack("<HH", 0x102, 16)) :]
    deep = opened + element * depth
    deep = deep[:4] + struct.pack("<I", len(deep)) + deep[8:]
    if not code:
        assert codes(deep) >= {"unclosed-element"}
        return
    with pytest.raises(FormatError) as caught:
        read_axml(deep)
    assert caught.value.code == code


def test_the_start_tells_binary_xml() -> None:
    assert is_binary_xml(make_axml(TREE))
    assert not is_binary_xml(b"<manifest/>")


ORDINARY = make_axml(TREE)


@given(st.integers(0, 2**32), st.integers(1, 8))
@settings(max_examples=500, deadline=None)
def test_changed_bytes_raise_only_format_errors(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    data = bytearray(ORDINARY)
    for _ in range(changes):
        place = draw.randrange(len(data))
        data[place] = draw.choice([0, 1, 0x7F, 0xFF, draw.randrange(256)])
    try:
        assert read_axml(bytes(data)).root.tag is not None
    except FormatError as error:
        assert error.code.startswith(("axml.", "pool."))
