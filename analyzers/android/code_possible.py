"""Which conditions of the API table can hold at all, given the string constants of the code.

A call whose argument would have to be ``/proc/cpuinfo`` need not be followed when no constant
contains that text. Texts put together from smaller parts are found by their parts.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.android.code_arguments import uri_fields
from analyzers.dex.names import dotted
from analyzers.dex.word_search import find_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.program import Program
    from analyzers.knowledge.apis.model import ApiRow

_OPEN = frozenset({"int", "sensor"})
"""Forms whose values are no strings."""

_SHORT = 5
"""Words shorter than this occur everywhere and limit nothing."""


class Possible:
    """Answers for the rows of one package."""

    def __init__(self, program: Program, rows: Sequence[ApiRow]) -> None:
        """Look for the texts of all conditions at once."""
        self._program = program
        self._wanted = {row.id: _words(row) for row in rows if _is_limited(row)}

    @cached_property
    def _held(self) -> frozenset[str]:
        """Give the wanted words that some constant or platform URI holds."""
        words = {word for groups in self._wanted.values() for group in groups for word in group}
        joined = "\0".join(self._uris())
        found = find_words(self._program.index.tables, words)
        return found | {word for word in words if word in joined}

    def _uris(self) -> list[str]:
        known = uri_fields()
        matcher = self._program.matcher
        uris = []
        for field, uri in known.items():
            owner, _, name = field.rpartition(".")
            if matcher.fields(dotted(owner), name):
                uris.append(uri)
        return uris

    def holds(self, row: ApiRow) -> bool:
        """Tell whether the condition of a row can hold anywhere."""
        groups = self._wanted.get(row.id)
        if groups is None:
            return True
        return any(self._held.issuperset(group) for group in groups)


def _is_limited(row: ApiRow) -> bool:
    argument = row.argument
    return argument is not None and not argument.foreign and argument.form not in _OPEN


def _words(row: ApiRow) -> list[list[str]]:
    """Give the texts of a condition, each as the words that must all occur."""
    argument = row.argument
    if argument is None:
        return []
    texts = (*argument.values, *argument.prefixes, *argument.contains)
    words = [text.removeprefix("content://").split() for text in texts]
    return [[word for word in group if len(word) >= _SHORT] for group in words]
