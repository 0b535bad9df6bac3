"""``appadmit profiles``: list the rule sets, show one, check the rule files, print the coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.language import language, say
from scanner.cli.options import Lang, LangOption, SchoolOption
from scanner.cli.terminal import show, write_line
from scanner.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from profiles.model import Text
    from profiles.rules import Profile

app = typer.Typer(no_args_is_help=True)


@app.command(name="list", help=say("help.profiles.list"))
def list_command(lang: LangOption = Lang(language())) -> int:  # noqa: B008
    """Show every rule set with its number of items, and the schools."""
    from profiles.loader import list_profiles, list_schools

    table = _make_table("name", "title", "version", "items", "state")
    for name in list_profiles():
        profile = _load(name, list_schools()[0])
        state = say("profiles.draft" if profile.draft else "profiles.in_use")
        title = _pick(profile.title)
        table.add_row(name, title, profile.version, str(len(profile.items)), state)
    show(table)
    write_line(say("profiles.schools", schools=" ".join(list_schools())))
    return ExitCode.DONE


@app.command(name="show", help=say("help.profiles.show"))
def show_command(
    name: Annotated[str, typer.Argument()] = "admission",
    item: Annotated[str, typer.Option("--item", help=say("help.profiles.item"))] = "",
    school: SchoolOption = "whut",
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Show the items of a rule set, or one item with its clauses and outcome rules."""
    profile = _load(name, school)
    if item:
        _show_item(profile, item)
        return ExitCode.DONE
    table = _make_table("line", "mode", "severity", "title")
    for entry in profile.items:
        table.add_row(entry.line, entry.mode.value, entry.severity.value, _pick(entry.title))
    show(table)
    return ExitCode.DONE


@app.command(name="lint", help=say("help.profiles.lint"))
def lint_command(
    name: Annotated[str, typer.Argument(help=say("help.profiles.name"))] = "",
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Check one rule set or all; ends with exit code 1 when there is a remark."""
    from profiles.lint import lint
    from profiles.loader import list_profiles, list_schools

    chosen = [_load(each, list_schools()[0]) for each in ([name] if name else list_profiles())]
    found = [(profile, finding) for profile in chosen for finding in lint(profile)]
    for profile, finding in found:
        values = {"profile": profile.name, "item": finding.item}
        write_line(say("profiles.finding", code=finding.code, detail=finding.detail, **values))
    if found:
        write_line(say("profiles.lint_found", count=len(found)))
        return ExitCode.THRESHOLD
    items = [entry for profile in chosen for entry in profile.items]
    examples = sum(len(entry.examples) for entry in items)
    counts = {"profiles": len(chosen), "items": len(items), "examples": examples}
    write_line(say("profiles.lint_clean", **counts))
    return ExitCode.DONE


@app.command(name="coverage", help=say("help.profiles.coverage"))
def coverage_command(
    mode: Annotated[str, typer.Option("--mode", help=say("help.profiles.mode"))] = "",
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Print where each clause is answered; ends with exit code 1 when one is not."""
    from profiles.coverage import find_gaps, list_items, load_coverage

    coverage = load_coverage()
    table = _make_table("row", "article", "mode", "quote", "where")
    modes = [row.mode.value for row in coverage.rows]
    if mode and mode not in modes:
        raise UsageError("usage.unknown_mode", name=mode, known=" ".join(dict.fromkeys(modes)))
    for row in coverage.rows:
        if not mode or row.mode.value == mode:
            table.add_row(row.id, row.article, row.mode.value, row.quote, " ".join(row.items))
    show(table)
    counts = {
        "automatic": modes.count("自动"),
        "assisted": modes.count("半自动"),
        "person": modes.count("人工"),
    }
    write_line(say("profiles.coverage_counts", rows=len(modes), **counts))
    gaps = find_gaps(coverage, list_items())
    for gap in gaps or [say("profiles.coverage_complete")]:
        write_line(gap)
    return ExitCode.THRESHOLD if gaps else ExitCode.DONE


def _show_item(profile: Profile, item_id: str) -> None:
    item = next((entry for entry in profile.items if entry.id == item_id.lower()), None)
    if item is None:
        raise UsageError("profiles.unknown_item", profile=profile.name, item=item_id)
    write_line(f"{item.line} {_pick(item.title)}")
    write_line(say("profiles.question", question=_pick(item.question)))
    for clause in item.clauses:
        document = _pick(profile.documents[clause.document])
        quote = f"「{clause.quote}」" if clause.quote else ""
        values = {"article": clause.article, "seen": clause.seen, "quote": quote}
        write_line("  " + say("profiles.clause", document=document, **values))
    for rule in item.rules:
        write_line(f"{rule.outcome.value:<15} {rule.code}")
        write_line(f"    {_pick(rule.reason)}")
        for need in rule.needs:
            write_line("    " + say("profiles.needs", names=" | ".join(need.names)))
    write_line(say("profiles.reviewer", advice=_pick(item.advice_reviewer)))
    write_line(say("profiles.developer", advice=_pick(item.advice_developer)))


def _make_table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(say(f"profiles.{column}"), overflow="fold")
    return table


def _pick(text: Text) -> str:
    return text.zh if language() == "zh" else text.en


def _load(name: str, school: str) -> Profile:
    """Load a rule set, the drafts included.

    Raises:
        UsageError: when rule set or school is unknown or faulty; all problems are told.
    """
    from profiles.errors import ProfileError
    from profiles.loader import list_profiles, list_schools, load_profile

    _check_known("usage.unknown_profile", name, list_profiles())
    _check_known("usage.unknown_school", school, list_schools())
    try:
        return load_profile(name, school, allow_draft=True)
    except ProfileError as error:
        raise UsageError("usage.bad_profile", name=name, problems=str(error)) from error


def _check_known(code: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise UsageError(code, name=name, known=", ".join(known))
