"""Writes small dex files from classes and assembled methods (Dalvik executable format)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from analyzers.dex.opcodes import load_opcodes

STATIC, CONSTRUCTOR, ABSTRACT, INTERFACE = 0x9, 0x10001, 0x401, 0x601
_SHAPE = re.compile(r"(\[*(?:L[^;]+;|[ZBSCIJFDV]))")
_VALUES = {name: value for value, name in enumerate(load_opcodes().names) if name}
_FORMATS = load_opcodes().formats
Line = tuple


@dataclass
class Method:
    """One method; ``code`` is a list of (opcode, operands …), labels are ``("label", name)``."""

    name: str
    shape: str = "()V"
    code: list[Line] | None = None
    flags: int = 1
    registers: int = 8
    lines: list[tuple[int, int]] = field(default_factory=list)
    """(unit, source line) pairs of the debug information."""
    tries: list[tuple[str, str, str]] = field(default_factory=list)
    """(first label, label after it, handler label) of catch-all blocks."""

    @property
    def ins(self) -> int:
        params = self.shape[1 : self.shape.index(")")]
        wide = sum(2 if one in "JD" else 1 for one in _SHAPE.findall(params))
        return wide + (0 if self.flags & 8 else 1)

    @property
    def direct(self) -> bool:
        return bool(self.flags & 0xA) or self.name in ("<init>", "<clinit>")


@dataclass
class Cls:
    """One class; static fields are (name, type, initial value or None)."""

    name: str
    methods: list[Method] = field(default_factory=list)
    parent: str = "Ljava/lang/Object;"
    interfaces: tuple[str, ...] = ()
    flags: int = 1
    statics: list[tuple[str, str, object]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


def make_dex(*classes: Cls, version: bytes = b"035", strings: tuple[str, ...] = ()) -> bytes:
    """Write one file that holds the classes, and some strings that nothing uses."""
    return _Writer(list(classes), strings).write(version)


def uleb(value: int) -> bytes:
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def sleb(value: int) -> bytes:
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        done = value in (0, -1) and bool(byte & 0x40) == (value == -1)
        out.append(byte | (0 if done else 0x80))
        if done:
            return bytes(out)


def mutf8(text: str) -> bytes:
    units = text.encode("utf-16-le", "surrogatepass")
    out = bytearray()
    for at in range(0, len(units), 2):
        unit = units[at] | units[at + 1] << 8
        if 0 < unit < 0x80:
            out.append(unit)
        elif unit < 0x800:
            out += bytes((0xC0 | unit >> 6, 0x80 | unit & 0x3F))
        else:
            out += bytes((0xE0 | unit >> 12, 0x80 | unit >> 6 & 0x3F, 0x80 | unit & 0x3F))
    return bytes(out)


def split(reference: str) -> tuple[str, str, str]:
    """Split ``Lcls;->name(…)ret`` or ``Lcls;->name:type``."""
    owner, _, rest = reference.partition("->")
    mark = "(" if "(" in rest else ":"
    name, _, shape = rest.partition(mark)
    return owner, name, f"({shape}" if mark == "(" else shape


class _Writer:
    def __init__(self, classes: list[Cls], strings: tuple[str, ...]) -> None:
        self.classes = classes
        self.texts: set[str] = set(strings)
        self.type_names: set[str] = set()
        self.shapes: set[str] = set()
        self.method_names: set[tuple[str, str, str]] = set()
        self.field_names: set[tuple[str, str, str]] = set()
        for cls in classes:
            self._collect(cls)
        self.strings = sorted(self.texts, key=lambda t: t.encode("utf-16-be", "surrogatepass"))
        self.types = sorted(self.type_names, key=self.strings.index)
        self.protos = sorted(self.shapes)
        self.methods = sorted(self.method_names)
        self.fields = sorted(self.field_names)

    def _collect(self, cls: Cls) -> None:
        for name in (cls.name, cls.parent, *cls.interfaces):
            self._type(name)
        for name, kind, value in cls.statics:
            self._field(cls.name, name, kind)
            if isinstance(value, str):
                self.texts.add(value)
        for name, kind in cls.fields:
            self._field(cls.name, name, kind)
        for method in cls.methods:
            self._method(cls.name, method.name, method.shape)
            for line in method.code or []:
                self._operands(line)

    def _operands(self, line: Line) -> None:
        name = line[0]
        if name.startswith("const-string"):
            self.texts.add(line[-1])
        elif name.startswith("invoke"):
            self._method(*split(line[-1]))
        elif name[:4] in ("iget", "iput", "sget", "sput"):
            self._field(*split(line[-1]))
        elif name in ("new-instance", "const-class", "check-cast", "instance-of", "new-array"):
            self._type(line[-1])

    def _type(self, name: str) -> None:
        self.texts.add(name)
        self.type_names.add(name)

    def _field(self, owner: str, name: str, kind: str) -> None:
        self._type(owner)
        self._type(kind)
        self.texts.add(name)
        self.field_names.add((owner, name, kind))

    def _method(self, owner: str, name: str, shape: str) -> None:
        self._type(owner)
        self.texts.update((name, "V"))
        for one in _SHAPE.findall(shape):
            self._type(one)
        self.shapes.add(shape)
        self.method_names.add((owner, name, shape))

    def write(self, version: bytes) -> bytes:
        rows = [(len(self.strings), 4), (len(self.types), 4), (len(self.protos), 12),
                (len(self.fields), 8), (len(self.methods), 8), (len(self.classes), 32)]  # fmt: skip
        offsets, at = [], 0x70
        for count, size in rows:
            offsets.append(at)
            at += count * size
        self.data = bytearray()
        self.base = at
        tables = [
            self._strings(), b"".join(struct.pack("<I", self.strings.index(t)) for t in self.types),
            b"".join(self._proto(shape) for shape in self.protos),
            b"".join(self._member(*row, self.types.index) for row in self.fields),
            b"".join(self._member(*row, self.protos.index) for row in self.methods),
            b"".join(self._class(cls) for cls in self.classes),
        ]  # fmt: skip
        head = bytearray(0x70)
        head[:8] = b"dex\n" + version + b"\0"
        struct.pack_into("<II", head, 36, 0x70, 0x12345678)
        struct.pack_into("<I", head, 32, at + len(self.data))
        for place, ((count, _), offset) in enumerate(zip(rows, offsets, strict=True)):
            struct.pack_into("<II", head, 0x38 + 8 * place, count, offset)
        return bytes(head) + b"".join(tables) + bytes(self.data)

    def _add(self, content: bytes, align: int = 1) -> int:
        while (self.base + len(self.data)) % align:
            self.data.append(0)
        self.data += content
        return self.base + len(self.data) - len(content)

    def _strings(self) -> bytes:
        places = []
        for text in self.strings:
            units = len(text.encode("utf-16-le", "surrogatepass")) // 2
            places.append(self._add(uleb(units) + mutf8(text) + b"\0"))
        return b"".join(struct.pack("<I", place) for place in places)

    def _types(self, names: list[str]) -> int:
        if not names:
            return 0
        rows = b"".join(struct.pack("<H", self.types.index(name)) for name in names)
        return self._add(struct.pack("<I", len(names)) + rows, 4)

    def _proto(self, shape: str) -> bytes:
        *params, result = _SHAPE.findall(shape)
        row = self.strings.index("V"), self.types.index(result), self._types(params)
        return struct.pack("<III", *row)

    def _member(self, owner: str, name: str, shape: str, index: object) -> bytes:
        return struct.pack("<HHI", self.types.index(owner), index(shape), self.strings.index(name))

    def _class(self, cls: Cls) -> bytes:
        direct = [m for m in cls.methods if m.direct]
        virtual = [m for m in cls.methods if not m.direct]
        kinds = [kind for _, kind, _ in cls.statics]
        statics = [(n, k) for (n, _, _), k in zip(cls.statics, kinds, strict=True)]
        out = b"".join(map(uleb, (len(statics), len(cls.fields), len(direct), len(virtual))))
        for group, flags in ((statics, STATIC), (cls.fields, 1)):
            order = sorted(self.fields.index((cls.name, n, k)) for n, k in group)
            out += b"".join(uleb(step) + uleb(flags) for step in _steps(order))
        for group in (direct, virtual):
            numbered = sorted(
                (self.methods.index((cls.name, m.name, m.shape)), n) for n, m in enumerate(group)
            )
            for step, (_, number) in zip(_steps([n for n, _ in numbered]), numbered, strict=True):
                method = group[number]
                out += uleb(step) + uleb(method.flags) + uleb(self._code(method))
        values = self._values(cls)
        data = self._add(out) if cls.methods or cls.fields or cls.statics else 0
        sides = self._types(list(cls.interfaces))
        return struct.pack("<8I", self.types.index(cls.name), cls.flags,
                           self.types.index(cls.parent), sides, 0xFFFFFFFF, 0, data, values)  # fmt: skip

    def _values(self, cls: Cls) -> int:
        given = {(name, kind): value for name, kind, value in cls.statics}
        order = sorted(given, key=lambda pair: self.fields.index((cls.name, *pair)))
        if not any(value is not None for value in given.values()):
            return 0
        out = uleb(len(order))
        for pair in order:
            value = given[pair]
            if isinstance(value, str):
                out += b"\x77" + struct.pack("<I", self.strings.index(value))
            elif isinstance(value, bool):
                out += bytes((0x1F | int(value) << 5,))
            else:
                out += b"\x64" + struct.pack("<i", int(value or 0))
        return self._add(out)

    def _code(self, method: Method) -> int:
        if method.code is None:
            return 0
        units, labels = self._assemble(method.code)
        debug = self._debug(method.lines) if method.lines else 0
        head = struct.pack("<HHHHII", method.registers, method.ins, 5, len(method.tries), debug,
                           len(units))  # fmt: skip
        body = struct.pack(f"<{len(units)}H", *units)
        if method.tries:
            body += b"\0\0" * (len(units) % 2)
            handlers = uleb(len(method.tries))
            for first, last, handler in method.tries:
                body += struct.pack(
                    "<IHH", labels[first], labels[last] - labels[first], len(handlers)
                )
                handlers += sleb(0) + uleb(labels[handler])
            body += handlers
        return self._add(head + body, 4)

    def _debug(self, lines: list[tuple[int, int]]) -> int:
        out, at, line = uleb(lines[0][1]) + uleb(0), 0, lines[0][1]
        for unit, wanted in lines:
            out += b"\x01" + uleb(unit - at) + b"\x02" + sleb(wanted - line) + bytes((0x0E,))
            at, line = unit, wanted
        return self._add(out + b"\0")

    def _assemble(self, code: list[Line]) -> tuple[list[int], dict[str, int]]:
        labels, at = {}, 0
        for line in code:
            if line[0] == "label":
                labels[line[1]] = at
            else:
                at += 1 if line[0] == "raw" else int(_FORMATS[_VALUES[line[0]]][0])
        units: list[int] = []
        for line in code:
            if line[0] == "raw":
                units.append(line[1])
            elif line[0] != "label":
                units += self._encode(line, labels, len(units))
        return units, labels

    def _encode(self, line: Line, labels: dict[str, int], at: int) -> list[int]:
        name, *given = line
        value = _VALUES[name]
        shape = _FORMATS[value]
        if shape == "35c":
            regs, reference = given
            packed = sum(reg << 4 * place for place, reg in enumerate(regs[:4]))
            fifth = regs[4] if len(regs) == 5 else 0
            index = self.methods.index(split(reference))
            return [value | len(regs) << 12 | fifth << 8, index, packed]
        if shape == "10t":
            return [value | (labels[given[0]] - at & 0xFF) << 8]
        if shape == "21t":
            return [value | given[0] << 8, labels[given[1]] - at & 0xFFFF]
        if shape == "22t":
            return [value | given[0] << 8 | given[1] << 12, labels[given[2]] - at & 0xFFFF]
        if shape == "21c":
            return [value | given[0] << 8, self._index(name, given[1])]
        if shape == "31c":
            index = self._index(name, given[1])
            return [value | given[0] << 8, index & 0xFFFF, index >> 16]
        if shape == "22c":
            return [value | given[0] << 8 | given[1] << 12, self._index(name, given[2])]
        if shape == "31t":
            step = labels[given[1]] - at
            return [value | given[0] << 8, step & 0xFFFF, step >> 16 & 0xFFFF]
        if shape == "11n":
            return [value | given[0] << 8 | (given[1] & 0xF) << 12]
        if shape == "21s":
            return [value | given[0] << 8, given[1] & 0xFFFF]
        if shape == "23x":
            return [value | given[0] << 8, given[1] | given[2] << 8]
        if shape == "11x":
            return [value | given[0] << 8]
        if shape == "12x":
            return [value | given[0] << 8 | given[1] << 12]
        return [value] + [0] * (int(shape[0]) - 1)

    def _index(self, name: str, operand: str) -> int:
        if name.startswith("const-string"):
            return self.strings.index(operand)
        if name[:4] in ("iget", "iput", "sget", "sput"):
            return self.fields.index(split(operand))
        return self.types.index(operand)


def _steps(order: list[int]) -> list[int]:
    return [now - before for before, now in zip([0, *order], order, strict=False)]
