"""``appadmit scan``: app files in, reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from profiles.model import Outcome
from scanner import config
from scanner.cli.language import language, say
from scanner.cli.options import (
    FailOn,
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
from scanner.cli.terminal import complain, make_progress, write_line
from scanner.errors import AppAdmitError, ExitCode, UsageError
from scanner.pipeline import ScanRequest, ScanResult, Watcher, scan
from scanner.progress import Silent
from scanner.workspace import Workspace

if TYPE_CHECKING:
    from profiles.model import Assessment

_OPEN = {Outcome.REVIEW, Outcome.NEEDS_DOCUMENT, Outcome.NOT_TESTED, Outcome.ERROR}


def scan_command(
    files: Annotated[list[Path], typer.Argument(help=say("help.files"), show_default=False)],
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    out: OutOption = None,
    formats: FormatOption = "html,json",
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    fail_on: Annotated[FailOn, typer.Option(help=say("help.fail_on"))] = FailOn.NEVER,
    mapping: Annotated[Path | None, typer.Option(help=say("help.mapping"))] = None,
    declaration: Annotated[Path | None, typer.Option(help=say("help.declaration"))] = None,
    run: Annotated[bool, typer.Option("--run/--no-run", help=say("help.run"))] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help=say("help.fresh"))] = False,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Scan each file; an unreadable one does not stop the others."""
    chosen_formats = choose_formats(formats)
    _check_declaration(declaration, files)
    rules = choose_profile(profile, school)
    folder = None if as_json and out is None else (out or config.DEFAULT_OUT)
    code = ExitCode.DONE
    results: list[tuple[Path, ScanResult | AppAdmitError]] = []
    store = open_workspace(workspace)
    observer = _make_observer(store) if run else None
    for path in files:
        request = ScanRequest(
            path=path,
            profile=rules,
            workspace=store,
            observer=observer,
            out=folder,
            formats=chosen_formats,
            lang=lang,
            fresh=fresh,
            mapping=mapping,
            declaration=declaration,
        )
        try:
            result = scan(request, make_progress(path.name, quiet=quiet or as_json) or Silent())
        except AppAdmitError as error:
            complain(say("error.prefix", message=say(error.code, **error.params)))
            results.append((path, error))
            code = max(code, error.exit_code)
            continue
        results.append((path, result))
        if as_json:
            write_json_line(result.assessment, lang)
        elif not quiet:
            from scanner.cli.summary import show_one

            show_one(result, lang)
    if len(files) > 1 and not (as_json or quiet):
        from scanner.cli.summary import show_many

        show_many(results, lang)
    if code is ExitCode.DONE and _threshold_met(results, fail_on):
        complain(say("threshold.met", level=fail_on.value))
        return ExitCode.THRESHOLD
    return code


def _check_declaration(declaration: Path | None, files: list[Path]) -> None:
    if declaration is not None and len(files) > 1:
        raise UsageError("usage.one_declaration")


def _make_observer(store: Workspace) -> Watcher:
    from scanner.observe import Observer

    return Observer(store)


def write_json_line(assessment: Assessment, lang: str) -> None:
    """Write an assessment as one line of JSON to standard output."""
    from reports.json import encode_json, render_json

    write_line(encode_json(render_json(assessment, lang)).decode("utf-8"))


def _threshold_met(results: list[tuple[Path, ScanResult | AppAdmitError]], level: FailOn) -> bool:
    if level is FailOn.NEVER:
        return False
    bad = {Outcome.FAIL, Outcome.ERROR}
    if level is FailOn.REVIEW:
        bad |= _OPEN
    return any(
        verdict.standing in bad
        for _, result in results
        if isinstance(result, ScanResult)
        for verdict in result.assessment.verdicts
    )
