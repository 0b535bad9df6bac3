"""The signing chapter: schemes and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Cell, Column, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

KINDS = ("android.signing.scheme", "android.signing.certificate")
_TONES = {"verified": "good", "invalid": "bad", "not_checked": "warn", "absent": "quiet"}


def make_signing(telling: Telling) -> Section | None:
    """Give the chapter; none where signing was not read."""
    schemes = list(telling.facts.of_kind(KINDS[0]))
    certificates = list(telling.facts.of_kind(KINDS[1]))
    if not schemes and not certificates:
        return None
    tables = (_schemes(schemes, telling), _certificates(certificates, telling))
    return Section(id="signing", title=telling.label("signing.title"), tables=tables)


def _columns(telling: Telling, *heads: tuple[str, int]) -> tuple[Column, ...]:
    return tuple(Column(title=telling.label(f"signing.{key}"), width=w) for key, w in heads)


def _schemes(facts: list[Fact], telling: Telling) -> Table:
    return Table(
        id="signing-schemes",
        title=telling.label("signing.schemes"),
        columns=_columns(telling, ("scheme", 10), ("state", 14), ("problem", 60)),
        rows=tuple(
            (
                Cell(text=fact.subject),
                Cell(
                    text=telling.word("state", fact.fields["state"]),
                    style=_TONES.get(str(fact.fields["state"]), ""),
                ),
                Cell(text=str(fact.fields["problem"])),
            )
            for fact in facts
        ),
    )


def _certificates(facts: list[Fact], telling: Telling) -> Table:
    return Table(
        id="signing-certificates",
        title=telling.label("signing.certificates"),
        columns=_columns(telling, ("subject", 50), ("validity", 28), ("key", 20), ("remark", 24)),
        rows=tuple(_certificate(fact, telling) for fact in facts),
    )


def _certificate(fact: Fact, telling: Telling) -> tuple[Cell, ...]:
    fields = fact.fields
    remarks = [telling.label(f"signing.{key}") for key in ("debug", "weak") if fields[key]]
    validity = telling.label(
        "signing.validity_value",
        start=str(fields["not_before"])[:10],
        end=str(fields["not_after"])[:10],
    )
    return (
        Cell(text=str(fields["subject_name"]), sub=f"SHA-256 {fact.subject}"),
        Cell(text=validity),
        Cell(text=str(fields["public_key_algorithm"]), sub=str(fields["signature_algorithm"])),
        Cell(text=telling.listed(remarks), style="warn" if remarks else ""),
    )
