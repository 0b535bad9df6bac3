"""``appadmit declaration new``: the empty form a department fills in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.language import say
from scanner.cli.terminal import write_line
from scanner.errors import UsageError
from scanner.workspace import write_atomically

app = typer.Typer(no_args_is_help=True)


class FormKind(StrEnum):
    """File kinds of the form."""

    YAML = "yaml"
    XLSX = "xlsx"


@app.callback()
def start() -> None:
    """Hold the sub-commands."""


@app.command(name="new", help=say("help.declaration.new"))
def new_command(
    out: Annotated[Path | None, typer.Argument(help=say("help.declaration.out"))] = None,
    kind: Annotated[FormKind, typer.Option("--format", help=say("help.declaration.kind"))] = (
        FormKind.YAML
    ),
) -> int:
    """Write the empty form; an existing file is never overwritten."""
    from scanner.inputs.declaration_form import make_xlsx_form, make_yaml_form

    path = out or Path(f"申报表.{kind.value}")
    if path.suffix.lower() == ".xlsx":
        kind = FormKind.XLSX
    if path.exists():
        raise UsageError("usage.exists", file=str(path))
    content = make_xlsx_form() if kind is FormKind.XLSX else make_yaml_form()
    write_atomically(path, content)
    write_line(say("declaration.written", file=str(path)))
    return 0
