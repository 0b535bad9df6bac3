"""The launcher icon: found through the resource table, decoded, and written anew as a small PNG."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError
from analyzers.formats.typed_value import STRING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analyzers.formats.axml import Document
    from analyzers.formats.resource_config import Config
    from analyzers.formats.resource_lookup import Resources

FORMATS = ("PNG", "WEBP", "JPEG")
EDGE = 144
"""Longest edge of the written icon in pixels."""
WANTED_DENSITY = 320
MAX_FILE = 8 << 20
MAX_STEPS = 8
MAX_BITMAPS = 40
VISIBLE_ALPHA = 16
LAYERS = ("foreground", "background", "item", "bitmap", "inset", "monochrome")


class Icon(msgspec.Struct, frozen=True):
    """A drawn icon."""

    path: str
    """File inside the package it was taken from."""
    png: bytes
    transparent: bool | None
    """No pixel is visible; None where other layers are colours or vector art."""


def read_icon(
    resource: int,
    resources: Resources,
    read: Callable[[str], bytes],
    read_xml: Callable[[str], Document],
    pixels: int,
) -> Icon | None:
    """Draw an icon.

    Args:
        resource: Resource id of the icon.
        resources: Table it is looked up in.
        read: Gives the content of a file of the package.
        read_xml: Gives an XML file of the package.
        pixels: Largest number of pixels that is decoded.

    Returns:
        The first bitmap with a visible pixel, else the first that can be decoded; None where
        there is only vector art, or nothing.
    """
    first: Icon | None = None
    drawn_otherwise = False
    for path in islice(_bitmaps(resource, resources, read_xml), MAX_BITMAPS):
        try:
            png, transparent = _draw(read(path), pixels)
        except (FormatError, KeyError):
            drawn_otherwise = True
            continue
        if not transparent:
            return Icon(path=path, png=png, transparent=False)
        first = first or Icon(path=path, png=png, transparent=True)
    if first and drawn_otherwise:
        return Icon(path=first.path, png=first.png, transparent=None)
    return first


def _bitmaps(
    resource: int, resources: Resources, read_xml: Callable[[str], Document]
) -> Iterator[str]:
    """Give candidate files, adaptive icons replaced by their layers, foreground first.

    A colour gives an empty name, vector art its own: neither can be decoded.
    """
    waiting, steps = [resource], 0
    while waiting and steps < MAX_STEPS:
        steps += 1
        for path, reference in _files(waiting.pop(0), resources):
            if reference:
                waiting.append(reference)
            elif path.endswith(".xml"):
                layers = _layers(path, read_xml)
                waiting += layers
                if not layers:
                    yield path
            else:
                yield path


def _files(resource: int, resources: Resources) -> list[tuple[str, int]]:
    """Give (file, reference) of every configuration, ordinary densities first."""

    def rank(config: Config) -> tuple[int, int]:
        return config.others, abs(config.density - WANTED_DENSITY)

    values = sorted(resources.values(resource), key=lambda pair: rank(pair[0]))
    return [
        (value.text if value.kind == STRING else "", value.data if value.is_reference else 0)
        for _, value in values
    ]


def _layers(path: str, read_xml: Callable[[str], Document]) -> list[int]:
    """Give the drawables an adaptive icon or layer list names."""
    try:
        root = read_xml(path).root
    except (FormatError, KeyError):
        return []
    elements = [
        root,
        *root.children,
        *(inner for child in root.children for inner in child.children),
    ]
    ranked = sorted(
        (LAYERS.index(element.tag), attribute.value.data)
        for element in elements
        if element.tag in LAYERS
        for attribute in element.attributes
        if attribute.value.is_reference
    )
    return [reference for _, reference in ranked]


def _draw(content: bytes, pixels: int) -> tuple[bytes, bool]:
    """Decode a bitmap within bounds and write it as PNG.

    Raises:
        FormatError: not a bitmap of the known formats, too large, or damaged.
    """
    from PIL import Image, UnidentifiedImageError

    if len(content) > MAX_FILE:
        raise FormatError("icon.too-large", size=len(content))
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
            if not width or not height or width * height > pixels:
                raise FormatError("icon.too-large", size=width * height)
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError("icon.damaged") from error
    drawn.thumbnail((EDGE, EDGE))
    transparent = max(drawn.getchannel("A").tobytes()) < VISIBLE_ALPHA
    target = io.BytesIO()
    drawn.save(target, "PNG")
    return target.getvalue(), transparent
