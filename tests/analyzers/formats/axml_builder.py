"""Builds binary XML chunk by chunk, so that every chunk can be odd."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from analyzers.formats.attributes import attribute_ids
from analyzers.formats.axml import ANDROID

STRING, REFERENCE, DECIMAL, BOOLEAN = 0x03, 0x01, 0x10, 0x12


@dataclass
class Node:
    """An element; attribute values may be str, bool, int or a Reference."""

    tag: str
    attributes: dict[str, object] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True)
class Reference:
    """A value that names a resource."""

    resource: int


def node(tag: str, *children: Node, text: str = "", **attributes: object) -> Node:
    """Make an element; android: attributes by name, others with ``plain_`` in front."""
    return Node(tag, dict(attributes), list(children), text)


def chunk(kind: int, header: bytes, body: bytes = b"", size: int | None = None) -> bytes:
    whole = 8 + len(header) + len(body)
    return (
        struct.pack("<HHI", kind, 8 + len(header), whole if size is None else size) + header + body
    )


def make_pool(strings: list[str], *, utf8: bool = False, stated: int | None = None) -> bytes:
    data, offsets = b"", []
    for text in strings:
        offsets.append(len(data))
        if utf8:
            raw = text.encode()
            data += _length8(len(text)) + _length8(len(raw)) + raw + b"\0"
        else:
            raw = text.encode("utf-16-le")
            data += struct.pack("<H", len(raw) // 2) + raw + b"\0\0"
    data += bytes(-len(data) % 4)
    count = len(strings) if stated is None else stated
    start = 28 + 4 * len(strings)
    header = struct.pack("<IIIII", count, 0, 0x100 if utf8 else 0, start, 0)
    return chunk(1, header, struct.pack(f"<{len(offsets)}I", *offsets) + data)


def _length8(length: int) -> bytes:
    return bytes([length]) if length < 0x80 else bytes([0x80 | length >> 8, length & 0xFF])


class Builder:
    """Collects strings and writes a tree; the options make single chunks odd."""

    def __init__(
        self,
        *,
        utf8: bool = False,
        hide_names: bool = False,
        attribute_size: int = 20,
        stated_strings: int | None = None,
        node_header: int = 16,
    ) -> None:
        self.utf8 = utf8
        self.hide_names = hide_names
        self.attribute_size = attribute_size
        self.stated_strings = stated_strings
        self.node_header = node_header
        self.strings: list[str] = []
        self.resources: list[int] = []

    def write(
        self,
        root: Node,
        *,
        before: bytes = b"",
        kind: int = 3,
        size: int | None = None,
        after: bytes = b"",
    ) -> bytes:
        """Write the file; ``before`` goes between the pools and the elements."""
        self._collect(root)
        nodes = self._write_node(root)
        ids = chunk(0x180, b"", struct.pack(f"<{len(self.resources)}I", *self.resources))
        names = [
            "" if self.hide_names and i < len(self.resources) else s
            for i, s in enumerate(self.strings)
        ]
        pool = make_pool(names, utf8=self.utf8, stated=self.stated_strings)
        body = pool + ids + before + nodes
        return struct.pack("<HHI", kind, 8, len(body) + 8 if size is None else size) + body + after

    def _collect(self, root: Node) -> None:
        """Put names with resource ids first: the resource map is parallel to the pool."""
        waiting = [root]
        while waiting:
            current = waiting.pop(0)
            waiting += current.children
            for name in current.attributes:
                if not name.startswith("plain_") and name not in self.strings:
                    self.strings.append(name)
                    self.resources.append(attribute_ids()[name])

    def _index(self, text: str) -> int:
        if text not in self.strings[len(self.resources) :]:
            self.strings.append(text)
        return self.strings.index(text, len(self.resources))

    def _node(self, kind: int, body: bytes) -> bytes:
        header = struct.pack("<Ii", 1, -1) + bytes(self.node_header - 16)
        return chunk(kind, header, body)

    def _write_node(self, one: Node) -> bytes:
        attributes = b"".join(self._attribute(k, v) for k, v in one.attributes.items())
        start = struct.pack(
            "<iiHHHHHH",
            -1,
            self._index(one.tag),
            20,
            self.attribute_size,
            len(one.attributes),
            0,
            0,
            0,
        )
        text = self._text(one.text) if one.text else b""
        inner = b"".join(map(self._write_node, one.children))
        end = self._node(0x103, struct.pack("<ii", -1, self._index(one.tag)))
        return self._node(0x102, start + attributes) + text + inner + end

    def _text(self, text: str) -> bytes:
        index = self._index(text)
        return self._node(0x104, struct.pack("<iHBBI", index, 8, 0, STRING, index))

    def _attribute(self, name: str, value: object) -> bytes:
        if name.startswith("plain_"):
            namespace, key = -1, self._index(name.removeprefix("plain_"))
        else:
            namespace, key = self._index(ANDROID), self.strings.index(name)
        kind, data, raw = self._value(value)
        written = struct.pack("<iiiHBBI", namespace, key, raw, 8, 0, kind, data & 0xFFFFFFFF)
        return written + bytes(self.attribute_size - 20)

    def _value(self, value: object) -> tuple[int, int, int]:
        if isinstance(value, bool):
            return BOOLEAN, 0xFFFFFFFF if value else 0, -1
        if isinstance(value, int):
            return DECIMAL, value, -1
        if isinstance(value, Reference):
            return REFERENCE, value.resource, -1
        index = self._index(str(value))
        return STRING, index, index


def make_axml(root: Node, **options: object) -> bytes:
    """Write an ordinary binary XML file."""
    return Builder(**options).write(root)
