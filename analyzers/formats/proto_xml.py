"""XML of app bundles: aapt2's protobuf (Resources.proto, XmlNode) into the tree binary XML gives."""

from __future__ import annotations

from analyzers.formats.axml import MAX_DEPTH, MAX_NODES, Attribute, Document, Element
from analyzers.formats.errors import FormatError
from analyzers.formats.proto_value import read_item
from analyzers.formats.protobuf import field_bytes, field_number, field_text, read_fields
from analyzers.formats.typed_value import STRING, TypedValue

NODE_ELEMENT, NODE_TEXT, NODE_SOURCE = 1, 2, 3
ELEMENT_NAMESPACE, ELEMENT_NAME, ELEMENT_ATTRIBUTE, ELEMENT_CHILD = 2, 3, 4, 5
ATTRIBUTE_NAMESPACE, ATTRIBUTE_NAME, ATTRIBUTE_VALUE = 1, 2, 3
ATTRIBUTE_ID, ATTRIBUTE_COMPILED = 5, 6


def read_proto_xml(content: bytes) -> Document:
    """Read an XML file of a bundle.

    Raises:
        FormatError: the bytes are not such a file.
    """
    holder = Element("", "", (), [], [])
    waiting: list[tuple[bytes, Element, int]] = [(content, holder, 0)]
    nodes = 0
    while waiting:
        node, parent, depth = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise FormatError("axml.too-many-nodes", limit=MAX_NODES)
        for number, value in read_fields(node):
            if number == NODE_TEXT:
                parent.texts.append(field_text(value))
            elif number == NODE_ELEMENT:
                element, children = _read_element(field_bytes(value))
                parent.children.append(element)
                waiting += [(child, element, depth + 1) for child in reversed(children)]
    if not holder.children or not holder.children[0].tag:
        raise FormatError("axml.no-element")
    return Document(root=holder.children[0], anomalies=())


def _read_element(message: bytes) -> tuple[Element, list[bytes]]:
    tag, namespace = "", ""
    attributes, children = [], []
    for number, value in read_fields(message):
        if number == ELEMENT_NAME:
            tag = field_text(value)
        elif number == ELEMENT_NAMESPACE:
            namespace = field_text(value)
        elif number == ELEMENT_ATTRIBUTE:
            attributes.append(_read_attribute(field_bytes(value)))
        elif number == ELEMENT_CHILD:
            children.append(field_bytes(value))
    return Element(tag, namespace, tuple(attributes), [], []), children


def _read_attribute(message: bytes) -> Attribute:
    namespace = name = text = ""
    resource, compiled = 0, None
    for number, value in read_fields(message):
        if number == ATTRIBUTE_NAMESPACE:
            namespace = field_text(value)
        elif number == ATTRIBUTE_NAME:
            name = field_text(value)
        elif number == ATTRIBUTE_VALUE:
            text = field_text(value)
        elif number == ATTRIBUTE_ID:
            resource = field_number(value)
        elif number == ATTRIBUTE_COMPILED:
            compiled = read_item(field_bytes(value))
    return Attribute(namespace, name, resource, compiled or TypedValue(STRING, 0, text))
