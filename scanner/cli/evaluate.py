"""``appadmit evaluate``: judge stored facts again, without the app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner import config
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
    choose_profile,
    open_workspace,
)
from scanner.cli.scan import write_json_line
from scanner.cli.terminal import write_line
from scanner.fingerprint import read_fingerprint
from scanner.inputs.journal import Journal
from scanner.pipeline import ScanResult, judge
from scanner.workspace import Workspace


def evaluate_command(
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
    """Judge each sample's latest facts under a profile and store the assessment."""
    from scanner.publish import publish

    chosen = choose_formats(formats)
    rules = choose_profile(profile, school)
    store = open_workspace(workspace)
    folder = None if as_json and out is None else (out or config.DEFAULT_OUT)
    for name in samples:
        sha256 = name_to_hash(store, name)
        assessment = judge(store.latest_facts(sha256), rules, Journal(store, sha256).read())
        store.store_assessment(assessment)
        files = publish(assessment, folder, chosen, lang)
        if as_json:
            write_json_line(assessment, lang)
        elif not quiet:
            from scanner.cli.summary import show_one

            show_one(ScanResult(assessment=assessment, files=files, reused=False), lang)
    if not (as_json or quiet):
        write_line(say("evaluate.done", count=len(samples)))
    return 0


def name_to_hash(store: Workspace, name: str) -> str:
    """Give the SHA-256 of a sample named by an existing file or a hash prefix."""
    path = Path(name)
    return read_fingerprint(path).sha256 if path.exists() else store.resolve(name)
