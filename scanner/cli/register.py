"""``appadmit register``: add, show, list, set, link and close rows of the register."""

from __future__ import annotations

import datetime
import getpass
import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.language import harmless, language, say
from scanner.cli.options import JsonOption, WorkspaceOption, open_workspace
from scanner.cli.terminal import show, write_line
from scanner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.register.database import Register
    from scanner.register.records import Record
    from scanner.register.session import Session

app = typer.Typer(no_args_is_help=True)


def complete_object(incomplete: str) -> list[str]:
    """Give the objects that begin with what was typed."""
    from scanner.register.catalogue import load_objects

    return [name for name in load_objects() if name.startswith(incomplete)]


ObjectArgument = Annotated[
    str, typer.Argument(help=say("help.register.object"), autocompletion=complete_object)
]
RefArgument = Annotated[str, typer.Argument(help=say("help.register.ref"), show_default=False)]
WordsArgument = Annotated[list[str], typer.Argument(help=say("help.register.words"))]
DatabaseOption = Annotated[str, typer.Option("--database", help=say("help.register.database"))]
WhoOption = Annotated[str, typer.Option("--who", help=say("help.register.who"))]
DryOption = Annotated[bool, typer.Option("--dry-run", help=say("help.register.dry"))]


@contextmanager
def opened(database: str, workspace: Path | None) -> Iterator[Register]:
    """Open the register the person means."""
    from scanner.register.database import open_register, register_url

    folder = open_workspace(workspace)
    url = register_url(folder.root, database)
    if not database and url.startswith("sqlite:"):
        folder.check_writable()
    register = open_register(url)
    try:
        yield register
    finally:
        register.close()


class DryRun(Exception):
    """The change was shown and is not kept."""


@contextmanager
def changing(
    database: str,
    workspace: Path | None,
    who: str,
    *,
    dry: bool = False,
    note: str = "",
    quiet: bool = False,
) -> Iterator[Session]:
    """Change the register in the name of a person; a dry run shows the changes and undoes them."""
    with opened(database, workspace) as register:
        try:
            with register.write(who or getpass.getuser(), note) as session:
                yield session
                for change in () if quiet else session.changes:
                    row = f"{change.object}-{change.row}"
                    old, new = change.old or "", change.new or ""
                    write_line(
                        say("register.change", ref=row, field=change.field, old=old, new=new)
                    )
                if dry:
                    raise DryRun
        except DryRun:
            write_line(say("register.dry"))


def read_day(text: str) -> datetime.date:
    """Read a day of the command line, today by default.

    Raises:
        UsageError: it is none.
    """
    from scanner.register.rules.calendar import day_of
    from scanner.register.values import ValueProblem, read_date

    if not text:
        return day_of(datetime.datetime.now(datetime.UTC))
    try:
        return read_date(text)
    except ValueProblem as problem:
        raise UsageError("usage.bad_date", text=text) from problem


@app.command(name="add", help=say("help.register.add"))
def add_command(
    name: ObjectArgument,
    words: WordsArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
    dry: DryOption = False,
) -> int:
    """Add a row."""
    from scanner.register.assign import read_assignments
    from scanner.register.catalogue import find_object

    what = find_object(name)
    with changing(database, workspace, who, dry=dry) as session:
        ref = session.add(what.name, read_assignments(session, what, words))
        write_line(ref)
    return 0


@app.command(name="set", help=say("help.register.set"))
def set_command(
    ref: RefArgument,
    words: WordsArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
    note: Annotated[str, typer.Option("--note", help=say("help.register.note"))] = "",
    dry: DryOption = False,
) -> int:
    """Change fields of a row."""
    from scanner.register.assign import read_assignments
    from scanner.register.catalogue import find_object
    from scanner.register.records import need_ref

    what = find_object(need_ref(ref)[0])
    with changing(database, workspace, who, dry=dry, note=note) as session:
        if not session.set(ref, read_assignments(session, what, words)):
            write_line(say("register.unchanged", ref=ref))
    return 0


@app.command(name="close", help=say("help.register.close"))
def close_command(
    ref: RefArgument,
    reason: Annotated[str, typer.Option("--reason", help=say("help.register.reason"))] = "",
    day: Annotated[str, typer.Option("--date", help=say("help.date"))] = "",
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
    dry: DryOption = False,
) -> int:
    """Take a row out of use; it stays in the register."""
    from scanner.register.closing import close_row

    with changing(database, workspace, who, dry=dry, note=reason) as session:
        close_row(session, ref, read_day(day), reason)
    return 0


@app.command(name="link", help=say("help.register.link"))
def link_command(
    ref: RefArgument,
    target: Annotated[str, typer.Argument(help=say("help.register.link_target"))],
    slot: Annotated[str, typer.Option("--slot", help=say("help.evidence.slot"))] = "",
    day: Annotated[str, typer.Option("--date", help=say("help.date"))] = "",
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
    dry: DryOption = False,
) -> int:
    """Join a stored scan or a document to a row."""
    from scanner.register.linking import link_document, link_scan

    store = open_workspace(workspace)
    with changing(database, workspace, who, dry=dry) as session:
        if slot:
            write_line(link_document(session, store, ref, Path(target), slot, day))
        else:
            write_line(link_scan(session, store, ref, store.resolve(target)))
    return 0


@app.command(name="show", help=say("help.register.show"))
def show_command(
    ref: RefArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show a row, what belongs to it, and its history."""
    from scanner.register.showing import show_row

    with opened(database, workspace) as register, register.read() as session:
        shown = show_row(session, ref)
        if as_json:
            write_line(json.dumps(shown.as_json(), ensure_ascii=False))
            return 0
        for line in shown.lines(language()):
            write_line(harmless(line))
    return 0


@app.command(name="list", help=say("help.register.list"))
def list_command(
    name: ObjectArgument = "app",
    where: Annotated[list[str] | None, typer.Option("--where", help=say("help.register.where"))] = (
        None
    ),
    everything: Annotated[bool, typer.Option("--all", help=say("help.register.all"))] = False,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> int:
    """List the rows of an object."""
    from scanner.register.assign import read_assignments
    from scanner.register.catalogue import find_object
    from scanner.register.showing import plain_values, short_columns

    what = find_object(name)
    with opened(database, workspace) as register, register.read() as session:
        chosen = read_assignments(session, what, where or ())
        rows = session.find(what.name, ended=everything, **chosen)
        if as_json:
            for row in rows:
                write_line(json.dumps(plain_values(row), ensure_ascii=False))
            return 0
        _table(what.zh, rows, short_columns(what), session)
    return 0


def _table(title: str, rows: list[Record], columns: dict[str, str], session: Session) -> None:
    from rich.table import Table

    from scanner.register.showing import cell_text

    table = Table(title=title)
    for heading in ("#", *columns.values()):
        table.add_column(heading)
    names: dict[str, str] = {}
    for row in rows:
        cells = (cell_text(session, row, field, names) for field in columns)
        table.add_row(row.ref, *(harmless(cell, 60) for cell in cells))
    show(table)
    write_line(say("register.count", count=len(rows)))
