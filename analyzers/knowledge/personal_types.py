"""The closed list of personal-information types that rows, flows and rules speak of."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

TYPES_FILE = Path(__file__).parent / "personal_types.toml"


def full_permission(name: str) -> str:
    """Give a permission its full name: names without a dot are ``android.permission.*``."""
    return name if "." in name else f"android.permission.{name}"


class PersonalTypeError(ValueError):
    """The type list does not keep its schema; the message says where and why."""


class PersonalType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One personal-information type."""

    id: str
    """Lower case with dots: ``device.imei``."""
    name_zh: str
    """Chinese name as the regulations and test notices use it."""
    name_en: str
    """English name."""
    line: str = ""
    """Checklist item that its collection before consent belongs to; empty for types that no API
    gives (they occur in forms, policies and documents)."""
    sensitive: bool = False
    """Sensitive personal information."""
    basis: str = ""
    """Why: ``pipl-28`` (the statute names the class), ``practice`` (national test practice), or
    empty."""
    permissions: tuple[str, ...] = ()
    """Android permissions whose request is a request for this type, full names."""
    necessary: tuple[str, ...] = ()
    """Terms of the 39-types table of necessary information that mean this type."""
    words: tuple[str, ...] = ()
    """Chinese words by which policies and dialogs name it, longest first."""


@cache
def load_personal_types() -> dict[str, PersonalType]:
    """Read the list, by id, in file order.

    Raises:
        PersonalTypeError: when the file breaks the schema.
    """
    types: dict[str, PersonalType] = {}
    for type_id, row in tomllib.loads(TYPES_FILE.read_text("utf-8")).items():
        names = [full_permission(name) for name in row.pop("permissions", ())]
        try:
            types[type_id] = msgspec.convert(
                {"id": type_id, "permissions": names, **row}, PersonalType
            )
        except msgspec.ValidationError as error:
            raise PersonalTypeError(f"{TYPES_FILE.name}: {type_id}: {error}") from error
    return types


@cache
def types_for_permission(permission: str) -> tuple[PersonalType, ...]:
    """Give the types that a permission opens (full name, ``android.permission.CAMERA``)."""
    return tuple(one for one in load_personal_types().values() if permission in one.permissions)
