"""What a terminal shows after a scan: who the app is, what came out, where the report lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from reports.summary import Summary, summarise
from scanner.cli.language import harmless, say
from scanner.cli.terminal import show, write_line
from scanner.pipeline import ScanResult

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.errors import AppAdmitError

_STYLES = {
    "FAIL": "bold red",
    "ERROR": "bold red",
    "REVIEW": "yellow",
    "NEEDS_DOCUMENT": "yellow",
    "NOT_TESTED": "yellow",
    "PASS": "green",
    "NOT_APPLICABLE": "dim",
}


def show_one(result: ScanResult, lang: str) -> None:
    """Show one sample: identity, proposal, problems, what was not examined, report files."""
    summary = summarise(result.assessment, lang)
    show(Text(f"\n{summary.app_name}", style="bold"))
    identity = Table.grid(padding=(0, 2))
    for entry in summary.identity:
        identity.add_row(Text(entry.label, style="dim"), Text(entry.value, overflow="fold"))
    show(identity)
    show(Text(f"\n{summary.conclusion.symbol} {summary.conclusion.word}", style="bold"))
    show(Text(summary.conclusion.reason))
    show(_counts(summary))
    if summary.problems:
        problems = Table(box=None, pad_edge=False, show_header=False)
        for problem in summary.problems:
            mark = Text(f"{problem.mark.symbol} {problem.mark.word}", _STYLES[problem.mark.code])
            problems.add_row(problem.line, mark, Text(problem.title, overflow="fold"))
        show(problems)
    for line in summary.not_examined:
        show(Text(f"· {line}", style="dim"))
    if result.reused:
        show(Text(say("result.reused"), style="dim"))
    if result.files:
        write_line("")
    for path in result.files:
        write_line(f"{say('result.written')} {path}")


def _counts(summary: Summary) -> Text:
    line = Text("\n")
    for count in summary.counts:
        style = _STYLES[count.mark.code] if count.count else "dim"
        line.append(f"{count.mark.symbol} {count.mark.word} {count.count}   ", style)
    line.append("\n")
    return line


def show_many(results: list[tuple[Path, ScanResult | AppAdmitError]], lang: str) -> None:
    """Show one row per sample."""
    table = Table(title=say("result.summary"), title_justify="left", box=None, pad_edge=False)
    for code in ("result.column.file", "result.column.app", "result.column.conclusion"):
        table.add_column(say(code), overflow="fold")
    for path, result in results:
        name = harmless(path.name, 60)
        if isinstance(result, ScanResult):
            summary = summarise(result.assessment, lang)
            table.add_row(name, Text(summary.app_name), Text(summary.conclusion.word))
        else:
            reason = say(result.code, **result.params)
            table.add_row(name, "", Text(say("result.column.error", reason=reason)))
    show(table)
