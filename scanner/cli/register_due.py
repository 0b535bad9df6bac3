"""``appadmit register due``: what is due and overdue on a day, with its clause."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.language import harmless, language, say
from scanner.cli.options import JsonOption, WorkspaceOption
from scanner.cli.register import DatabaseOption, app, opened, read_day
from scanner.cli.terminal import show, write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.register.findings import Finding
    from scanner.register.parameters import Parameters

__all__ = ["app"]


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
