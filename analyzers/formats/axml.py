"""Binary XML as Android's ResXMLTree reads it, into a tree of elements.

Attributes are known by resource id, as the package parser knows them; the written name is only
text. Unknown chunks are stepped over, a wrong type or size in the first header is noted.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.anomaly import Anomaly, AnomalyLog
from analyzers.formats.errors import FormatError
from analyzers.formats.string_pool import StringPool
from analyzers.formats.typed_value import TypedValue, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = struct.Struct("<HHI")
ELEMENT = struct.Struct("<iiHHH")
ATTRIBUTE = struct.Struct("<iiiHBBI")
CDATA = struct.Struct("<i")
XML, POOL, RESOURCE_MAP = 0x0003, 0x0001, 0x0180
FIRST_NODE, LAST_NODE = 0x0100, 0x017F
START_NAMESPACE, END_NAMESPACE, START_ELEMENT, END_ELEMENT, TEXT = range(0x0100, 0x0105)
NODE_HEADER = 16
MAX_NODES = 1_000_000
MAX_DEPTH = 1_000
ANDROID = "http://schemas.android.com/apk/res/android"


class Attribute(msgspec.Struct, frozen=True):
    """One attribute of an element."""

    namespace: str
    name: str
    """The written name; empty or wrong in obfuscated files."""
    resource: int
    """Resource id of the name, 0 where it has none."""
    value: TypedValue


class Element(msgspec.Struct, frozen=True):
    """One element with its attributes and children."""

    tag: str
    namespace: str
    attributes: tuple[Attribute, ...]
    children: list[Element]
    texts: list[str]
    """Character data between the children, in order."""
    line: int = 0
    """Line number in the source, where the compiler kept it."""

    @property
    def text(self) -> str:
        """Character data of the element itself."""
        return "".join(self.texts).strip()

    def find(self, tag: str) -> Element | None:
        """Give the first child of a tag."""
        return next(self.find_all(tag), None)

    def find_all(self, tag: str) -> Iterator[Element]:
        """Give all children of a tag."""
        return (child for child in self.children if child.tag == tag)

    def attribute(self, name: str, resource: int = 0) -> TypedValue | None:
        """Give an attribute by resource id, or by plain name where no id is asked.

        Attributes without namespace (``package``, ``split``) are asked by name only.
        """
        for attribute in self.attributes:
            if resource:
                if attribute.resource == resource:
                    return attribute.value
            elif attribute.name == name and not attribute.resource:
                return attribute.value
        return None


class Document(msgspec.Struct, frozen=True):
    """A whole file."""

    root: Element
    anomalies: tuple[Anomaly, ...]


def is_binary_xml(start: bytes) -> bool:
    """Tell from the first bytes whether a file is binary XML written by ordinary tools."""
    return start[:4] == b"\x03\x00\x08\x00"


def read_axml(content: bytes) -> Document:
    """Read a binary XML file.

    Raises:
        FormatError: the file has no string pool or no element, or is cut off before its root.
    """
    return _Reader(content).read()


class _Reader:
    """Walks the chunks once; the open elements stand on a stack."""

    def __init__(self, content: bytes) -> None:
        self.data = memoryview(content)
        self.log = AnomalyLog()
        self.pool: StringPool | None = None
        self.resources: memoryview = memoryview(b"").cast("B")
        self.root: Element | None = None
        self.stack: list[Element] = []

    def read(self) -> Document:
        position, end = self._read_header()
        nodes = 0
        while position + CHUNK.size <= end:
            kind, header, size = CHUNK.unpack_from(self.data, position)
            if size < CHUNK.size or size > end - position or header > size:
                self.log.add("chunk-size")
                if kind != POOL:
                    break
                size = end - position
            if kind == START_ELEMENT and nodes >= MAX_NODES:
                raise FormatError("axml.too-many-nodes", limit=MAX_NODES)
            nodes += 1
            self._take(kind, header, self.data[position : position + size])
            if self.root is not None and not self.stack and kind == END_ELEMENT:
                break
            position += size
        if self.root is None:
            raise FormatError("axml.no-element")
        if self.stack:
            self.log.add("unclosed-element")
        if self.pool and self.pool.damaged:
            self.log.add("string-damaged")
        return Document(root=self.root, anomalies=self.log.list())

    def _read_header(self) -> tuple[int, int]:
        if len(self.data) < CHUNK.size:
            raise FormatError("axml.truncated")
        kind, header, size = CHUNK.unpack_from(self.data, 0)
        if kind != XML:
            self.log.add("file-type")
        if header != CHUNK.size:
            self.log.add("header-size")
        if header < CHUNK.size or header > len(self.data):
            raise FormatError("axml.header")
        if size != len(self.data):
            self.log.add("file-size")
        return header, min(size, len(self.data)) if size > header else len(self.data)

    def _take(self, kind: int, header: int, chunk: memoryview) -> None:
        if kind == POOL and self.pool is None:
            self.pool = StringPool(chunk)
            if self.pool.count != self.pool.stated:
                self.log.add("string-count")
        elif kind == RESOURCE_MAP:
            count = (len(chunk) - header) // 4
            self.resources = chunk[header : header + 4 * count].cast("I")
        elif kind == START_ELEMENT:
            self._open(header, chunk)
        elif kind == END_ELEMENT:
            if self.stack:
                self.stack.pop()
        elif kind == TEXT:
            self._add_text(header, chunk)
        elif kind in (START_NAMESPACE, END_NAMESPACE):
            return
        else:
            self.log.add("unknown-chunk", f"0x{kind:04x}")

    def _open(self, header: int, chunk: memoryview) -> None:
        if self.pool is None:
            raise FormatError("axml.no-strings")
        if header != NODE_HEADER:
            self.log.add("node-header")
        if len(chunk) < header + ELEMENT.size or header < NODE_HEADER:
            self.log.add("element-size")
            return
        namespace, tag, start, size, count = ELEMENT.unpack_from(chunk, header)
        element = Element(
            tag=self.pool[tag],
            namespace=self.pool[namespace],
            attributes=self._read_attributes(chunk, header + start, size, count),
            children=[],
            texts=[],
            line=struct.unpack_from("<I", chunk, CHUNK.size)[0],
        )
        if self.stack:
            self.stack[-1].children.append(element)
        elif self.root is None:
            self.root = element
        if len(self.stack) >= MAX_DEPTH:
            raise FormatError("axml.too-deep", limit=MAX_DEPTH)
        self.stack.append(element)

    def _add_text(self, header: int, chunk: memoryview) -> None:
        if self.stack and self.pool and len(chunk) >= header + CDATA.size:
            self.stack[-1].texts.append(self.pool[CDATA.unpack_from(chunk, header)[0]])

    def _read_attributes(
        self, chunk: memoryview, start: int, size: int, count: int
    ) -> tuple[Attribute, ...]:
        if count and size != ATTRIBUTE.size:
            self.log.add("attribute-size")
        if not count or size < ATTRIBUTE.size:
            return ()
        last = min(count, (len(chunk) - start) // size)
        if last < count:
            self.log.add("attribute-count")
        return tuple(self._read_attribute(chunk, start + size * i) for i in range(last))

    def _read_attribute(self, chunk: memoryview, offset: int) -> Attribute:
        pool = self.pool
        if pool is None:
            raise FormatError("axml.no-strings")
        namespace, name, raw, _, _, kind, data = ATTRIBUTE.unpack_from(chunk, offset)
        resource = self.resources[name] if 0 <= name < len(self.resources) else 0
        text = pool[name]
        if resource and not text:
            self.log.add("hidden-name")
        return Attribute(
            namespace=pool[namespace],
            name=text,
            resource=resource,
            value=read_value(kind, data, pool, raw),
        )
