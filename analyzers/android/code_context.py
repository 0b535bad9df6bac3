"""The names a body lives among: what its author calls the things it works on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.dex.debug_lines import read_names

if TYPE_CHECKING:
    from analyzers.android.code_view import CodeView

_PLAIN = re.compile(
    r"^(run|call|invoke|apply|get|next|make|create|generate|new\w{0,8}|build|<init>|execute|produce)$"
)
_WRITES = frozenset([*range(0x59, 0x60), *range(0x67, 0x6E)])
_SHORT = 80


class Context:
    """Gives the names of bodies, each once."""

    def __init__(self, view: CodeView) -> None:
        """Work on one view."""
        self._view = view
        self._known: dict[int, tuple[str, ...]] = {}

    def names(self, item: int) -> tuple[str, ...]:
        """Give method, variable and written field names and short texts of a body.

        The class's own name counts only where the method's name says nothing.
        """
        known = self._known.get(item)
        if known is None:
            known = self._known[item] = tuple(dict.fromkeys(self._collect(item)))
        return known

    def _collect(self, item: int) -> list[str]:
        view, index = self._view, self._view.program.index
        found: list[str] = []
        for method in view.program.methods_of_item(item):
            text = view.method_text(method)
            name = text.partition("->")[2].partition("(")[0].removeprefix("lambda$")
            found.append(name)
            if _PLAIN.match(name.partition("$")[0]):
                found.append(view.class_of(method).rpartition(".")[2])
        bodies = index.bodies
        file, start = int(bodies.item_file[item]), int(bodies.item_start[item])
        units, table = index.codes[file].units, index.tables[file]
        debug = int(units[start - 4]) | int(units[start - 3]) << 16
        found += [table.strings.text(row) for row in read_names(table.raw, debug)]
        fields, first = index.uses.fields, view.program.field_rows
        for row in range(int(first[item]), int(first[item + 1])):
            if int(fields.opcode[row]) in _WRITES:
                text = index.field_text(int(fields.target[row]))
                found.append(text.partition("->")[2].partition(":")[0])
        strings, begin = index.uses.strings, view.program.string_rows
        rows = strings.target[int(begin[item]) : int(begin[item + 1])].tolist()
        texts = [table.strings.text(row) for row in rows]
        return found + [text for text in texts if len(text) < _SHORT]
