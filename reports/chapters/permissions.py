"""The permissions chapter: what is asked for, by weight, with Chinese names and purposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Cell, Column, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

KINDS = ("android.permission.declared", "android.permission.defined")
_WEIGHT = {"dangerous": 0, "special": 1, "unknown": 2, "signature": 3, "normal": 4}
_TONES = {"dangerous": "bad", "special": "warn", "unknown": "warn"}


def make_permissions(telling: Telling) -> Section | None:
    """Give the chapter; none where no permission fact exists."""
    declared = sorted(telling.facts.of_kind(KINDS[0]), key=_order)
    defined = sorted(telling.facts.of_kind(KINDS[1]), key=_order)
    if not declared and not defined:
        return None
    levels = [fact.fields.get("level") for fact in declared]
    summary = telling.label(
        "permissions.summary",
        total=len(declared),
        dangerous=levels.count("dangerous"),
        special=levels.count("special"),
    )
    tables = [_declared(declared, telling)]
    if defined:
        tables.append(_defined(defined, telling))
    return Section(
        id="permissions",
        title=telling.label("permissions.title"),
        remarks=(summary,),
        tables=tuple(tables),
    )


def _order(fact: Fact) -> tuple[int, str, str]:
    weight = _WEIGHT.get(str(fact.fields.get("level")), len(_WEIGHT))
    return weight, str(fact.fields.get("group", "")), fact.subject


def _declared(facts: list[Fact], telling: Telling) -> Table:
    label = telling.label
    return Table(
        id="permissions-declared",
        title=label("permissions.declared"),
        columns=(
            Column(title=label("permissions.name"), width=44),
            Column(title=label("permissions.level"), width=16),
            Column(title=label("permissions.purpose"), width=40),
            Column(title=label("permissions.types"), width=26),
        ),
        rows=tuple(
            (
                _name(fact, telling),
                Cell(
                    text=telling.word("level", fact.fields["level"]),
                    sub=str(fact.fields["group"]),
                    style=_TONES.get(str(fact.fields["level"]), ""),
                ),
                Cell(
                    text=str(fact.fields["purpose_zh"]), sub=telling.listed(_remarks(fact, telling))
                ),
                Cell(text=telling.types(fact.fields["types"])),
            )
            for fact in facts
        ),
        limit=120,
    )


def _name(fact: Fact, telling: Telling) -> Cell:
    """Give the Chinese name where there is one, with the platform's short name below it."""
    short = fact.subject.removeprefix("android.permission.")
    name = str(fact.fields["name_zh"])
    if name and telling.text.lang == "zh":
        return Cell(text=name, sub=short)
    return Cell(text=short, sub=name)


def _remarks(fact: Fact, telling: Telling) -> list[str]:
    fields, label = fact.fields, telling.label
    remarks = []
    if fields["max_sdk"] is not None:
        remarks.append(label("permissions.max_sdk", level=fields["max_sdk"]))
    marks = ("sdk23_only", "custom", "never_for_location")
    return remarks + [label(f"permissions.{name}") for name in marks if fields[name]]


def _defined(facts: list[Fact], telling: Telling) -> Table:
    label = telling.label
    return Table(
        id="permissions-defined",
        title=label("permissions.defined"),
        columns=(
            Column(title=label("permissions.name"), width=60),
            Column(title=label("permissions.level"), width=10),
        ),
        rows=tuple(
            (
                Cell(text=fact.subject, style="mono"),
                Cell(text=telling.word("level", fact.fields["level"])),
            )
            for fact in facts
        ),
    )
