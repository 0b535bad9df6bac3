"""``appadmit register``: what is due, spreadsheets, holidays, backup, restore and verify."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.language import harmless, language, say
from scanner.cli.options import JsonOption, WorkspaceOption
from scanner.cli.register import (
    DatabaseOption,
    RefArgument,
    WhoOption,
    app,
    changing,
    opened,
    read_day,
)
from scanner.cli.terminal import complain, show, write_line
from scanner.errors import EnvironmentProblem, ExitCode, UnreadableInput, UsageError
from scanner.workspace import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.register.exchange_plan import Plan
    from scanner.register.findings import Finding
    from scanner.register.parameters import Parameters

__all__ = ["app"]

FileArgument = Annotated[Path, typer.Argument(help=say("help.register.file"), show_default=False)]
ForceOption = Annotated[bool, typer.Option("--force", help=say("help.register.force"))]


def load_settings(path: Path | None, regulations: str) -> Parameters:
    """Load the school's settings, narrowed to some regulations where they are named."""
    import msgspec

    from scanner.register.parameters import load_parameters

    parameters = load_parameters(path)
    named = tuple(one.strip().upper() for one in regulations.split(",") if one.strip())
    return msgspec.structs.replace(parameters, regulations=named) if named else parameters


@app.command(name="due", help=say("help.register.due"))
def due_command(
    on: Annotated[str, typer.Option("--on", help=say("help.register.on"))] = "",
    regulations: Annotated[
        str, typer.Option("--regulation", help=say("help.register.regulation"))
    ] = "",
    settings: Annotated[
        Path | None, typer.Option("--settings", help=say("help.register.settings"))
    ] = None,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> int:
    """List what is due and overdue, with its clause."""
    import msgspec

    from scanner.register.due import find_due
    from scanner.register.rules.calendar import end_of
    from scanner.register.snapshot import take_snapshot

    moment = datetime.datetime.now(datetime.UTC)
    if on:
        moment = end_of(read_day(on)) - datetime.timedelta(microseconds=1)
    with opened(database, workspace) as register, register.read() as session:
        snapshot = take_snapshot(session)
    findings = find_due(snapshot, moment, load_settings(settings, regulations))
    if as_json:
        for finding in findings:
            write_line(json.dumps(msgspec.to_builtins(finding), ensure_ascii=False))
    else:
        _due_table(findings)
    return 0


def _due_table(findings: Sequence[Finding]) -> None:
    from rich.table import Table

    from scanner.register.findings import load_rules

    table = Table()
    for code in ("state", "row", "department", "limit", "todo", "clause"):
        table.add_column(say(f"register.due.{code}"))
    for one in findings:
        rule = load_rules()[one.rule]
        todo = rule.zh if language() == "zh" else rule.en
        guessed = say("register.estimated") if one.estimated else ""
        table.add_row(
            say(f"register.state.{one.state}"),
            harmless(f"{one.ref} {one.name}", 40),
            harmless(one.department, 20),
            f"{one.limit}{guessed}",
            harmless(f"{todo} {one.detail}".strip(), 80),
            f"{rule.document} {rule.article}".strip(),
        )
    show(table)
    write_line(say("register.count", count=len(findings)))


@app.command(name="export", help=say("help.register.export"))
def export_command(
    file: FileArgument,
    names: Annotated[list[str] | None, typer.Argument(help=say("help.register.object"))] = None,
    personal: Annotated[
        bool, typer.Option("--with-personal", help=say("help.register.personal"))
    ] = False,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    force: ForceOption = False,
) -> int:
    """Write the register as a workbook to read or to edit."""
    from scanner.register.exchange_out import REGISTER_SHEETS, make_workbook
    from scanner.register.snapshot import take_snapshot

    check_free(file, force=force)
    with opened(database, workspace) as register, register.read() as session:
        snapshot = take_snapshot(session, also=tuple(names or ()))
    write_atomically(file, make_workbook(snapshot, names or REGISTER_SHEETS, personal=personal))
    write_line(say("register.written", file=file))
    return 0


def check_free(file: Path, *, force: bool) -> None:
    """Refuse to write over a file.

    Raises:
        UsageError: the file exists.
    """
    if file.exists() and not force:
        raise UsageError("usage.exists", file=str(file))


@app.command(name="import", help=say("help.register.import"))
def import_command(
    file: FileArgument,
    name: Annotated[str, typer.Option("--object", help=say("help.register.only"))] = "",
    apply: Annotated[bool, typer.Option("--apply", help=say("help.register.apply"))] = False,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
) -> int:
    """Show every change a workbook would make; with --apply make them, all or none."""
    from scanner.inputs.workbook import WorkbookError, read_workbook
    from scanner.register.exchange_plan import apply_plan, make_plan, rejected_rows
    from scanner.register.exchange_read import read_sheets

    try:
        found = read_sheets(read_workbook(file), name)
    except WorkbookError as error:
        raise UnreadableInput(error.code, file=str(file), **error.params) from error
    with opened(database, workspace) as register, register.read() as session:
        plan = make_plan(session, found)
    _show_plan(plan)
    stopped = rejected_rows(plan.rejected)
    if stopped:
        raise UsageError("register.import_rejected", count=stopped)
    if not apply:
        write_line(say("register.preview"))
        return 0
    with changing(database, workspace, who, note=file.name, quiet=True) as session:
        # Planned again in the transaction that writes, so that nobody's change is overwritten unseen.
        again = make_plan(session, found)
        if again != plan:
            raise UsageError("register.import_changed")
        count = len(apply_plan(session, again))
    write_line(say("register.imported", count=count))
    return 0


def _show_plan(plan: Plan) -> None:
    for step in plan.steps:
        head = say("register.plan.change" if step.ref else "register.plan.add", ref=step.ref)
        place = say("register.place", sheet=step.source.sheet, row=step.source.row)
        write_line(f"{place} {head}")
        for heading, old, new in step.changes:
            write_line(f"    {harmless(heading)}: {harmless(old, 60)} → {harmless(new, 60)}")
    for one in plan.rejected:
        place = say("register.place", sheet=one.sheet, row=one.row)
        column = say("register.column", column=one.column) if one.column else ""
        complain(f"{place}{column}: {say(f'register.reject.{one.code}', **one.params)}")
    write_line(say("register.plan.sum", steps=len(plan.steps), same=plan.unchanged))


@app.command(name="holidays", help=say("help.register.holidays"))
def holidays_command(
    file: FileArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
) -> int:
    """Import a table of holidays and moved working days."""
    return import_command(file, "holiday", True, database, workspace, who)


@app.command(name="erase", help=say("help.register.erase"))
def erase_command(
    ref: RefArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
) -> int:
    """Empty the personal fields of a row."""
    from scanner.register.closing import erase_personal

    with changing(database, workspace, who, quiet=True) as session:
        names = erase_personal(session, ref)
    write_line(say("register.erased", ref=ref, fields="、".join(names)))
    return 0


@app.command(name="backup", help=say("help.register.backup"))
def backup_command(
    file: FileArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    force: ForceOption = False,
) -> int:
    """Write a dump of the whole register, also while others write."""
    from scanner.register.backup import write_dump
    from scanner.register.database import HEAD

    check_free(file, force=force)
    with opened(database, workspace) as register:
        count = write_dump(register, file, HEAD)
    write_line(say("register.kept", file=file, count=count))
    return 0


@app.command(name="restore", help=say("help.register.restore"))
def restore_command(
    file: FileArgument, database: DatabaseOption = "", workspace: WorkspaceOption = None
) -> int:
    """Put a dump into an empty register."""
    from scanner.register.backup import read_dump
    from scanner.register.database import HEAD

    with opened(database, workspace) as register:
        count = read_dump(register, file, HEAD)
    write_line(say("register.restored", file=file, count=count))
    return 0


@app.command(name="verify", help=say("help.register.verify"))
def verify_command(database: DatabaseOption = "", workspace: WorkspaceOption = None) -> int:
    """Check the register against its journal; problems end with the exit code of the environment."""
    from scanner.register.verify import verify_register

    with opened(database, workspace) as register:
        verified = verify_register(register)
    for problem in verified.problems:
        complain(harmless(problem))
    if verified.problems:
        raise EnvironmentProblem("register.not_whole", count=len(verified.problems))
    write_line(say("register.whole", rows=verified.rows, changes=verified.changes))
    return ExitCode.DONE
