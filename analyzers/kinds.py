"""Every fact kind: its subject, its typed fields, and one sentence that says what it states.

The kinds are data (``kinds.d/*.toml``, one file per room). Rules, docs and tests are checked
against them, and a fact that does not fit its kind is refused where it is made.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from analyzers.model import Fact

FIELD_TYPES = ("str", "int", "float", "bool", "str[]", "int[]", "map", "map[]")


class Field(msgspec.Struct, frozen=True):
    """One field of a kind."""

    type: str
    """One of FIELD_TYPES; a trailing ``?`` allows null."""
    doc: str
    values: tuple[str, ...] = ()
    """The closed list of allowed values; empty for open fields."""


class Kind(msgspec.Struct, frozen=True):
    """One kind of fact."""

    name: str
    subject: str
    doc: str
    fields: dict[str, Field]


class KindError(ValueError):
    """A kind file or a fact does not keep the contract; the message says where and why."""


@cache
def load_kinds() -> dict[str, Kind]:
    """Read all kinds, by name.

    Raises:
        KindError: when a file breaks the schema or two files define the same kind.
    """
    kinds: dict[str, Kind] = {}
    for path in sorted((Path(__file__).parent / "kinds.d").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text("utf-8")).items():
            if name in kinds:
                raise KindError(f"{path.name}: kind {name} is defined twice")
            kinds[name] = _read_kind(path.name, name, row)
    return kinds


def _read_kind(file: str, name: str, row: dict[str, object]) -> Kind:
    try:
        kind = msgspec.convert({"name": name, "fields": {}, **row}, Kind)
    except msgspec.ValidationError as error:
        raise KindError(f"{file}: {name}: {error}") from error
    for field_name, field in kind.fields.items():
        if field.type.removesuffix("?") not in FIELD_TYPES:
            raise KindError(f"{file}: {name}.{field_name}: unknown type {field.type}")
    return kind


def check_fact(fact: Fact) -> list[str]:
    """List what is wrong with a fact against its kind; empty when it fits."""
    kind = load_kinds().get(fact.kind)
    if kind is None:
        return [f"unknown kind {fact.kind}"]
    problems = [f"{fact.kind}: unknown field {name}" for name in fact.fields.keys() - kind.fields]
    problems += [
        f"{fact.kind}: field {name} is missing" for name in kind.fields.keys() - fact.fields
    ]
    for name, field in kind.fields.items():
        if name in fact.fields and not _fits(fact.fields[name], field):
            problems.append(f"{fact.kind}.{name}: {fact.fields[name]!r} is not {field.type}")
    if not fact.evidence:
        problems.append(f"{fact.kind}: no evidence")
    return problems


def _fits(value: object, field: Field) -> bool:
    if value is None:
        return field.type.endswith("?")
    wanted = field.type.removesuffix("?")
    if wanted.endswith("[]"):
        element = Field(type=wanted[:-2], doc="", values=field.values)
        return isinstance(value, list) and all(_fits(item, element) for item in value)
    if field.values and value not in field.values:
        return False
    if wanted in ("int", "float") and isinstance(value, bool):
        return False
    types: dict[str, type | tuple[type, ...]] = {
        "str": str, "int": int, "float": (int, float), "bool": bool, "map": dict,
    }  # fmt: skip
    return isinstance(value, types[wanted])
