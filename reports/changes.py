"""Lays out what changed between two assessments, what matters most first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.model import Outcome
from reports.changed_facts import make_fact_tables
from reports.chapters.tables import make_table
from reports.identity import make_identity, make_signer, make_versions
from reports.model import Cell, ConclusionLine, Plain, Section, Table
from reports.telling import make_telling
from reports.view import make_conclusion
from reports.visible import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from profiles.model import Assessment, Verdict
    from reports.model import Entry
    from reports.telling import Telling

_RANK = {
    Outcome.NOT_APPLICABLE: 0,
    Outcome.PASS: 0,
    Outcome.NOT_TESTED: 1,
    Outcome.NEEDS_DOCUMENT: 1,
    Outcome.REVIEW: 2,
    Outcome.ERROR: 2,
    Outcome.FAIL: 3,
}


class Changes(Plain, frozen=True):
    """A comparison of two assessments, ready to be printed."""

    lang: str
    title: str
    old_name: str
    new_name: str
    old_conclusion: ConclusionLine
    new_conclusion: ConclusionLine
    remarks: tuple[str, ...]
    """What a reader must know before reading changes as changes of the app."""
    sections: tuple[Section, ...]
    same: bool
    """Nothing changed at all."""


def make_changes(old: Assessment, new: Assessment, lang: str = "zh") -> Changes:
    """Compare two assessments, of two versions of an app or of one file at two times.

    Raises:
        TextError: the language is neither ``zh`` nor ``en``.
    """
    before, after = make_telling(old.fact_set, lang), make_telling(new.fact_set, lang)
    tables = (
        ("verdicts", (_verdicts(old, new, after),)),
        ("identity", (_identity(old, new, before, after),)),
        ("facts", tuple(make_fact_tables(before, after))),
        ("versions", (_versions(old, new, before, after),)),
    )
    sections = tuple(
        Section(id=f"changes-{name}", title=after.label(f"changes.{name}"), tables=filled)
        for name, made in tables
        if (filled := tuple(table for table in made if table.rows))
    )
    changes = Changes(
        lang=lang,
        title=after.label("changes.title"),
        old_name=_name(old),
        new_name=_name(new),
        old_conclusion=make_conclusion(old, before),
        new_conclusion=make_conclusion(new, after),
        remarks=tuple(_remarks(old, new, after)),
        sections=sections,
        same=not sections and old.conclusion.kind == new.conclusion.kind,
    )
    return show(changes)


def _name(assessment: Assessment) -> str:
    sample = assessment.fact_set.sample
    version = sample.version_name or sample.sha256[:8]
    return f"{sample.app_id or sample.name} {version} · {assessment.created[:16].replace('T', ' ')}"


def _remarks(old: Assessment, new: Assessment, telling: Telling) -> Iterable[str]:
    first, second = old.fact_set.sample, new.fact_set.sample
    if first.app_id != second.app_id:
        yield telling.label("changes.other_app", old=first.app_id, new=second.app_id)
    if first.signer and second.signer and first.signer.sha256 != second.signer.sha256:
        yield telling.label("changes.other_signer")
    if (old.profile, old.school) != (new.profile, new.school):
        yield telling.label("changes.other_profile")
    elif old.versions != new.versions:
        yield telling.label("changes.other_versions")
    reached = {one.name: one.state for one in new.fact_set.coverage}
    lost = [
        telling.coverage(one.name)
        for one in old.fact_set.coverage
        if one.state == "full" and reached.get(one.name) != "full"
    ]
    if lost:
        yield telling.label("changes.less_examined", names=telling.listed(lost))


def _verdicts(old: Assessment, new: Assessment, telling: Telling) -> Table:
    before = {verdict.item: verdict for verdict in old.verdicts}
    after = {verdict.item: verdict for verdict in new.verdicts}
    changed = [
        (before.get(item), after.get(item))
        for item in {**after, **before}
        if _outcome(before.get(item)) != _outcome(after.get(item))
    ]
    changed.sort(key=lambda pair: -max(_weight(one) for one in pair))
    rows = [_verdict(first, second, telling) for first, second in changed]
    heads = (("line", 10), ("subject", 28), ("old", 14), ("new", 14), ("reason", 56))
    return make_table(telling, "changes.verdicts", heads, rows, limit=200)


def _outcome(verdict: Verdict | None) -> str:
    return verdict.standing if verdict else ""


def _weight(verdict: Verdict | None) -> int:
    return _RANK[verdict.standing] if verdict else 0


def _verdict(old: Verdict | None, new: Verdict | None, telling: Telling) -> tuple[Cell, ...]:
    either = new or old
    direction = (_weight(new) > _weight(old)) - (_weight(new) < _weight(old))
    tone = {1: "bad", -1: "good", 0: ""}[direction]
    marks = [telling.mark(one.standing) if one else None for one in (old, new)]
    words = [f"{one.symbol} {one.word}" if one else telling.label("value.none") for one in marks]
    return (
        Cell(text=either.line if either else ""),
        Cell(text=telling.pick(either.title) if either else ""),
        Cell(text=words[0]),
        Cell(text=words[1], style=tone),
        Cell(text=telling.pick(new.reason) if new else ""),
    )


def _pairs(old: Iterable[Entry], new: Iterable[Entry], telling: Telling, name: str) -> Table:
    before = {entry.label: entry.value for entry in old}
    after = {entry.label: entry.value for entry in new}
    none = telling.label("value.none")
    rows = [
        (
            Cell(text=label),
            Cell(text=before.get(label, none), style="mono"),
            Cell(text=after.get(label, none), style="mono"),
        )
        for label in {**before, **after}
        if before.get(label) != after.get(label)
    ]
    return make_table(telling, f"changes.{name}", (("field", 20), ("old", 44), ("new", 44)), rows)


def _identity(old: Assessment, new: Assessment, before: Telling, after: Telling) -> Table:
    first, second = old.fact_set.sample, new.fact_set.sample
    return _pairs(
        (*make_identity(first, before), *make_signer(first, before)),
        (*make_identity(second, after), *make_signer(second, after)),
        after,
        "identity",
    )


def _versions(old: Assessment, new: Assessment, before: Telling, after: Telling) -> Table:
    """Give versions that differ; the time of making always does and says nothing."""
    created = after.label("versions.created")
    rows = [
        [entry for entry in make_versions(one, telling) if entry.label != created]
        for one, telling in ((old, before), (new, after))
    ]
    return _pairs(rows[0], rows[1], after, "versions")
