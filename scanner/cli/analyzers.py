"""``appadmit analyzers list``: what looks at an app, and what it may state."""

from __future__ import annotations

import typer

from scanner.cli.language import language, say
from scanner.cli.options import Lang, LangOption
from scanner.cli.terminal import show

app = typer.Typer(no_args_is_help=True)


@app.command(name="list", help=say("help.analyzers.list"))
def list_command(lang: LangOption = Lang(language())) -> int:  # noqa: B008
    """Show every analyzer in the order of work."""
    from rich.table import Table

    from analyzers.registry import ANALYZERS

    table = Table(box=None, pad_edge=False)
    for code in ("analyzers.id", "analyzers.platforms", "analyzers.doc", "analyzers.kinds"):
        table.add_column(say(code), overflow="fold")
    for analyzer in ANALYZERS:
        table.add_row(
            analyzer.id,
            " ".join(analyzer.platforms),
            say(f"analyzer.{analyzer.id}"),
            "\n".join(analyzer.kinds),
        )
    show(table)
    return 0
