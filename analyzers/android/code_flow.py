"""Questions about values: is it a constant of the code, which parts of a text can be read in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analyzers.android.code_weak_rules import load_tables
from analyzers.dex.names import dotted
from analyzers.dex.static_fields import initial_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.dex.values import Value

_DEPTH = 7
_MANY = 40
_MAKERS = ("javax.crypto.", "java.lang.", "java.security.")


@cache
def _names(table: str, key: str) -> frozenset[str]:
    return frozenset(load_tables()[table][key])


@dataclass(frozen=True)
class Flow:
    """Answers for one package."""

    view: CodeView

    def is_constant(self, value: Value | None, item: int, depth: int = 0) -> bool:
        """Tell whether a value is made of constants of the code alone."""
        if value is None or depth > _DEPTH:
            return False
        if value.sort in ("int", "str", "class"):
            return True
        if value.sort == "any":
            return all(self.is_constant(part, item, depth + 1) for part in value.parts)
        if value.sort == "array":
            return self._is_constant_array(value, item, depth)
        if value.sort == "new":
            return self._is_constant_object(value, item, depth)
        if value.sort == "call" and self._is_platform(value):
            return self._is_constant_call(value, item, depth)
        if value.sort == "field" and self._is_constant_field(value):
            return True
        steps = self.view.origins.steps(value, item)
        if value.sort == "call" and self._is_helper(value, item, depth):
            return True
        return bool(steps) and all(self.is_constant(v, i, depth + 1) for v, i in steps or ())

    def _is_constant_array(self, value: Value, item: int, depth: int) -> bool:
        trace = self.view.tracer.trace(item)
        if trace is None:
            return False
        elements = trace.arrays.get(value.at, {})
        if not all(self.is_constant(one, item, depth + 1) for one in elements.values()):
            return False
        for at, given in trace.calls.items():
            if value in given[:1] or (value in given and self._fills(item, at, given, value)):
                return False
        return True

    def _fills(self, item: int, at: int, given: tuple[Value | None, ...], value: Value) -> bool:
        """Tell whether a call may write into an array it is given."""
        member = self.view.member_at(item, at)
        owner = member.rpartition(".")[0]
        if member == "java.lang.System.arraycopy":
            return len(given) > 2 and given[2] == value and not self.is_constant(given[0], item, 3)
        makes = member.endswith(".<init>") and owner.startswith(_MAKERS)
        return not (makes or member in _names("pure", "calls") or owner == "java.util.Arrays")

    def _is_constant_object(self, value: Value, item: int, depth: int) -> bool:
        name = dotted(str(value.key))
        trace = self.view.tracer.trace(item)
        if trace is None or name not in _names("pure", "objects"):
            return False
        given = [one for _, args in trace.made.get(value.at, {}).values() for one in args[1:]]
        if name in _names("carry", "builders"):
            given += self.appended(value, item)
        return all(self.is_constant(one, item, depth + 1) for one in given)

    def _is_constant_call(self, value: Value, item: int, depth: int) -> bool:
        member = self.view.member_text(int(value.key))
        if member not in _names("pure", "calls"):
            return False
        return all(self.is_constant(one, item, depth + 1) for one in value.parts)

    def _is_helper(self, value: Value, item: int, depth: int) -> bool:
        """Tell whether an own helper that decodes text is given constants only."""
        name = self.view.member_text(int(value.key)).rpartition(".")[2]
        helps = re.search(load_tables()["pure"]["helpers"], name)
        given = [one for one in value.parts if one is None or one.sort != "param"]
        return bool(helps and value.parts and given) and all(
            self.is_constant(one, item, depth + 1) for one in value.parts
        )

    def _is_constant_field(self, value: Value) -> bool:
        text = self.view.program.index.field_text(int(value.key))
        if dotted(text.partition("->")[0]) in _names("pure", "fields"):
            return True
        return self.static_text(int(value.key)) is not None

    def static_text(self, field: int) -> str | None:
        """Give the string that a static field starts with, None where it has none or is written."""
        if self.view.origins.graph.writes_of(field):
            return None
        value = initial_value(self.view.program, field)
        return str(value.key) if value is not None and value.sort == "str" else None

    def appended(self, builder: Value, item: int) -> list[Value | None]:
        """Give what is appended to a builder made in a body."""
        return [value for value, _ in self._appends(builder, item)]

    def _appends(self, builder: Value, item: int) -> list[tuple[Value | None, str]]:
        trace = self.view.tracer.trace(item)
        found = []
        for at, given in sorted((trace.calls if trace else {}).items()):
            if len(given) > 1 and self.root_of(given[0]) == builder:
                member = self.view.member_at(item, at)
                if member.endswith(".append") or member.endswith(".insert"):
                    found.append((given[-1], self.view.shape_at(item, at)))
        return found[:_MANY]

    def root_of(self, value: Value | None) -> Value | None:
        """Give the object a chain of calls began with."""
        while value is not None and value.sort == "call" and value.parts:
            if not self._is_platform(value):
                break
            value = value.parts[0]
        return value

    def readable(self, value: Value | None, item: int, depth: int = 0) -> Iterator[Value]:
        """Give every part of a text that stays readable in it, the value itself first."""
        if value is None or depth > _DEPTH:
            return
        yield value
        if value.sort == "any":
            for part in value.parts:
                yield from self.readable(part, item, depth + 1)
        elif value.sort == "array":
            trace = self.view.tracer.trace(item)
            for part in (trace.arrays.get(value.at, {}) if trace else {}).values():
                yield from self.readable(part, item, depth + 1)
        elif value.sort in ("call", "new"):
            yield from self._readable_call(value, item, depth)
        elif value.sort in ("param", "field"):
            for step, place in (self.view.origins.steps(value, item) or [])[:_MANY]:
                yield from self.readable(step, place, depth + 2)

    def _readable_call(self, value: Value, item: int, depth: int) -> Iterator[Value]:
        root = self.root_of(value)
        builder = root is not None and root.sort == "new"
        if root is not None and builder and dotted(str(root.key)) in _names("carry", "builders"):
            trace = self.view.tracer.trace(item)
            made = trace.made.get(root.at, {}) if trace else {}
            begun = [one for _, args in made.values() for one in args[1:]]
            for part in (*begun, *self.appended(root, item)):
                yield from self.readable(part, item, depth + 1)
            return
        if value.sort != "call":
            return
        if not self._is_platform(value):
            for step, place in (self.view.origins.steps(value, item) or [])[:_MANY]:
                yield from self.readable(step, place, depth + 2)
        elif self.view.member_text(int(value.key)) in _names("carry", "calls"):
            for part in value.parts:
                yield from self.readable(part, item, depth + 1)

    def built_from(self, value: Value | None, item: int) -> bool:
        """Tell whether a text is put together from at least one text that is no constant."""
        root = self.root_of(value)
        wanted = load_tables()["sql"]["text"]
        if root is not None and root.sort == "new" and value != root:
            return any(
                any(kind in shape.partition(")")[0] for kind in wanted)
                and not self.is_constant(part, item)
                for part, shape in self._appends(root, item)
            )
        if value is None or value.sort != "call" or not self._is_platform(value):
            return False
        member = self.view.member_text(int(value.key))
        if member == "java.lang.String.concat":
            return not all(self.is_constant(part, item) for part in value.parts)
        if member == "java.lang.String.format":
            return not self.is_constant(value.parts[-1] if value.parts else None, item)
        return False

    def _is_platform(self, value: Value) -> bool:
        return int(self.view.program.definitions.target[int(value.key)]) < 0
