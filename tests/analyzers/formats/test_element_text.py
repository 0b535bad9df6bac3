"""Elements are written as the text they were compiled from."""

from __future__ import annotations

from analyzers.formats.axml import read_axml
from analyzers.formats.element_text import write_element
from analyzers.formats.resources import ResourceTable
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Builder, Reference, make_axml, node

TREE = node("activity", node("intent-filter", node("action", name="a<b>&\"c\"")), name=".Main", exported=True,
            label=Reference(0x7F010000))  # fmt: skip
WRITTEN = (
    '<activity android:name=".Main" android:exported="true" android:label="@string/title">'
    '<intent-filter><action android:name="a&lt;b>&amp;&quot;c&quot;"/></intent-filter></activity>'
)


def test_an_element_is_written_with_its_children() -> None:
    table = ResourceTable(make_arsc({"string": {"title": {"": "Title"}}}))
    assert write_element(read_axml(make_axml(TREE)).root, table) == WRITTEN


def test_hidden_names_are_written_by_their_number() -> None:
    root = read_axml(Builder(hide_names=True).write(TREE)).root
    assert write_element(root).startswith('<activity android:name=".Main" android:exported="true"')


def test_writing_stops_soon_after_the_limit() -> None:
    tree = node("a", *(node("b", name="x" * 100) for _ in range(1000)))
    assert len(write_element(read_axml(make_axml(tree)).root, limit=400)) < 600


def test_text_is_written() -> None:
    assert (
        write_element(read_axml(make_axml(node("domain", text="a&b"))).root)
        == "<domain>a&amp;b</domain>"
    )
