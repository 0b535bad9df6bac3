"""``appadmit knowledge``: look into the catalogue of third-party software, check and extend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.language import say
from scanner.cli.terminal import show, write_line
from scanner.config import workspace_dir
from scanner.errors import ExitCode, UsageError, explain_os_error

if TYPE_CHECKING:
    from analyzers.knowledge.foreign import ForeignList

app = typer.Typer(no_args_is_help=True)
Identifier = Annotated[str, typer.Argument(help=say("help.knowledge.id"))]
Words = Annotated[str, typer.Argument(help=say("help.knowledge.text"))]
Folder = Annotated[Path, typer.Argument(help=say("help.knowledge.folder"))]
File = Annotated[Path, typer.Argument(help=say("help.knowledge.file"))]


def knowledge_dir() -> Path:
    """Give the folder of imported lists."""
    return workspace_dir() / "knowledge"


@app.command(name="show", help=say("help.knowledge.show"))
def show_command(identifier: Identifier) -> int:
    """Show one entry, field by field."""
    import msgspec

    from analyzers.knowledge.catalogue import load_catalogue

    entry = load_catalogue().entries.get(identifier)
    if entry is None:
        raise UsageError("knowledge.unknown", id=identifier)
    for name, value in msgspec.to_builtins(entry).items():
        if isinstance(value, list):
            write_line(f"{name}:")
            for item in value:
                write_line(f"  {item}")
        elif isinstance(value, dict):
            write_line(f"{name}:")
            for key, item in value.items():
                write_line(f"  {key}: {item}")
        else:
            write_line(f"{name}: {value}")
    return ExitCode.DONE


@app.command(name="search", help=say("help.knowledge.search"))
def search_command(text: Words) -> int:
    """Show the entries that a text finds."""
    from rich.table import Table

    from analyzers.knowledge.catalogue import load_catalogue
    from analyzers.knowledge.catalogue_search import search_catalogue

    hits = search_catalogue(load_catalogue(), text)
    if not hits:
        write_line(say("knowledge.nothing"))
        return ExitCode.DONE
    table = Table(box=None, pad_edge=False)
    for code in ("id", "name", "vendor", "category", "where"):
        table.add_column(say(f"knowledge.{code}"), overflow="fold")
    for hit in hits:
        table.add_row(hit.id, hit.name, hit.vendor, hit.category, hit.where)
    show(table)
    return ExitCode.DONE


@app.command(name="lint", help=say("help.knowledge.lint"))
def lint_command() -> int:
    """Say every error of the catalogue, and how many warnings there are."""
    from analyzers.knowledge.catalogue import load_catalogue
    from analyzers.knowledge.catalogue_lint import lint_catalogue

    found = lint_catalogue()
    errors = [finding for finding in found if finding.level == "error"]
    for finding in errors:
        write_line(
            say(
                "knowledge.finding",
                level=finding.level,
                place=finding.place,
                code=finding.code,
                detail=finding.detail,
            )
        )
    if any(finding.code == "schema" for finding in errors):
        return ExitCode.INTERNAL
    catalogue = load_catalogue()
    write_line(
        say(
            "knowledge.counts",
            version=catalogue.version,
            entries=len(catalogue.entries),
            verified=catalogue.verified,
            errors=len(errors),
            warnings=len(found) - len(errors),
        )
    )
    return ExitCode.INTERNAL if errors else ExitCode.DONE


@app.command(name="diff", help=say("help.knowledge.diff"))
def diff_command(folder: Folder) -> int:
    """Say what the catalogue in use has over another one."""
    from analyzers.knowledge.catalogue import CatalogueError, load_catalogue
    from analyzers.knowledge.catalogue_search import diff_catalogues

    if not folder.is_dir():
        raise UsageError("knowledge.bad_folder", file=str(folder), reason="-")
    try:
        changes = diff_catalogues(load_catalogue(folder), load_catalogue())
    except CatalogueError as error:
        raise UsageError("knowledge.bad_folder", file=str(folder), reason=str(error)) from error
    for change in changes:
        parts = [f"+{name}" for name in change.added] + [f"-{name}" for name in change.removed]
        detail = " ".join([*parts, *change.fields])
        write_line(say("knowledge.change", kind=change.kind, id=change.id, detail=detail))
    if not changes:
        write_line(say("knowledge.same"))
    return ExitCode.DONE


@app.command(name="import-exodus", help=say("help.knowledge.import_exodus"))
def import_exodus_command(file: File) -> int:
    """Import a tracker list in the Exodus format."""
    from analyzers.knowledge.foreign import import_exodus

    return _import_list(file, import_exodus)


@app.command(name="import-libchecker", help=say("help.knowledge.import_libchecker"))
def import_libchecker_command(file: File) -> int:
    """Import LibChecker rules."""
    from analyzers.knowledge.foreign_libchecker import import_libchecker

    return _import_list(file, import_libchecker)


@app.command(name="import-advisories", help=say("help.knowledge.import_advisories"))
def import_advisories_command(file: File) -> int:
    """Import known vulnerabilities in the OSV format."""
    from analyzers.knowledge.advisories import AdvisoryError, read_advisories, store_advisories

    try:
        advisories = read_advisories(_read(file))
    except AdvisoryError as error:
        raise UsageError("knowledge.bad_file", file=str(file), reason=str(error)) from error
    try:
        stored = store_advisories(knowledge_dir(), advisories)
    except OSError as error:
        raise explain_os_error(error, str(knowledge_dir())) from error
    write_line(say("knowledge.advisories", count=len(advisories), file=str(stored)))
    return ExitCode.DONE


def _import_list(file: Path, read: Callable[[bytes], ForeignList]) -> int:
    from analyzers.knowledge.foreign import ForeignError, store_list

    try:
        foreign = read(_read(file))
    except ForeignError as error:
        raise UsageError("knowledge.bad_file", file=str(file), reason=str(error)) from error
    try:
        stored = store_list(knowledge_dir() / "foreign", foreign)
    except OSError as error:
        raise explain_os_error(error, str(knowledge_dir())) from error
    counted = {"count": len(foreign.signatures), "skipped": foreign.skipped}
    write_line(say("knowledge.imported", licence=foreign.licence, file=str(stored), **counted))
    return ExitCode.DONE


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("knowledge.bad_file", file=str(file), reason=reason) from error
