"""Chooses what a report shows as pictures, each with a text alternative and its table beside it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from profiles.model import Outcome
from reports.charts import draw_bars, draw_grid, draw_marks
from reports.model import Plain
from reports.telling import make_telling
from reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from profiles.model import Assessment
    from reports.telling import Telling

ROWS = 24
"""At most so many rows in a picture; the tables hold all."""
COLUMNS = 14


class Picture(Plain, frozen=True):
    """A drawn picture and the section it belongs to."""

    section: str
    title: str
    alt: str
    """What the picture says, for those who do not see it."""
    svg: str


def draw_pictures(assessment: Assessment, lang: str = "zh") -> tuple[Picture, ...]:
    """Draw what there is data for; without a run and without SDKs that is the outcomes alone.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    telling = make_telling(assessment.fact_set, lang)
    makers = (_timeline(telling), _sdk_types(telling), _endpoints(telling))
    return (_outcomes(assessment, telling), *(one for maker in makers for one in maker))


def _outcomes(assessment: Assessment, telling: Telling) -> Picture:
    groups = [group.id.upper() for group in assessment.groups]
    marks = [telling.mark(outcome) for outcome in Outcome]
    counts = Counter((one.group.upper(), str(one.outcome)) for one in assessment.verdicts)
    values = [[counts[group, mark.code] for mark in marks] for group in groups]
    words = [f"{mark.symbol} {mark.word}" for mark in marks]
    alt = "; ".join(
        f"{group}: {telling.listed(f'{w} {n}' for w, n in zip(words, row, strict=True) if n)}"
        for group, row in zip(groups, values, strict=True)
    )
    title = telling.label("pictures.outcomes")
    return Picture(section="counts", title=title, alt=alt, svg=draw_bars(groups, words, values))


def _timeline(telling: Telling) -> Iterator[Picture]:
    """Draw accesses by type and owner over the phases of the run."""
    events = list(telling.facts.of_kind("runtime.event"))
    phases = list(
        dict.fromkeys(
            str(phase)
            for run in telling.facts.of_kind("runtime.run")
            for phase in (run.fields["phases"] if isinstance(run.fields["phases"], list) else ())
        )
    )
    counts: Counter[tuple[str, str]] = Counter()
    before = {"start", "consent_shown", "no_consent_ui"}
    for event in events:
        fields = event.fields
        kind = telling.types(fields["type"]) or telling.label("run.no_type")
        row = visible(f"{kind} · {telling.owner_of(event)}")
        counts[row, str(fields["phase"])] += int(str(fields["count"]))
    if not counts or not phases:
        return
    weight: Counter[str] = Counter()
    for (row, phase), count in counts.items():
        weight[row] += count + (10**6 if phase in before else 0)
    rows = [row for row, _ in weight.most_common(ROWS)]
    words = [telling.word("phase", phase) for phase in phases]
    shaded = [phase in before for phase in phases]
    cells = [[counts[row, phase] for phase in phases] for row in rows]
    alt = "; ".join(
        f"{row}: {telling.listed(f'{w} {n}' for w, n in zip(words, line, strict=True) if n)}"
        for row, line in zip(rows, cells, strict=True)
    )
    svg = draw_grid(rows, words, cells, shaded)
    yield Picture(section="run", title=telling.label("pictures.timeline"), alt=alt, svg=svg)


def _sdk_types(telling: Telling) -> Iterator[Picture]:
    """Draw which SDK touches which type: seen in the run, found in its code, or published."""
    signs: dict[tuple[str, str], str] = {}
    for kind, sign in (("runtime.event", "●"), ("code.api", "◐"), ("software.sdk", "○")):
        for fact in telling.facts.of_kind(kind):
            owner = fact.subject if kind == "software.sdk" else str(fact.fields["owner"])
            types = fact.fields["types"] if kind == "software.sdk" else [fact.fields["type"]]
            if owner in telling.sdk_names and isinstance(types, list):
                for one in types:
                    signs.setdefault((owner, str(one)), sign)
    owners = Counter(owner for owner, _ in signs).most_common(ROWS)
    types = [one for one, _ in Counter(one for _, one in signs).most_common(COLUMNS)]
    if not signs:
        return
    rows = [visible(telling.owner(owner)) for owner, _ in owners]
    columns = [telling.word("pi_type", one) for one in types]
    cells = [[signs.get((owner, one), "") for one in types] for owner, _ in owners]
    alt = "; ".join(
        f"{row}: {telling.listed(f'{c} {s}' for c, s in zip(columns, line, strict=True) if s)}"
        for row, line in zip(rows, cells, strict=True)
    )
    svg = draw_marks(rows, columns, cells)
    yield Picture(section="software", title=telling.label("pictures.sdk_types"), alt=alt, svg=svg)


def _endpoints(telling: Telling) -> Iterator[Picture]:
    """Draw how many hosts each owner reached, before consent and later."""
    hosts: dict[str, tuple[set[str], set[str]]] = {}
    for flow in telling.facts.of_kind("runtime.flow"):
        owner = visible(telling.owner(flow.fields["owner"]))
        sets = hosts.setdefault(owner, (set(), set()))
        sets[0 if flow.fields["pre_consent"] else 1].add(flow.subject)
    if not hosts:
        return
    ordered = sorted(hosts.items(), key=lambda item: -len(item[1][0] | item[1][1]))[:ROWS]
    values = [[len(before), len(after)] for _, (before, after) in ordered]
    rows = [owner for owner, _ in ordered]
    parts = [telling.label("run.before"), telling.label("run.after")]
    alt = "; ".join(
        f"{row}: {parts[0]} {early}, {parts[1]} {late}"
        for row, (early, late) in zip(rows, values, strict=True)
    )
    svg = draw_bars(rows, parts, values, styles=(1, 0))
    yield Picture(section="run", title=telling.label("pictures.endpoints"), alt=alt, svg=svg)
