"""What the register can hold: objects and their fields, read from ``objects.d``.

One list serves the tables, the commands, the spreadsheets and the forms.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from scanner.errors import UsageError

SECRET_TYPES = frozenset({"phone", "mobile", "email"})
ENTRIES = ("app", "system", "group", "account")
"""The objects that stand in the register themselves; all others belong to one of them."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of an object."""

    name: str
    type: str
    """text, int, money, date, time, moment, bool, enum, list (closed), words (open list), ref,
    phone, mobile, email, ip, host, sha256."""
    zh: str
    """Chinese heading, as in forms and spreadsheets."""
    required: bool = False
    values: tuple[str, ...] = ()
    """Closed list of an enum or list."""
    open: bool = False
    """The list is the expected one, but another word is stored and reported, not refused."""
    targets: tuple[str, ...] = ()
    """Objects a reference may lead to."""
    aliases: tuple[str, ...] = ()
    """Other headings departments use."""
    default: str = ""
    personal: bool = False
    """Shown only masked outside the forms, and erasable."""

    @property
    def secret(self) -> bool:
        """Whether the value is masked outside the forms."""
        return self.personal or self.type in SECRET_TYPES

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns: one, or one per target of a reference."""
        if self.type != "ref":
            return (self.name,)
        if len(self.targets) == 1:
            return (f"{self.name}_id",)
        return tuple(f"{self.name}_{target}_id" for target in self.targets)


class Object(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of row."""

    name: str
    zh: str
    fields: dict[str, Field]
    entry: bool = False
    """It stands in the register itself."""

    @property
    def label(self) -> str:
        """The field a person knows a row by."""
        return "name" if "name" in self.fields else ""


@cache
def load_objects() -> dict[str, Object]:
    """Read all objects, by name, referenced ones before those that refer to them."""
    objects: dict[str, Object] = {}
    for path in sorted((Path(__file__).parent / "objects.d").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text("utf-8")).items():
            fields = {key: {"name": key, **value} for key, value in row["fields"].items()}
            objects[name] = msgspec.convert({**row, "name": name, "fields": fields}, Object)
    return objects


def find_object(name: str) -> Object:
    """Give the object of a name, an English or the Chinese one.

    Raises:
        UsageError: when there is none.
    """
    objects = load_objects()
    if name in objects:
        return objects[name]
    for known in objects.values():
        if known.zh == name:
            return known
    raise UsageError("register.unknown_object", name=name, known=" ".join(objects))


def find_field(what: Object, name: str) -> Field:
    """Give the field of a name, heading or alias.

    Raises:
        UsageError: when there is none.
    """
    if name in what.fields:
        return what.fields[name]
    for field in what.fields.values():
        if name == field.zh or name in field.aliases:
            return field
    raise UsageError(
        "register.unknown_field", name=name, object=what.zh, known=" ".join(what.fields)
    )
