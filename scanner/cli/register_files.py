"""``appadmit register``: spreadsheets out and in, and tables of holidays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.language import harmless, say
from scanner.cli.options import WorkspaceOption
from scanner.cli.register import DatabaseOption, WhoOption, app, changing, opened
from scanner.cli.terminal import complain, write_line
from scanner.errors import UnreadableInput, UsageError
from scanner.workspace import write_atomically

if TYPE_CHECKING:
    from scanner.register.exchange_plan import Plan

__all__ = ["app"]

FileArgument = Annotated[Path, typer.Argument(help=say("help.register.file"), show_default=False)]
ForceOption = Annotated[bool, typer.Option("--force", help=say("help.register.force"))]


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
