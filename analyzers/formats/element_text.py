"""Writes an element of binary XML as the text it was compiled from, for people to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.attributes import attribute_names
from analyzers.formats.axml import ANDROID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.axml import Attribute, Element
    from analyzers.formats.resource_lookup import Resources

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;"})


def write_element(element: Element, resources: Resources | None = None, *, limit: int = 400) -> str:
    """Write an element with its children, stopping soon after ``limit`` characters.

    Args:
        element: The element.
        resources: Names references as ``@type/name``; without it they stay numbers.
        limit: Children are left out once so much is written.
    """
    pieces: list[str] = []
    written = 0
    for piece in _pieces(element, resources):
        pieces.append(piece)
        written += len(piece)
        if written > limit:
            break
    return "".join(pieces)


def _pieces(element: Element, resources: Resources | None) -> Iterator[str]:
    attributes = "".join(f" {_write(each, resources)}" for each in element.attributes)
    text = element.text.translate(ESCAPES)
    if not element.children:
        yield (
            f"<{element.tag}{attributes}>{text}</{element.tag}>"
            if text
            else f"<{element.tag}{attributes}/>"
        )
        return
    yield f"<{element.tag}{attributes}>{text}"
    for child in element.children:
        yield from _pieces(child, resources)
    yield f"</{element.tag}>"


def _write(attribute: Attribute, resources: Resources | None) -> str:
    name = attribute_names().get(attribute.resource, "") or attribute.name
    prefix = "android:" if attribute.namespace == ANDROID or attribute.resource else ""
    value = attribute.value
    text = value.as_text()
    if value.is_reference and resources is not None:
        known = resources.name(value.data)
        text = f"@{known}" if known else text
    return f'{prefix}{name}="{text.translate(ESCAPES)}"'
