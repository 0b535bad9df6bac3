"""Which classes a layout makes: views by their tag, fragments by their name, includes followed."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from analyzers.formats.attributes import attribute_ids
from analyzers.formats.axml import read_axml
from analyzers.formats.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.axml import Element
    from analyzers.package import AppPackage

_MAX_DEPTH = 6
_MAX_ELEMENTS = 5_000


class Layouts:
    """Reads layouts of one package on demand, each once."""

    def __init__(self, package: AppPackage) -> None:
        """Work on one package."""
        self._package = weakref.ref(package)
        self._known: dict[int, tuple[str, ...]] = {}

    def classes(self, resource: int) -> tuple[str, ...]:
        """Give the dotted classes that a layout resource names; empty for anything else."""
        if resource not in self._known:
            self._known[resource] = ()
            self._known[resource] = tuple(dict.fromkeys(self._read(resource, 0)))
        return self._known[resource]

    def _read(self, resource: int, depth: int) -> Iterator[str]:
        package = self._package()
        table = package.resources if package is not None else None
        if package is None or table is None or depth > _MAX_DEPTH:
            return
        for _, value in table.values(resource):
            path = value.as_text()
            if path in package.archive:
                try:
                    content = package.read(path, package.limits.xml_bytes)
                    document = read_axml(content)
                except FormatError:
                    continue
                yield from self._named(document.root, depth)

    def _named(self, root: Element, depth: int) -> Iterator[str]:
        waiting, seen = [root], 0
        while waiting and seen < _MAX_ELEMENTS:
            element = waiting.pop()
            waiting += element.children
            seen += 1
            if "." in element.tag:
                yield element.tag
            for name, number in (("class", 0), ("name", attribute_ids()["name"])):
                value = element.attribute(name, number)
                if value is not None and "." in value.as_text():
                    yield value.as_text()
            if element.tag == "include":
                layout = element.attribute("layout", 0)
                if layout is not None:
                    yield from self._read(layout.data, depth + 1)
