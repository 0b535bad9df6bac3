"""``appadmit diff``: what changed between two stored assessments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner import config
from scanner.cli.evaluate import name_to_hash
from scanner.cli.language import language, say
from scanner.cli.options import (
    Lang,
    LangOption,
    ProfileOption,
    SchoolOption,
    WorkspaceOption,
    open_workspace,
)
from scanner.cli.terminal import write_line
from scanner.errors import UsageError
from scanner.workspace import write_atomically


def diff_command(
    old: Annotated[str, typer.Argument(help=say("help.diff.old"), show_default=False)],
    new: Annotated[str, typer.Argument(help=say("help.diff.new"), show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=say("help.out"))] = Path("appadmit-out"),
    formats: Annotated[str, typer.Option("--format", help=say("help.diff.format"))] = "html,json",
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Compare two samples, or the last two assessments of one sample."""
    from reports.changes import make_changes
    from reports.changes_files import CHANGES_FORMATS, render_changes

    store = open_workspace(workspace)
    first, second = name_to_hash(store, old), name_to_hash(store, new)
    before = store.latest_assessment(first, profile, school, back=1 if first == second else 0)
    changes = make_changes(before, store.latest_assessment(second, profile, school), lang)
    names = [name.strip() for name in formats.split(",") if name.strip()]
    for name in names:
        if name not in CHANGES_FORMATS:
            known = ", ".join(CHANGES_FORMATS)
            raise UsageError("usage.unknown_format", name=name, known=known)
    rendered = {name: render_changes(name, changes) for name in names}
    for name, content in rendered.items():
        path = out / f"changes-{first[:8]}-{second[:8]}.{name}"
        write_atomically(path, content)
        write_line(f"{say('result.written')} {path}")
    return 0
