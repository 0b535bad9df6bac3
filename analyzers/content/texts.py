"""The texts inside a package that a user may read: resources, pages, strings of the code."""

from __future__ import annotations

import html.parser
import re
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.package import AppPackage

MAX_FILE = 2 << 20
"""Bytes of one text file that is read."""
MAX_FILES = 400
MAX_STRINGS = 40_000
MAX_TEXT = 200_000
"""Characters of one text that are looked at."""
_SUFFIXES = (".html", ".htm", ".txt", ".md", ".json", ".js", ".xhtml", ".properties")
_CHINESE = re.compile(rb"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]")


class AppText(msgspec.Struct, frozen=True):
    """One text and where it stands."""

    file: str
    """Path in the package."""
    place: str
    """Resource name, or empty for a whole file."""
    text: str


def read_resource_texts(package: AppPackage) -> Iterator[AppText]:
    """Give the string resources a Chinese phone shows."""
    resources = package.resources
    if resources is None:
        return
    for count, resource in enumerate(resources.ids("string")):
        if count >= MAX_STRINGS:
            return
        value = resources.resolve(resource, chinese=True) or resources.resolve(resource)
        if value is not None and value.text.strip():
            name = resources.name(resource)
            yield AppText(file="resources.arsc", place=name, text=value.text[:MAX_TEXT])


def read_page_texts(package: AppPackage) -> Iterator[AppText]:
    """Give the text files of assets and raw resources, tags of pages taken out."""
    count = 0
    for name in package.names:
        lower = name.lower()
        if not lower.endswith(_SUFFIXES) or not lower.startswith(("assets/", "res/raw")):
            continue
        if package.size_of(name) > MAX_FILE:
            continue
        count += 1
        if count > MAX_FILES:
            return
        try:
            raw = package.read(name, MAX_FILE)
        except FormatError:
            continue
        text = decode_text(raw)
        if lower.endswith((".html", ".htm", ".xhtml")) or "<html" in text[:2000].lower():
            text = strip_tags(text)
        if text.strip():
            yield AppText(file=name, place="", text=text[:MAX_TEXT])


def read_code_texts(package: AppPackage) -> Iterator[AppText]:
    """Give the Chinese string constants of the code."""
    found = 0
    for hits in package.index.find_strings(_CHINESE):
        for text in hits.texts:
            found += 1
            if found > MAX_STRINGS:
                return
            yield AppText(file=package.index.files[hits.file].name, place="", text=text[:MAX_TEXT])


def decode_text(raw: bytes) -> str:
    """Decode UTF-8, UTF-16 with a mark, or GB 18030."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


class _TextOnly(html.parser.HTMLParser):
    """Collects what a page shows; scripts and styles are left out."""

    _BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5"})
    _CELLS = frozenset({"td", "th"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._hidden += 1
        elif tag in self._BREAKS:
            self.parts.append("\n")
        elif tag in self._CELLS and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("｜")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = max(0, self._hidden - 1)
        elif tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if data.strip():
            self.parts.append(data)
        elif self.parts and not self.parts[-1].endswith(("\n", " ", "｜")):
            self.parts.append(" ")


def strip_tags(page: str) -> str:
    """Give the text a page shows, one line per block."""
    reader = _TextOnly()
    reader.feed(page[: MAX_TEXT * 4])
    reader.close()
    return re.sub(r"[ \t\r\f\v]+", " ", "".join(reader.parts))
