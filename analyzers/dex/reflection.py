"""Reflective calls: which they are, and which classes of the files their constants name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.arrays import Array, Longs, distinct, expand_ranges
from analyzers.dex.hashing import hash_names
from analyzers.dex.names import descriptor_of

if TYPE_CHECKING:
    from analyzers.dex.program import Program

_LOADERS = (
    ("java.lang.Class", "forName"),
    ("java.lang.ClassLoader", "loadClass"),
)
_MAKERS = (
    ("java.lang.Class", "newInstance"),
    ("java.lang.reflect.Constructor", "newInstance"),
)
_INVOKERS = (("java.lang.reflect.Method", "invoke"),)
_GETTERS = (("java.lang.Class", "getMethod"), ("java.lang.Class", "getDeclaredMethod"))


@dataclass(frozen=True)
class Reflection:
    """Reflective platform calls of one program."""

    program: Program

    @cached_property
    def loaders(self) -> frozenset[int]:
        """References that load a class by name."""
        return self._match(_LOADERS)

    @cached_property
    def makers(self) -> frozenset[int]:
        """References that make an object of a class."""
        return self._match(_MAKERS)

    @cached_property
    def invokers(self) -> frozenset[int]:
        """References that call a method object."""
        return self._match(_INVOKERS)

    @cached_property
    def getters(self) -> frozenset[int]:
        """References that give a method object by name."""
        return self._match(_GETTERS)

    @cached_property
    def all(self) -> Longs:
        """All of them, sorted."""
        return np.array(sorted(self.loaders | self.makers | self.invokers | self.getters), np.int64)

    def _match(self, pairs: tuple[tuple[str, str], ...]) -> frozenset[int]:
        matcher = self.program.matcher
        return frozenset(one for owner, name in pairs for one in matcher.methods(owner, name))

    def named_in(self, items: Array) -> tuple[Longs, set[int]]:
        """Give the defined types that constants of code items name, and hashes of all texts."""
        index = self.program.index
        first = self.program.string_rows
        rows = expand_ranges(first[items], first[items + 1] - first[items])
        strings = index.uses.strings
        files = index.bodies.item_file[strings.item[rows]]
        texts: set[str] = set()
        for file in range(len(index.tables)):
            mine = distinct(strings.target[rows[files == file]])
            texts.update(index.string_texts(file, mine))
        names = sorted(text for text in texts if "." in text and len(text) < 400)
        raw = [descriptor_of(name).encode("utf-8", "surrogatepass") for name in names]
        found = index.types.find(hash_names(raw)) if raw else np.empty(0, np.int64)
        found = found[found >= 0]
        plain = [text.encode("utf-8", "surrogatepass") for text in texts if len(text) < 120]
        hashes = set(hash_names(plain).tolist()) if plain else set()
        return found[self.program.hierarchy.defined[found]], hashes
