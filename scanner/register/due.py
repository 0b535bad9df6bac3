"""Everything that is due or overdue in the register on a day, rule by rule with its clause."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from scanner.register.due_groups import find_account_limits, find_group_limits
from scanner.register.due_order import find_counts, find_orders
from scanner.register.findings import Finding, from_clock, load_rules
from scanner.register.rules import limits
from scanner.register.rules.calendar import day_of
from scanner.register.snapshot import is_active

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.register.parameters import Parameters
    from scanner.register.records import Record
    from scanner.register.snapshot import Snapshot

_OLDEST_BUILD = datetime.date(2008, 1, 1)
"""Build times before this are placeholders (ZIP entries often say 1980-01-01)."""
_STATES = ("overdue", "breach", "due", "in_time")


def find_all(
    snapshot: Snapshot, now: datetime.datetime, parameters: Parameters
) -> tuple[Finding, ...]:
    """Work out every rule of the school's regulations for every row, kept ones included."""
    today = day_of(now)
    found = [
        *find_app_limits(snapshot, today, parameters),
        *find_group_limits(snapshot, now, parameters),
        *find_account_limits(snapshot, today),
        *find_orders(snapshot),
        *find_counts(snapshot),
        *find_inspections(snapshot, today, parameters),
        *find_duties(snapshot, today, parameters),
    ]
    wanted = {*parameters.regulations, ""}
    return tuple(one for one in found if load_rules()[one.rule].document in wanted)


def find_due(
    snapshot: Snapshot, now: datetime.datetime, parameters: Parameters
) -> tuple[Finding, ...]:
    """Give what is to be done: overdue first, then by limit."""
    open_ones = [one for one in find_all(snapshot, now, parameters) if one.open]
    return tuple(
        sorted(open_ones, key=lambda one: (_STATES.index(one.state), one.limit or "9", one.ref))
    )


def last_update(
    snapshot: Snapshot, app: Record, parameters: Parameters
) -> tuple[datetime.date, str] | None:
    """Give the day of an app's last update and where it stands; the latest one counts.

    The build time of a package is used only where nothing else is known.
    """
    dates = [
        (app.day("last_release"), "register"),
        *((row.day("released_on"), "release") for row in snapshot.of(app, "app_version")),
        *((row.day("updated_on"), "store") for row in snapshot.of(app, "store_listing")),
    ]
    if parameters.content_counts:
        dates.append((app.day("content_updated"), "content"))
    known = [(day, basis) for day, basis in dates if day is not None]
    if not known:
        builds = (row.day("packaged_on") for row in snapshot.of(app, "scan_record"))
        known = [(day, "package") for day in builds if day is not None and day >= _OLDEST_BUILD]
    return max(known, default=None)


def find_app_limits(
    snapshot: Snapshot, today: datetime.date, parameters: Parameters
) -> Iterator[Finding]:
    """P-1, P-2 for apps in use; P-3 for every reported or unreported change."""
    for app in snapshot.entries("app"):
        updated = last_update(snapshot, app, parameters)
        if updated is not None and is_active(app):
            clock = limits.half_year(updated[0], today)
            for rule in ("half_year_may", "half_year_shall"):
                yield from_clock(rule, app, snapshot.department(app), clock, basis=updated[1])
    for row in snapshot.records["change_report"]:
        entry, changed = snapshot.get(row.values["entry"]), row.day("changed_on")
        if entry is None or changed is None:
            continue
        reported, what = row.day("reported_on"), row.text("what")
        department = snapshot.department(entry)
        clock = limits.filing_change(changed, reported, today, snapshot.working)
        yield from_clock("filing_change", entry, department, clock, basis="register", detail=what)
        update = limits.filing_update(reported, row.day("updated_on"), row.day("reconfirmed_on"))
        if update is not None:
            yield from_clock(
                "filing_update", entry, department, update, basis="register", detail=what
            )


def find_inspections(
    snapshot: Snapshot, today: datetime.date, parameters: Parameters
) -> Iterator[Finding]:
    """P-14: inspections of every entry in use, patrols of groups, drawn spot checks."""
    for entry in snapshot.entries():
        if not is_active(entry):
            continue
        department = snapshot.department(entry)
        done = [row.day("date") for row in snapshot.of(entry, "inspection", kind="检查")]
        last = max((day for day in done if day), default=None)
        clock = limits.reminder(last, parameters.inspection_days, today)
        yield from_clock("inspection", entry, department, clock)
        if entry.object == "group":
            done = [row.day("date") for row in snapshot.of(entry, "inspection", kind="巡查")]
            last = max((day for day in done if day), default=None)
            clock = limits.reminder(last, parameters.patrol_days, today)
            yield from_clock("patrol", entry, department, clock)
        for row in snapshot.of(entry, "inspection", kind="抽查"):
            state = limits.State.IN_TIME if row.day("date") else limits.State.DUE
            clock = limits.Clock(state, row.day("drawn_on"))
            yield from_clock("spot_check", entry, department, clock)


def find_duties(
    snapshot: Snapshot, today: datetime.date, parameters: Parameters
) -> Iterator[Finding]:
    """P-16: answers of departments to campaigns; open rows of the ledger; filings that end."""
    for campaign in snapshot.records["campaign"]:
        limit = campaign.day("due_on")
        if limit is None or campaign.values["status"] == "已结束":
            continue
        for department in snapshot.records["department"]:
            replies = snapshot.of(department, "reply", campaign=campaign.ref)
            answered = min(
                (day for row in replies if (day := row.day("answered_on"))), default=None
            )
            clock = limits.deadline(answered, limit, today)
            yield from_clock("campaign", department, department.label, clock, detail=campaign.label)
    for row in snapshot.records["issue"]:
        limit, owner = row.day("due_on"), snapshot.get(row.values["entry"])
        if limit is not None and owner is not None and row.values["status"] == "待整改":
            clock = limits.deadline(row.day("closed_on"), limit, today, row.day("found_on"))
            department_name = snapshot.department(owner)
            yield from_clock("issue_open", owner, department_name, clock, detail=row.text("item"))
    for row in snapshot.records["filing"]:
        until, entry = row.day("expires"), snapshot.get(row.values["entry"])
        if until is not None and entry is not None and is_active(entry):
            clock = limits.expiry(until, today, parameters.expiry_ahead_days)
            yield from_clock(
                "filing_expiry", entry, snapshot.department(entry), clock, detail=row.text("kind")
            )
