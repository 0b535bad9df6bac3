"""The chapter on third-party software: SDKs and trackers, plain libraries, packers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.chapters.tables import make_table
from reports.model import Cell, Column, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

TYPES_SHOWN = 6
KINDS = ("software.sdk", "software.packer", "software.vulnerable", "software.library")


def make_software(telling: Telling) -> Section | None:
    """Give the chapter; none where nothing of third parties was looked for or found."""
    found = list(telling.facts.of_kind("software.sdk"))
    packers = list(telling.facts.of_kind("software.packer"))
    vulnerable = list(telling.facts.of_kind("software.vulnerable"))
    if not (found or packers or vulnerable):
        return None
    services = sorted((one for one in found if not one.fields["library"]), key=_order)
    libraries = sorted((one for one in found if one.fields["library"]), key=_order)
    summary = telling.label(
        "software.summary",
        sdks=len(services),
        trackers=sum(bool(one.fields["tracker"]) for one in services),
        libraries=len(libraries),
    )
    tables = [_packers(packers, telling)] if packers else []
    tables.append(_services(services, telling))
    if vulnerable:
        tables.append(_vulnerable(vulnerable, telling))
    if libraries:
        tables.append(_libraries(libraries, telling))
    if artifacts := list(telling.facts.of_kind("software.library")):
        tables.append(_artifacts(artifacts, telling))
    return Section(
        id="software",
        title=telling.label("software.title"),
        remarks=(summary,),
        tables=tuple(tables),
    )


def _order(fact: Fact) -> tuple[bool, str]:
    return not fact.fields["tracker"], fact.subject


def _columns(telling: Telling, *heads: tuple[str, int]) -> tuple[Column, ...]:
    return tuple(Column(title=telling.label(f"software.{key}"), width=w) for key, w in heads)


def _services(facts: list[Fact], telling: Telling) -> Table:
    heads = (("name", 28), ("vendor", 24), ("purpose", 34), ("types", 30), ("delay_init", 26))
    return Table(
        id="sdks",
        title=telling.label("software.sdks"),
        columns=_columns(telling, *heads),
        rows=tuple(_service(fact, telling) for fact in facts),
        limit=80,
    )


def _service(fact: Fact, telling: Telling) -> tuple[Cell, ...]:
    fields, label = fact.fields, telling.label
    remarks = [str(fields["version"])] if fields["version"] else []
    if fields["tracker"]:
        remarks.append(label("software.tracker"))
    if fields["renamed"]:
        remarks.append(label("software.renamed"))
    types = fields["types"] if isinstance(fields["types"], list) else []
    stated = telling.types(types[:TYPES_SHOWN]) or label("software.types_none")
    if len(types) > TYPES_SHOWN:
        stated += label("software.types_more", count=len(types))
    signatures = fields["signatures"]
    return (
        Cell(
            text=telling.owner(fact.subject),
            sub=telling.listed(remarks),
            style="warn" if fields["tracker"] else "",
            more=tuple(str(one) for one in signatures) if isinstance(signatures, list) else (),
        ),
        Cell(text=str(fields["vendor"]), sub=str(fields["country"])),
        Cell(text=str(fields["purpose_zh"]), sub=telling.word("category", fields["category"])),
        Cell(
            text=stated,
            sub=str(fields["types_source"]),
            more=tuple(telling.types(one) for one in types) if len(types) > TYPES_SHOWN else (),
        ),
        Cell(text=str(fields["delay_init"]), style="mono"),
    )


def _libraries(facts: list[Fact], telling: Telling) -> Table:
    return Table(
        id="libraries",
        title=telling.label("software.libraries"),
        columns=_columns(telling, ("name", 40), ("version", 16), ("category", 24)),
        rows=tuple(
            (
                Cell(text=telling.owner(fact.subject), sub=str(fact.fields["purl"])),
                Cell(text=str(fact.fields["version"])),
                Cell(text=telling.word("category", fact.fields["category"])),
            )
            for fact in facts
        ),
        limit=40,
    )


def _artifacts(facts: list[Fact], telling: Telling) -> Table:
    heads = (("coordinate", 60), ("version", 20))
    rows = [
        (Cell(text=fact.subject, style="mono"), Cell(text=str(fact.fields["version"])))
        for fact in facts
    ]
    return make_table(telling, "software.artifacts", heads, rows, limit=40)


def _packers(facts: list[Fact], telling: Telling) -> Table:
    return Table(
        id="packers",
        title=telling.label("software.packers"),
        columns=_columns(
            telling, ("name", 30), ("vendor", 24), ("signatures", 50), ("hides_code", 14)
        ),
        rows=tuple(
            (
                Cell(
                    text=str(fact.fields["name"]),
                    sub=telling.word("packer_kind", fact.fields.get("kind", "")),
                    style="bad" if fact.fields["hides_code"] else "",
                ),
                Cell(text=str(fact.fields["vendor"])),
                Cell(text=telling.told("signatures", fact.fields["signatures"]), style="mono"),
                Cell(text=telling.yes_no(fact.fields["hides_code"])),
            )
            for fact in facts
        ),
    )


def _vulnerable(facts: list[Fact], telling: Telling) -> Table:
    heads = (("name", 30), ("version", 14), ("advisory", 24), ("severity", 12), ("fixed", 14))
    return Table(
        id="vulnerable",
        title=telling.label("software.vulnerable"),
        columns=_columns(telling, *heads),
        rows=tuple(
            (
                Cell(text=telling.owner(fact.subject)),
                *(Cell(text=str(fact.fields[key])) for key, _ in heads[1:]),
            )
            for fact in facts
        ),
    )
