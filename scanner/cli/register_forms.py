"""``appadmit register form``, ``procedure``, ``draw``: forms, how far an app has come, spot checks."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.language import harmless, say
from scanner.cli.options import WorkspaceOption
from scanner.cli.register import (
    DatabaseOption,
    ObjectArgument,
    RefArgument,
    WhoOption,
    app,
    changing,
    opened,
    read_day,
)
from scanner.cli.register_files import ForceOption, check_free
from scanner.cli.terminal import complain, write_line
from scanner.errors import UsageError
from scanner.workspace import write_atomically

__all__ = ["app"]


@app.command(name="form", help=say("help.register.form"))
def form_command(
    form: Annotated[str, typer.Argument(help=say("help.register.form_name"))],
    ref: RefArgument,
    file: Annotated[Path, typer.Argument(help=say("help.register.form_file"))],
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    force: ForceOption = False,
) -> int:
    """Write an annex form, filled from the register, and name what is missing in it."""
    from reports.forms.docx import render_form_docx
    from reports.forms.model import load_layouts
    from reports.forms.xlsx import render_form_xlsx
    from scanner.register.form_checks import check_form
    from scanner.register.forms import fill_form
    from scanner.register.rules.calendar import day_of
    from scanner.register.snapshot import take_snapshot

    renderers = {".docx": render_form_docx, ".xlsx": render_form_xlsx}
    if file.suffix.lower() not in renderers:
        raise UsageError("usage.unknown_format", name=file.suffix, known="docx, xlsx")
    check_free(file, force=force)
    with opened(database, workspace) as register, register.read() as session:
        filled = fill_form(take_snapshot(session), form, ref)
    write_atomically(file, renderers[file.suffix.lower()](filled))
    layout = load_layouts()[form]
    labels = {field.key: field.label for field in (*layout.fields, *layout.columns)}
    for problem in check_form(filled, day_of(datetime.datetime.now(datetime.UTC))):
        place, _, key = problem.key.rpartition(": ")
        label = " ".join(part for part in (place, labels.get(key, key)) if part)
        complain(f"{harmless(label)}: {say(f'register.form.{problem.code}')}")
    write_line(say("register.written", file=file))
    return 0


@app.command(name="procedure", help=say("help.register.procedure"))
def procedure_command(
    ref: RefArgument, database: DatabaseOption = "", workspace: WorkspaceOption = None
) -> int:
    """Show how far an app has come in the admission procedure, and what may be done next."""
    from scanner.register.procedure import load_steps, work_out
    from scanner.register.snapshot import take_snapshot

    with opened(database, workspace) as register, register.read() as session:
        snapshot = take_snapshot(session)
    record = snapshot.get(ref)
    if record is None or record.object != "app":
        raise UsageError("register.not_an_app", ref=ref)
    procedure = work_out(snapshot, record)
    write_line(say("register.path", path=say(f"register.path.{procedure.path or 'unknown'}")))
    for step in procedure.steps:
        date = step.date.isoformat() if step.date else ""
        state = say(f"register.step.{step.state.value}")
        problems = []
        for problem in step.problems:
            kind, _, other = problem.partition(":")
            name = load_steps()[other].zh if other else ""
            problems.append(say(f"register.problem.{kind}", step=name))
        line = f"  {state}  {step.rule.zh}  {date}  {step.rule.clause}  {'；'.join(problems)}"
        write_line(line.rstrip())
    return 0


@app.command(name="draw", help=say("help.register.draw"))
def draw_command(
    name: ObjectArgument = "group",
    count: Annotated[int, typer.Option("--count", min=1, max=10_000)] = 5,
    seed: Annotated[str, typer.Option("--seed", help=say("help.register.seed"))] = "",
    day: Annotated[str, typer.Option("--date", help=say("help.date"))] = "",
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
) -> int:
    """Draw entries for a spot check and note them."""
    from scanner.register.catalogue import ENTRIES, find_object
    from scanner.register.drawing import record_draw

    what = find_object(name)
    if what.name not in ENTRIES:
        raise UsageError("register.unknown_object", name=name, known=" ".join(ENTRIES))
    drawn_on = read_day(day)
    with changing(database, workspace, who, quiet=True) as session:
        drawn = record_draw(session, what.name, count, drawn_on, seed or drawn_on.isoformat())
        names = {ref: session.get(ref).label for ref in drawn}
    for ref, label in names.items():
        write_line(harmless(f"{ref}  {label}"))
    return 0
