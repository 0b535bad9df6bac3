"""The register's rows of one entry as ``register.*`` facts for the rules."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from scanner.inputs.vocabulary import number_fits
from scanner.register.due import find_all
from scanner.register.fact_fields import make_differences, make_entry, make_fields
from scanner.register.fact_forms import make_form_fields
from scanner.register.fact_making import fact, word
from scanner.register.findings import load_rules
from scanner.register.parameters import load_parameters
from scanner.register.procedure import StepState, work_out
from scanner.register.rules.calendar import day_of
from scanner.register.snapshot import is_active, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact
    from scanner.register.findings import Finding
    from scanner.register.parameters import Parameters
    from scanner.register.records import Record
    from scanner.register.session import Session
    from scanner.register.snapshot import Snapshot

_COUNTS = {"app": ("audience", "department_matter"), "group": ("group_matter",)}
_DATED = frozenset({"in_time", "due", "overdue"})


def make_register_facts(
    session: Session,
    ref: str,
    *,
    now: datetime.datetime | None = None,
    parameters: Parameters | None = None,
) -> tuple[Fact, ...]:
    """Make all facts of one app, system, group or account.

    Args:
        session: a session on the register.
        ref: call of the entry, such as ``app-12``.
        now: the moment that limits are compared with; now by default.
        parameters: the school's settings; the defaults otherwise.

    Raises:
        UsageError: there is no such entry.
    """
    session.get(ref)
    snapshot = take_snapshot(session, also=("roster",))
    moment = now or datetime.datetime.now(datetime.UTC)
    settings = parameters or load_parameters()
    findings = find_all(snapshot, moment, settings)
    return make_entry_facts(snapshot, ref, findings, day_of(moment), settings)


def make_entry_facts(
    snapshot: Snapshot,
    ref: str,
    findings: tuple[Finding, ...],
    today: datetime.date,
    parameters: Parameters,
) -> tuple[Fact, ...]:
    """Make the facts of one entry from a snapshot and the findings of the whole register."""
    entry = snapshot.get(ref)
    if entry is None:
        return ()
    mine = [one for one in findings if one.ref == ref]
    made = [
        make_entry(entry),
        *make_fields(snapshot, entry, parameters),
        *make_differences(snapshot, entry),
        *make_form_fields(snapshot, entry, today),
        *_filings(snapshot, entry, today, parameters),
        *_approvals(snapshot, entry),
        *_rules(entry, mine),
        *_counts(snapshot, entry, mine),
        *_issues(snapshot, entry, today),
        *_documents(snapshot, entry),
    ]
    return tuple({one.id: one for one in made}.values())


def _filings(
    snapshot: Snapshot, entry: Record, today: datetime.date, parameters: Parameters
) -> Iterator[Fact]:
    rows = snapshot.of(entry, "filing")
    system = snapshot.get(entry.values.get("system"))
    if system is not None:
        rows += snapshot.of(system, "filing")
    provider = entry.text("provider").strip()
    seen = set()
    for row in rows:
        subject = word("filing", row.text("kind"))
        seen.add(subject)
        until = row.day("expires")
        status = word("filing_status", row.text("status"))
        if not row.text("number") and status == "valid" and subject in {"provider", "user", "icp"}:
            status = "missing"
        if until is not None and until < today and status == "valid":
            status = "expired"
        holder = row.text("holder").strip()
        yield fact(
            "register.filing", subject, row, number=row.text("number"), status=status,
            holder=holder, date=row.text("date"), expires=row.text("expires"),
            checked=row.text("checked"), format_ok=number_fits(subject, row.text("number")),
            name_matches=holder == provider if holder and provider else None,
        )  # fmt: skip
    for subject in _expected_filings(entry, parameters):
        if subject not in seen:
            yield fact(
                "register.filing", subject, entry, number="", status="missing", holder="",
                date="", expires="", checked="", format_ok=None, name_matches=None,
            )  # fmt: skip


def _expected_filings(entry: Record, parameters: Parameters) -> tuple[str, ...]:
    if entry.object == "app":
        own = entry.values.get("source") == "自主开发"
        return ("provider", "user", "mlps") if own else ("provider", "user")
    if entry.object == "group":
        created = entry.day("created_on")
        old = created is not None and created < parameters.refiling_before
        return ("group", "refiling") if old else ("group",)
    return ("account",) if entry.object == "account" else ()


def _approvals(snapshot: Snapshot, entry: Record) -> Iterator[Fact]:
    seen = set()
    rows = [(word("approval", row.text("step")), row) for row in snapshot.of(entry, "approval")]
    rows += [("consultation", row) for row in snapshot.of(entry, "consultation")]
    for subject, row in rows:
        seen.add(subject)
        yield fact(
            "register.approval", subject, row, result=word("result", row.text("result")),
            date=row.text("date"), number=row.text("number"), document=row.text("document"),
        )  # fmt: skip
    for subject in _expected_approvals(snapshot, entry):
        if subject not in seen:
            yield fact(
                "register.approval", subject, entry, result="missing", date="", number="",
                document="",
            )  # fmt: skip


def _expected_approvals(snapshot: Snapshot, entry: Record) -> list[str]:
    if entry.object == "group":
        expected = ["party_organisation"] if entry.values.get("term") == "长期" else []
        student = entry.values.get("members_kind") in {"班级", "学生会"}
        return expected + (["youth_league"] if student else [])
    if entry.object != "app":
        return []
    steps = work_out(snapshot, entry).steps
    expected = [s.rule.id for s in steps if s.rule.approvals and s.state is not StepState.DONE]
    if entry.values.get("use") == "要求使用":
        expected += ["council", "contract"]
    source = entry.values.get("source")
    if source == "自主开发":
        expected.append("project")
    if entry.values.get("scope") == "本部门":
        expected.append("department")
    return expected


def _rules(entry: Record, findings: list[Finding]) -> Iterator[Fact]:
    """One ``register.due`` per subject: the first rule of the school's regulations decides."""
    done = set()
    for one in sorted(
        findings, key=lambda f: -("in_time", "due", "overdue", "breach").index(f.state)
    ):
        rule = load_rules()[one.rule]
        if one.rule in {"group_matter", "audience", "department_matter"}:
            continue
        if rule.p in {"P-11", "P-12"}:
            yield fact(
                "register.order", rule.fact, entry, state=one.detail, first=one.start,
                second=one.limit,
            )  # fmt: skip
        elif rule.fact not in done and one.state in _DATED:
            if rule.id == "task_group" and any(f.rule == "temporary_group" for f in findings):
                continue
            done.add(rule.fact)
            yield fact(
                "register.due", rule.fact, entry, state=one.state, start=one.start,
                limit=one.limit, basis_date=one.basis, estimated=one.estimated,
            )  # fmt: skip


def _counts(snapshot: Snapshot, entry: Record, findings: list[Finding]) -> Iterator[Fact]:
    active = sum(is_active(row) for row in snapshot.records[entry.object])
    for rule in _COUNTS.get(entry.object, ()):
        yield fact("register.checked", rule, entry, entries=active)
        for one in findings:
            if one.rule == rule:
                yield fact(
                    "register.conflict", rule, entry, key=one.basis, others=one.detail.split("、"),
                    exception=one.exception,
                )  # fmt: skip


def _issues(snapshot: Snapshot, entry: Record, today: datetime.date) -> Iterator[Fact]:
    for row in snapshot.of(entry, "issue"):
        due = row.day("due_on")
        late = due is not None and due < today
        state = "closed" if row.text("status") != "待整改" else "overdue" if late else "open"
        yield fact(
            "register.issue", row.ref, row, severity=word("severity", row.text("severity")),
            state=state, clause=row.text("clause"),
        )  # fmt: skip


def _documents(snapshot: Snapshot, entry: Record) -> Iterator[Fact]:
    for row in snapshot.of(entry, "document"):
        yield fact(
            "document.attached", row.text("slot"), row, slot=row.text("slot"),
            title=row.text("title"), sha256=row.text("sha256"), date=row.text("date"),
        )  # fmt: skip
