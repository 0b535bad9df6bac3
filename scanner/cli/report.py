"""``appadmit report``: render a stored assessment again."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner import config
from scanner.cli.evaluate import name_to_hash
from scanner.cli.language import language, say
from scanner.cli.options import (
    FormatOption,
    JsonOption,
    Lang,
    LangOption,
    OutOption,
    ProfileOption,
    QuietOption,
    SchoolOption,
    WorkspaceOption,
    choose_formats,
    open_workspace,
)
from scanner.cli.scan import write_json_line
from scanner.cli.terminal import write_line


def report_command(
    samples: Annotated[list[str], typer.Argument(help=say("help.sample"), show_default=False)],
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    out: OutOption = None,
    formats: FormatOption = "html,json",
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Render the latest assessment of each sample."""
    from scanner.publish import publish

    chosen = choose_formats(formats)
    store = open_workspace(workspace)
    folder = None if as_json and out is None else (out or config.DEFAULT_OUT)
    for name in samples:
        assessment = store.latest_assessment(name_to_hash(store, name), profile, school)
        files = publish(assessment, folder, chosen, lang)
        if as_json:
            write_json_line(assessment, lang)
        elif not quiet:
            for path in files:
                write_line(f"{say('result.written')} {path}")
    return 0
