"""Reads an R8 or ProGuard ``mapping.txt`` and turns shortened names back.

Source: R8 retrace documentation, "mapping file format". Only names and line ranges are used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzers.dex.names import descriptor_of, dotted

_CLASS = re.compile(r"^(\S+) -> (\S+):$")
_METHOD = re.compile(
    r"^\s+(?:(\d+):(\d+):)?(\S+) ([\w.$<>-]+)\(([^)]*)\)(?::(\d+)(?::(\d+))?)? -> (\S+)$"
)
_PRIMITIVES = {
    "void": "V", "boolean": "Z", "byte": "B", "short": "S", "char": "C",
    "int": "I", "long": "J", "float": "F", "double": "D",
}  # fmt: skip
_IN_DESCRIPTOR = re.compile(r"L([^;]+);")


@dataclass(frozen=True)
class _Range:
    """Lines ``first..last`` of a shortened method stand for a method and its lines."""

    first: int
    last: int
    original: int


@dataclass
class Mapping:
    """Original names by shortened ones."""

    classes: dict[str, str] = field(default_factory=dict)
    """Shortened dotted class → original."""
    methods: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(Shortened class, shortened name, original parameter descriptors) → original name."""
    ranges: dict[tuple[str, str], list[_Range]] = field(default_factory=dict)
    """(Shortened class, shortened name) → line ranges."""

    def class_name(self, name: str) -> str:
        """Give the original of a dotted class name; unknown names stay."""
        return self.classes.get(name, name)

    def descriptor(self, text: str) -> str:
        """Turn back every class inside a descriptor or signature."""
        return _IN_DESCRIPTOR.sub(
            lambda found: descriptor_of(self.class_name(found[1].replace("/", "."))), text
        )

    def method(self, text: str) -> str:
        """Turn back ``Lcls;->name(params)return``."""
        owner, _, rest = text.partition("->")
        name, _, shape = rest.partition("(")
        shape = self.descriptor("(" + shape)
        params = shape[1 : shape.rindex(")")] if ")" in shape else ""
        name = self.methods.get((dotted(owner), name, params), name)
        return f"{self.descriptor(owner)}->{name}{shape}"

    def line(self, text: str, line: int) -> int:
        """Turn back a line of ``Lcls;->name(params)return``; unknown lines stay."""
        owner, _, rest = text.partition("->")
        for part in self.ranges.get((dotted(owner), rest.partition("(")[0]), ()):
            if part.first <= line <= part.last:
                return part.original + line - part.first
        return line


def read_mapping(text: str) -> Mapping:
    """Read a mapping file; lines that are none of its forms are passed over."""
    mapping = Mapping()
    current = ""
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        found = _CLASS.match(line)
        if found:
            current = found[2]
            mapping.classes[current] = found[1]
            continue
        member = _METHOD.match(line)
        if member and current:
            _add_method(mapping, current, member)
    return mapping


def _add_method(mapping: Mapping, current: str, member: re.Match[str]) -> None:
    first, last, _result, name, params, original, _end, short = member.groups()
    if "." in name:  # inlined from another class: the frame that holds it follows
        return
    shape = "".join(_descriptor(part.strip()) for part in params.split(",") if part.strip())
    mapping.methods.setdefault((current, short, shape), name)
    if first and original:
        part = _Range(int(first), int(last), int(original))
        mapping.ranges.setdefault((current, short), []).append(part)


def _descriptor(name: str) -> str:
    base = name.rstrip("[]")
    arrays = (len(name) - len(base)) // 2
    return "[" * arrays + (_PRIMITIVES.get(base) or descriptor_of(base))
