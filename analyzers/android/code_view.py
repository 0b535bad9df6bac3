"""What the analyzers of bytecode share for one package: program, owners, places."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_entries import make_entry_points
from analyzers.android.code_layouts import Layouts
from analyzers.dex.arrays import group_starts
from analyzers.dex.debug_lines import read_lines
from analyzers.dex.mapping import Mapping, read_mapping
from analyzers.dex.names import dotted
from analyzers.dex.origins import Origins
from analyzers.dex.tracing import Tracer
from analyzers.dex.whole_graph import WholeGraph
from analyzers.knowledge.owners import Owner, Owners, derive_app_namespaces
from analyzers.model import Evidence, Location, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.dex.arrays import Longs
    from analyzers.dex.entries import EntryPoints
    from analyzers.dex.program import Program
    from analyzers.dex.values import Value
    from analyzers.formats.manifest import Manifest
    from analyzers.package import AppPackage

_NEW = 0x22
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
class Call:
    """One call with what is known of its arguments."""

    item: int
    at: int
    reference: int
    shape: str
    """Descriptor of the called method."""
    given: tuple[Value | None, ...]
    """Arguments by register, the receiver first (wide arguments take two places)."""

    def argument(self, index: int, *, static: bool = False) -> Value | None:
        """Give an argument by its place in the descriptor; -1 is the receiver."""
        place = argument_place(self.shape, index, static=static)
        return self.given[place] if 0 <= place < len(self.given) else None


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

    @cached_property
    def _by_target(self) -> tuple[Longs, Longs]:
        calls = self.program.index.uses.calls
        order = np.argsort(calls.target, kind="stable")
        size = len(self.program.index.methods.name)
        return order, group_starts(calls.target[order], size)

    def calls_of(self, references: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Give (reference, item, unit) of all calls of method references."""
        order, first = self._by_target
        calls, starts = self.program.index.uses.calls, self.program.index.bodies.item_start
        for reference in references:
            for row in order[int(first[reference]) : int(first[reference + 1])].tolist():
                item = int(calls.item[row])
                yield reference, item, int(calls.position[row] - starts[item])

    def calls_to(self, owner: str, member: str, items: set[int] | None = None) -> Iterator[Call]:
        """Give the calls of a platform or library member with what they are given, in some bodies or all."""
        matcher = self.program.matcher
        references = matcher.methods(owner, member) + matcher.library(owner, member)
        for reference, item, at in self.calls_of(references):
            if items is not None and item not in items:
                continue
            trace = self.tracer.trace(item)
            if trace is not None and at in trace.calls:
                yield Call(item, at, reference, self.shape_of(reference), trace.calls[at])

    def receiver_class(self, call: Call) -> str:
        """Give the dotted class of the object a call is made on, as far as it is known."""
        first = call.given[0] if call.given else None
        if first is not None and first.sort == "new":
            return dotted(str(first.key))
        owner = int(self.program.index.methods.owner[call.reference])
        return dotted(self.program.index.type_text(owner))

    def shape_of(self, reference: int) -> str:
        """Give the descriptor of a method reference."""
        text = self.program.index.method_text(reference)
        return text[text.index("(", text.index("->")) :]

    def users_of(self, number: int) -> list[tuple[int, int]]:
        """Give (item, unit) where other classes make an object of a type or read its fields."""
        uses, bodies = self.program.index.uses, self.program.index.bodies
        types = np.flatnonzero((uses.types.target == number) & (uses.types.opcode == _NEW))
        mine = np.flatnonzero(self.program.index.fields.owner[uses.fields.target] == number)
        found = []
        for sites, rows in ((uses.types, types), (uses.fields, mine)):
            for row in rows.tolist():
                item = int(sites.item[row])
                owners = self.program.index.methods.owner[self.program.methods_of_item(item)]
                if number not in owners.tolist():
                    found.append((item, int(sites.position[row] - bodies.item_start[item])))
        return found

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

    def reference_at(self, item: int, at: int) -> int:
        """Give the method reference called at a unit of a body, -1 where nothing is."""
        calls, first = self.program.index.uses.calls, self.program.call_rows
        rows = slice(int(first[item]), int(first[item + 1]))
        place = at + int(self.program.index.bodies.item_start[item])
        hit = np.flatnonzero(calls.position[rows] == place)
        return int(calls.target[rows][hit[0]]) if len(hit) else -1

    def member_at(self, item: int, at: int) -> str:
        """Give what is called at a unit of a body, empty where nothing is."""
        reference = self.reference_at(item, at)
        return self.member_text(reference) if reference >= 0 else ""

    def shape_at(self, item: int, at: int) -> str:
        """Give the descriptor of what is called at a unit of a body, empty where nothing is."""
        reference = self.reference_at(item, at)
        return self.shape_of(reference) if reference >= 0 else ""

    def members_in(self, item: int) -> list[str]:
        """Give everything a body calls, as ``dotted.Class.name``."""
        calls, first = self.program.index.uses.calls, self.program.call_rows
        rows = slice(int(first[item]), int(first[item + 1]))
        return [self.member_text(int(one)) for one in calls.target[rows].tolist()]

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


def argument_place(shape: str, index: int, *, static: bool) -> int:
    """Give the register of a parameter among a call's registers (wide ones take two).

    Args:
        shape: descriptor such as ``(JLjava/lang/String;)V``.
        index: place among the parameters, -1 for the receiver.
        static: the method has no receiver.
    """
    place = 0 if static else 1
    if index < 0:
        return 0
    at = 1
    for _ in range(index):
        if at >= len(shape) or shape[at] == ")":
            return -1
        start = at
        while shape[at] == "[":
            at += 1
        wide = shape[start] in "JD"
        at = shape.index(";", at) + 1 if shape[at] == "L" else at + 1
        place += 2 if wide else 1
    return place
