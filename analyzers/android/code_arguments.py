"""Turns followed values into the text forms that conditions of the API table compare."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzers.dex.names import dotted

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzers.android.code_view import CodeView
    from analyzers.dex.values import Value

_DEPTH = 6
_MANY = 16
OWN_PACKAGE_CALLS = ("getPackageName", "getOpPackageName")
Texts = frozenset[str] | None
"""The texts a value may be; None where it is not known."""


@cache
def _uris() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "code_uris.toml").read_text("utf-8"))


def uri_fields() -> dict[str, str]:
    """Give the URIs of platform constants, by ``dotted.Class.FIELD``."""
    return dict(_uris()["fields"])


@dataclass(frozen=True)
class Arguments:
    """Reads arguments of calls in one package."""

    view: CodeView
    own_package: str

    def texts(self, value: Value | None, item: int, form: str) -> Texts:
        """Give the texts of a value that stands in a body, in a form of the API table."""
        return _FORMS.get(form, Arguments._string)(self, value, item, 0)

    def _string(self, value: Value | None, item: int, depth: int) -> Texts:
        if value is None or depth > _DEPTH:
            return None
        if value.sort in ("str", "class"):
            return frozenset((dotted(str(value.key)) if value.sort == "class" else str(value.key),))
        if value.sort == "call" and self._member(value).endswith(OWN_PACKAGE_CALLS):
            return frozenset((self.own_package,))
        if value.sort in ("int", "new"):
            return None
        found = self.view.origins.find(value, item)
        texts = {str(o.value.key) for o in found.origins if o.value.sort == "str"}
        platform = value.sort == "call" and self._is_platform(value)
        return frozenset(texts) if found.complete and texts and not platform else None

    def _number(self, value: Value | None, item: int, depth: int) -> Texts:
        del depth
        if value is None:
            return None
        found = self.view.origins.find(value, item)
        numbers = {str(o.value.key) for o in found.origins if o.value.sort == "int"}
        return frozenset(numbers) if found.complete and numbers else None

    def _uri(self, value: Value | None, item: int, depth: int) -> Texts:
        if value is None or depth > _DEPTH:
            return None
        if value.sort == "str":
            return frozenset((str(value.key),))
        if value.sort == "any":
            return self._union(value, item, depth, Arguments._uri)
        if value.sort == "field":
            known = _uris()["fields"].get(self._field(int(value.key)))
            if known:
                return frozenset((known,))
        if value.sort == "call" and self._is_platform(value):
            return self._uri_call(value, item, depth)
        return self._elsewhere(value, item, depth, Arguments._uri)

    def _uri_call(self, value: Value, item: int, depth: int) -> Texts:
        calls, member = _uris()["calls"], self._member(value)
        if member in calls["parse"]:
            return self._string(_part(value, 0), item, depth + 1)
        if member in calls["below"]:
            return self._uri(_part(value, 0), item, depth + 1)
        base = calls["given"].get(member)
        if base is None:
            return None
        last = self._string(value.parts[-1] if value.parts else None, item, depth + 1)
        return frozenset(base + text for text in last) if last else frozenset((base,))

    def _elsewhere(self, value: Value, item: int, depth: int, read: _Read) -> Texts:
        """Follow a parameter, field or own call to where its value is made."""
        if value.sort not in ("param", "field", "call"):
            return None
        steps = self.view.origins.steps(value, item)
        if steps is None or not steps or len(steps) > _MANY:
            return None
        texts: set[str] = set()
        for step, place in steps:
            found = read(self, step, place, depth + 1)
            if found is None:
                return None
            texts |= found
        return frozenset(texts)

    def _union(self, value: Value, item: int, depth: int, read: _Read) -> Texts:
        texts: set[str] = set()
        for part in value.parts:
            found = read(self, part, item, depth + 1)
            if found is None:
                return None
            texts |= found
        return frozenset(texts)

    def _list(self, value: Value | None, item: int, depth: int) -> Texts:
        """Read an array of strings (or one string) as words joined by blanks."""
        if value is None or depth > _DEPTH:
            return None
        if value.sort != "array":
            if value.sort in ("param", "field"):
                return self._elsewhere(value, item, depth, Arguments._list)
            return self._string(value, item, depth + 1)
        trace = self.view.tracer.trace(item)
        elements = trace.arrays.get(value.at, {}) if trace else {}
        words = []
        for place in sorted(elements):
            word = self._string(elements[place], item, depth + 1)
            words.append(min(word) if word else "?")
        return frozenset((" ".join(words),)) if words else None

    def _command(self, value: Value | None, item: int, depth: int) -> Texts:
        made = self._made(value, item, "java.lang.ProcessBuilder")
        if made is not None:
            value = made[1] if len(made) > 1 else None
        return self._list(value, item, depth)

    def _path(self, value: Value | None, item: int, depth: int) -> Texts:
        for name in ("java.io.File", "java.io.FileReader", "java.io.FileInputStream"):
            made = self._made(value, item, name)
            if made is not None:
                return self._path(made[-1], item, depth + 1)
        return self._string(value, item, depth)

    def _sensor(self, value: Value | None, item: int, depth: int) -> Texts:
        if value is not None and value.sort == "call" and "getDefaultSensor" in self._member(value):
            return self._number(_part(value, 1), item, depth)
        if value is not None and value.sort in ("param", "field"):
            return self._elsewhere(value, item, depth, Arguments._sensor)
        return None

    def _intent(self, value: Value | None, item: int, depth: int) -> Texts:
        del depth
        return self._on_object(value, item, "android.content.Intent", ("setAction",), 1)

    def _intent_type(self, value: Value | None, item: int, depth: int) -> Texts:
        del depth
        name = "android.content.Intent"
        found = self._on_object(value, item, name, ("setType", "setTypeAndNormalize"), -1)
        return found or self._on_object(value, item, name, ("setDataAndType",), -1, place=2)

    def _filter(self, value: Value | None, item: int, depth: int) -> Texts:
        del depth
        name = "android.content.IntentFilter"
        found = self._on_object(value, item, name, ("addAction",), 1)
        return frozenset((" ".join(sorted(found)),)) if found else None

    def _on_object(
        self,
        value: Value | None,
        item: int,
        name: str,
        members: tuple[str, ...],
        maker: int,
        place: int = 1,
    ) -> Texts:
        """Collect constants given to an object: by its constructor and by named calls on it."""
        made = self._made(value, item, name)
        trace = self.view.tracer.trace(item)
        if made is None or trace is None or value is None:
            return None
        texts: set[str] = set()
        if 0 < maker < len(made):
            texts |= self._string(made[maker], item, 0) or set()
        for at, arguments in trace.calls.items():
            if arguments and arguments[0] == value and len(arguments) > place:
                member = self.view.member_at(item, at)
                if member.rpartition(".")[2] in members:
                    texts |= self._string(arguments[place], item, 0) or set()
        return frozenset(texts) or None

    def _made(self, value: Value | None, item: int, name: str) -> tuple[Value | None, ...] | None:
        """Give the constructor arguments of an object made in the same body."""
        if value is None or value.sort != "new" or dotted(str(value.key)) != name:
            return None
        trace = self.view.tracer.trace(item)
        calls = list(trace.made.get(value.at, {}).values()) if trace else []
        return calls[0][1] if calls else ()

    def _is_platform(self, value: Value) -> bool:
        return int(self.view.program.definitions.target[int(value.key)]) < 0

    def _member(self, value: Value) -> str:
        return self.view.member_text(int(value.key))

    def _field(self, number: int) -> str:
        text = self.view.program.index.field_text(number)
        owner, _, rest = text.partition("->")
        return f"{dotted(owner)}.{rest.partition(':')[0]}"


def _part(value: Value, place: int) -> Value | None:
    return value.parts[place] if place < len(value.parts) else None


if TYPE_CHECKING:
    _Read = Callable[[Arguments, Value | None, int, int], Texts]

_FORMS: dict[str, Callable[[Arguments, Value | None, int, int], Texts]] = {
    "string": Arguments._string,
    "package": Arguments._string,
    "uri": Arguments._uri,
    "int": Arguments._number,
    "permissions": Arguments._list,
    "command": Arguments._command,
    "path": Arguments._path,
    "sensor": Arguments._sensor,
    "intent": Arguments._intent,
    "intent_type": Arguments._intent_type,
    "filter": Arguments._filter,
}
