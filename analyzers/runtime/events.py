"""Gives the recorded accesses their meaning: which row of the API table each one belongs to."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.knowledge.apis import apis_for_member
from analyzers.knowledge.apis.model import RECEIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.knowledge.apis import ApiRow
    from analyzers.knowledge.apis.model import Argument
    from analyzers.runtime.channel import Message

_INTENT_PARTS = {"intent": 0, "intent_type": 1, "intent_target": 2}
SDK_MARK = "…"


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One observed access with its row."""

    row: Any
    """The row of the API table (ApiRow)."""
    phase: str
    time: int
    """Milliseconds since the JVM started."""
    number: int
    result: str
    stack: tuple[str, ...]
    """Frames nearest first, ``class#method:line``."""
    thread: str
    argument: str
    """The argument that decided, empty where none is asked."""
    count: int
    pregranted: bool
    start: int


def read_access(
    message: Message, *, package: str, start: int = 0, pregranted: bool = False
) -> Access | None:
    """Give the access of an ``event`` or ``file`` line, or nothing where no row holds."""
    if message.kind != "event":
        return None
    fields = _Fields.of(message.fields)
    if fields is None:
        return None
    for row in apis_for_member(fields.owner, fields.member):
        argument = _matches(row, fields, package)
        if argument is not None and not _is_suppressed(row, fields.caller):
            return Access(
                row=row,
                phase=message.phase,
                time=message.time,
                number=message.number,
                result=fields.result,
                stack=tuple(fields.stack),
                thread=fields.thread,
                argument=argument,
                count=fields.count,
                pregranted=pregranted,
                start=start,
            )
    return None


class _Fields(msgspec.Struct, frozen=True):
    """Fields of an event line (from the sandbox: foreign input)."""

    owner: str
    member: str
    desc: str
    args: list[str]
    result: str
    caller: str | None
    stack: list[str]
    thread: str
    count: int

    @classmethod
    def of(cls, fields: dict[str, Any]) -> _Fields | None:
        try:
            return msgspec.convert(fields, cls)
        except msgspec.ValidationError:
            return None


def _matches(row: ApiRow, fields: _Fields, package: str) -> str | None:
    """Give the deciding argument when the row holds; empty where it asks for none."""
    if row.overloads and fields.desc not in row.overloads and fields.desc != "*":
        return None
    if row.argument is None:
        return ""
    text = _text_of(row.argument, fields)
    if text is None or not row.argument.holds(text, package):
        return None
    return text


def _text_of(argument: Argument, fields: _Fields) -> str | None:
    parameters = _parameter_count(fields.desc)
    index = parameters if argument.index == RECEIVER else argument.index
    if index >= len(fields.args):
        return None
    text = fields.args[index]
    part = _INTENT_PARTS.get(argument.form)
    if part is None:
        return text
    parts = text.split("\n")
    if argument.form == "intent" and _looks_for_own_pages(parts):
        return None
    return parts[part] if part < len(parts) else ""


def _looks_for_own_pages(parts: list[str]) -> bool:
    """An intent with MAIN and categories of which none is one that other apps carry."""
    categories = parts[3].split() if len(parts) > 3 else []
    if parts[0] != "android.intent.action.MAIN" or not categories:
        return False
    return not any(name in _callers()["listing_categories"] for name in categories)


def _parameter_count(descriptor: str) -> int:
    count, at = 0, 1
    while at < len(descriptor) and descriptor[at] != ")":
        while descriptor[at] == "[":
            at += 1
        if descriptor[at] == "L":
            at = descriptor.find(";", at)
            if at < 0:
                return count
        at += 1
        count += 1
    return count


def _is_suppressed(row: ApiRow, caller: str | None) -> bool:
    if not caller:
        return False
    return caller.startswith(row.ignore_from) or caller.startswith(_own_business())


def _own_business() -> tuple[str, ...]:
    return _callers()["own_business"]


@cache
def _callers() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((Path(__file__).parent / "callers.toml").read_text("utf-8"))
    return {name: tuple(values) for name, values in table.items()}


def requested_permissions(message: Message) -> tuple[str, ...]:
    """Give the permissions that a line asks for, empty for other lines."""
    fields = _Fields.of(message.fields) if message.kind == "event" else None
    if fields is None or fields.member not in ("requestPermissions", "requestPermission"):
        return ()
    names = fields.args[0].replace(",", " ") if fields.args else ""
    return tuple(name for name in names.split() if "." in name)


def app_frames(stack: tuple[str, ...]) -> Iterator[str]:
    """Give the frames that are not the platform's."""
    for frame in stack:
        if not is_platform(frame):
            yield frame


def is_platform(name: str) -> bool:
    """Tell whether a class or frame is the platform's or the machinery's."""
    return name.startswith(
        ("java.", "javax.", "sun.", "jdk.", "dalvik.", "libcore.", "com.android.internal.",
         "org.robolectric.", "appadmit.")
    ) or (name.startswith("android.") and not name.startswith(("android.support.", "android.arch.")))  # fmt: skip
