"""What a register may hold, followed through one method body: constants and where things come from.

A small abstract interpreter. Known branches are taken only where they lead (so a guard that is
constant hides what lies behind it); everything that is not known is ``None``. It looks inside
one body only; what calls and fields give is asked from a :class:`Source`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

Sort = Literal["int", "str", "class", "field", "call", "new", "param", "array", "any"]
MAX_UNION = 6


class Value(NamedTuple):
    """A known value, or a known origin of an unknown value."""

    sort: Sort
    key: int | str = 0
    """int: the number (null and false are 0); str, class: the text (class: its descriptor);
    field, call: number of the field or method; new: descriptor; param: place (receiver first)."""
    parts: tuple[Value | None, ...] = ()
    """call: arguments with the receiver first; any: the alternatives."""
    at: int = -1
    """new, array, call: unit of the instruction that made it."""


class Source(Protocol):
    """Answers what lies outside the body; the plain answer is the origin itself."""

    def text(self, row: int) -> str:
        """Give a string constant of the file."""
        ...

    def type_text(self, row: int) -> str:
        """Give a type descriptor of the file."""
        ...

    def call(self, row: int, arguments: tuple[Value | None, ...], at: int) -> Value | None:
        """Give what the call returns."""
        ...

    def read(self, row: int, at: int) -> Value | None:
        """Give what a field holds."""
        ...


@dataclass
class Trace:
    """What was seen while a body was followed."""

    visited: set[int] = field(default_factory=set)
    """Units of the instructions that can run."""
    calls: dict[int, tuple[Value | None, ...]] = field(default_factory=dict)
    """Unit of each call → its arguments, the receiver first."""
    writes: dict[int, Value | None] = field(default_factory=dict)
    """Unit of each field write → the value written."""
    made: dict[int, dict[int, tuple[int, tuple[Value | None, ...]]]] = field(default_factory=dict)
    """Unit of each new-instance → unit of a direct call on it → (method row, arguments)."""
    arrays: dict[int, dict[int, Value | None]] = field(default_factory=dict)
    """Unit of each new array → constant index → element."""
    returned: list[Value | None] = field(default_factory=list)
    """Values of all returns that can run, in order, once each."""
    complete: bool = True
    """False when the body was too long to follow to the end."""


def merge_values(one: Value | None, other: Value | None) -> Value | None:
    """Join what two paths bring: equal stays, a few alternatives are kept, else unknown."""
    if one == other:
        return one
    if one is None or other is None:
        return None
    parts: list[Value | None] = []
    for value in (one, other):
        for part in value.parts if value.sort == "any" else (value,):
            if part not in parts:
                parts.append(part)
    return Value("any", 0, tuple(parts)) if len(parts) <= MAX_UNION else None


def depth_of(value: Value | None, limit: int = 6) -> int:
    """Give how deep a value nests, at most ``limit``."""
    if value is None or not value.parts or limit == 0:
        return 0
    return 1 + max(depth_of(part, limit - 1) for part in value.parts)
