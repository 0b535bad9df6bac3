"""The chapter on the code: catalogued calls by type, API and owner, with start-up chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Cell, Column, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

KINDS = (
    "code.api",
    "code.weakness",
    "code.dynamic_loading",
    "code.install",
    "code.statistics",
)
SITES_SHOWN = 12
_STARTUP = ("yes", "unknown", "no")
_TONES = {"yes": "bad", "unknown": "warn", "no": ""}


def make_code(telling: Telling) -> Section | None:
    """Give the chapter; none where no code was read."""
    accesses = _accesses(telling)
    others = _others(telling)
    statistics = [
        telling.label(
            "code.statistics",
            files=one.fields["dex_files"],
            classes=one.fields["classes"],
            calls=one.fields["calls"],
        )
        for one in telling.facts.of_kind("code.statistics")
    ]
    if not (accesses.rows or others.rows or statistics):
        return None
    remarks = (*statistics, *([telling.label("code.remark")] if accesses.rows else []))
    tables = (accesses, others) if others.rows else (accesses,)
    return Section(id="code", title=telling.label("code.title"), remarks=remarks, tables=tables)


def _accesses(telling: Telling) -> Table:
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for fact in telling.facts.of_kind("code.api"):
        key = tuple(str(fact.fields[name]) for name in ("line", "type", "api", "owner", "weight"))
        groups.setdefault(key, []).append(fact)
    ordered = sorted(groups.values(), key=_order)
    heads = (("type", 18), ("api", 50), ("owner", 20), ("startup", 14), ("sites", 50))
    return Table(
        id="code-accesses",
        title=telling.label("code.accesses"),
        columns=tuple(Column(title=telling.label(f"code.{key}"), width=w) for key, w in heads),
        rows=tuple(_access(group, telling) for group in ordered),
        limit=80,
    )


def _startup(group: list[Fact]) -> str:
    states = {str(one.fields["startup"]) for one in group}
    return next(state for state in (*_STARTUP, *states) if state in states)


def _order(group: list[Fact]) -> tuple[object, ...]:
    fields = group[0].fields
    state = _startup(group)
    rank = _STARTUP.index(state) if state in _STARTUP else len(_STARTUP)
    return fields["weight"] != "decisive", rank, str(fields["line"]), str(fields["api"])


def _access(group: list[Fact], telling: Telling) -> tuple[Cell, ...]:
    fields, state = group[0].fields, _startup(group)
    decisive = fields["weight"] == "decisive"
    return (
        Cell(
            text=telling.types(fields["type"]),
            sub="" if decisive else telling.label("code.supporting"),
        ),
        Cell(text=str(fields["api"]), style="mono"),
        Cell(text=telling.owner(fields["owner"])),
        Cell(
            text=telling.word("startup", state),
            style=_TONES.get(state, "") if decisive else "",
            more=_chain(group),
        ),
        Cell(
            text=telling.label("code.sites_count", count=len(group)),
            more=tuple(str(one.fields["site"]) for one in group[:SITES_SHOWN]),
        ),
    )


def _chain(group: list[Fact]) -> tuple[str, ...]:
    """Give the shortest start-up chain of the group, from the entry point to the caller."""
    chains = [chain for one in group if isinstance(chain := one.fields["chain"], list) and chain]
    if not chains:
        return ()
    shortest = min(chains, key=lambda chain: len(chain))
    return tuple(f"{'→ ' if index else ''}{step}" for index, step in enumerate(shortest))


def _others(telling: Telling) -> Table:
    kinds = ("code.weakness", "code.dynamic_loading", "code.install")
    found = [fact for kind in kinds for fact in telling.facts.of_kind(kind)]
    return Table(
        id="code-other",
        title=telling.label("code.other"),
        columns=(
            Column(title=telling.label("facts.title"), width=20),
            Column(title=telling.label("facts.sentence"), width=90),
        ),
        rows=tuple(
            (Cell(text=telling.fact_title(one.kind)), Cell(text=telling.sentence(one)))
            for one in found
        ),
        limit=60,
    )
