"""``appadmit review``: open lines out to a workbook, answers back in, judged again."""

from __future__ import annotations

from datetime import UTC, datetime
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
    choose_profile,
    open_workspace,
)
from scanner.cli.terminal import write_line
from scanner.errors import UsageError
from scanner.inputs.journal import Journal
from scanner.pipeline import judge
from scanner.workspace import write_atomically

app = typer.Typer(no_args_is_help=True)


@app.command(name="export", help=say("help.review.export"))
def export_command(
    samples: Annotated[list[str], typer.Argument(help=say("help.sample"), show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=say("help.review.out"))] = Path("复核.xlsx"),
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Write the open lines of the samples' latest assessments to one workbook."""
    from reports.review import render_review

    if out.exists():
        raise UsageError("usage.exists", file=str(out))
    store = open_workspace(workspace)
    assessments = [
        store.latest_assessment(name_to_hash(store, name), profile, school) for name in samples
    ]
    write_atomically(out, render_review(assessments, lang))
    write_line(say("review.exported", file=str(out)))
    return 0


@app.command(name="import", help=say("help.review.import"))
def import_command(
    file: Annotated[Path, typer.Argument(help=say("help.review.file"), show_default=False)],
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Take answers and decisions, judge again, and show what changed; nothing is half taken."""
    from reports.text import load_text
    from scanner.inputs.review import read_review

    text = load_text(lang)
    store, rules = open_workspace(workspace), choose_profile(profile, school)
    today = datetime.now(UTC).astimezone().date()
    filled = read_review(file, store, today)
    known = {item.id for item in rules.items}
    for one in filled:
        if one.entry.item not in known:
            raise UsageError("usage.unknown_item", name=one.entry.item, profile=profile)
    samples = list(dict.fromkeys(one.sha256 for one in filled))
    known_before = {
        sha256: (store.latest_facts(sha256), store.latest_assessment(sha256, profile, school))
        for sha256 in samples
    }
    for one in filled:
        Journal(store, one.sha256).add(one.entry)
    for sha256, (facts, before) in known_before.items():
        after = judge(facts, rules, Journal(store, sha256).read())
        store.store_assessment(after)
        old = {verdict.item: verdict.standing for verdict in before.verdicts}
        for verdict in after.verdicts:
            was = old.get(verdict.item)
            if was is not None and was is not verdict.standing:
                write_line(
                    say(
                        "review.changed",
                        line=verdict.line,
                        old=text.word("outcome", was),
                        new=text.word("outcome", verdict.standing),
                    )
                )
    write_line(say("review.imported", count=len(filled)))
    return 0
