"""What the analyzers of bytecode share for one package: program, owners, places."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_entries import make_entry_points
from analyzers.android.code_layouts import Layouts
from analyzers.dex.debug_lines import read_lines
from analyzers.dex.mapping import Mapping, read_mapping
from analyzers.dex.names import dotted
from analyzers.dex.origins import Origins
from analyzers.dex.tracing import Tracer
from analyzers.dex.whole_graph import WholeGraph
from analyzers.knowledge.owners import Owner, Owners, derive_app_namespaces
from analyzers.model import Evidence, Location, shorten

if TYPE_CHECKING:
    from analyzers.dex.entries import EntryPoints
    from analyzers.dex.program import Program
    from analyzers.formats.manifest import Manifest
    from analyzers.package import AppPackage

_MAPPING_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Site:
    """One instruction of one method."""

    method: int
    """Number of the method that holds it."""
    item: int
    """Its code item."""
    at: int
    """Unit in the body."""


@dataclass(frozen=True)
class CodeView:
    """Bytecode of one package with everything that names its places."""

    program: Program
    entries: EntryPoints
    owners: Owners
    mapping: Mapping | None

    @cached_property
    def tracer(self) -> Tracer:
        """Follows bodies without regard to the first run."""
        return Tracer(self.program)

    @cached_property
    def origins(self) -> Origins:
        """Searches constants through wrappers of the whole program."""
        graph = WholeGraph(self.program)
        return Origins(self.program, graph, self.tracer, depth=4, budget=40)

    def sites_of(self, item: int, at: int) -> list[Site]:
        """Give a site for each method that has the body."""
        return [Site(method, item, at) for method in self.program.methods_of_item(item)]

    def method_text(self, method: int) -> str:
        """Give a method as ``Lcls;->name(params)return``, original names where a mapping has them."""
        text = self.program.index.method_text(method)
        return self.mapping.method(text) if self.mapping else text

    def member_text(self, reference: int) -> str:
        """Give a method reference as ``dotted.Class.name``."""
        text = self.program.index.method_text(reference)
        owner, _, rest = text.partition("->")
        return f"{dotted(owner)}.{rest.partition('(')[0]}"

    def member_at(self, item: int, at: int) -> str:
        """Give what is called at a unit of a body, empty where nothing is."""
        calls, first = self.program.index.uses.calls, self.program.call_rows
        rows = slice(int(first[item]), int(first[item + 1]))
        place = at + int(self.program.index.bodies.item_start[item])
        hit = np.flatnonzero(calls.position[rows] == place)
        return self.member_text(int(calls.target[rows][hit[0]])) if len(hit) else ""

    def class_of(self, method: int) -> str:
        """Give the dotted class of a method, with its original name where a mapping has it."""
        owner = int(self.program.index.methods.owner[method])
        name = dotted(self.program.index.type_text(owner))
        return self.mapping.class_name(name) if self.mapping else name

    def owner_of(self, method: int) -> Owner:
        """Tell who owns the code of a method."""
        return self.owners.owner_of_class(self.class_of(method))

    def file_of(self, item: int) -> str:
        """Give the dex file of a body."""
        file = int(self.program.index.bodies.item_file[item])
        return self.program.index.files[file].name

    def line_of(self, site: Site) -> int | None:
        """Give the source line of a site, None where there is no debug information."""
        bodies = self.program.index.bodies
        file, start = int(bodies.item_file[site.item]), int(bodies.item_start[site.item])
        units = self.program.index.codes[file].units
        debug = int(units[start - 4]) | int(units[start - 3]) << 16
        line = read_lines(self.program.index.tables[file].raw, debug, site.at)
        if line is not None and self.mapping:
            return self.mapping.line(self.program.index.method_text(site.method), line)
        return line

    def evidence(self, site: Site, excerpt: str) -> Evidence:
        """Point at a site."""
        bodies = self.program.index.bodies
        offset = 2 * (int(bodies.item_start[site.item]) + site.at)
        place = f"{self.method_text(site.method)}@{site.at:#x}"
        location = Location(file=self.file_of(site.item), place=place, offset=offset)
        return Evidence(location=location, excerpt=shorten(excerpt))


_VIEWS: weakref.WeakKeyDictionary[AppPackage, CodeView] = weakref.WeakKeyDictionary()


def code_view(package: AppPackage) -> CodeView:
    """Give the view of a package; it is made once and kept as long as the package."""
    view = _VIEWS.get(package)
    if view is None:
        manifest = package.manifest
        view = CodeView(
            program=package.index.program,
            entries=make_entry_points(manifest, Layouts(package).classes),
            owners=make_owners(manifest),
            mapping=_load_mapping(package),
        )
        _VIEWS[package] = view
    return view


def make_owners(manifest: Manifest) -> Owners:
    """Make the finder of owners from what the manifest names."""
    launchers = [c.target or c.name for c in manifest.launchers]
    namespaces = derive_app_namespaces(manifest.package, manifest.application.name, launchers)
    return Owners(namespaces, [c.name for c in manifest.components])


def _load_mapping(package: AppPackage) -> Mapping | None:
    path = package.mapping
    if path is None:
        return None
    with path.open("r", encoding="utf-8", errors="replace") as stream:
        return read_mapping(stream.read(_MAPPING_BYTES))
