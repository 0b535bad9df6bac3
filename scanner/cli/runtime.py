"""``appadmit runtime``: the environment in which apps are run, and runs compared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from analyzers.runtime.errors import InstallError
from scanner.cli.language import language, say
from scanner.cli.options import Lang, LangOption
from scanner.cli.terminal import write_line
from scanner.errors import EnvironmentProblem, ExitCode

app = typer.Typer(no_args_is_help=True)


@app.command(name="install", help=say("help.runtime.install"))
def install_command(
    bundle: Annotated[Path | None, typer.Option("--from", help=say("help.runtime.from"))] = None,
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Install what is missing; nothing is fetched with ``--from``."""
    from analyzers.runtime.embedded.install import run_install

    try:
        place = run_install(_tell, bundle=bundle)
    except InstallError as error:
        raise _problem(error) from error
    write_line(say("runtime.ready", place=str(place)))
    return ExitCode.DONE


@app.command(name="bundle", help=say("help.runtime.bundle"))
def bundle_command(
    target: Annotated[Path, typer.Argument(help=say("help.runtime.target"))],
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Write one file from which machines without a network install."""
    from analyzers.runtime.embedded.bundle import run_bundle
    from analyzers.runtime.embedded.install import run_install

    try:
        run_install(_tell)
        run_bundle(target, _tell)
    except InstallError as error:
        raise _problem(error) from error
    write_line(say("runtime.bundled", place=str(target)))
    return ExitCode.DONE


@app.command(name="doctor", help=say("help.runtime.doctor"))
def doctor_command(lang: LangOption = Lang(language())) -> int:  # noqa: B008
    """List what stands in the way of a run, with the fix; end with 4 where something does."""
    from analyzers.runtime import availability

    problems = availability()
    for problem in problems:
        write_line(say("runtime.problem", problem=problem.code, fix=problem.fix or "-"))
    if not problems:
        write_line(say("runtime.fine"))
    return ExitCode.ENVIRONMENT if problems else ExitCode.DONE


@app.command(name="compare", help=say("help.runtime.compare"))
def compare_command(
    first: Annotated[Path, typer.Argument(help=say("help.runtime.record"))],
    second: Annotated[Path, typer.Argument(help=say("help.runtime.record"))],
    lang: LangOption = Lang(language()),  # noqa: B008
) -> int:
    """Show which accesses (API, phase, result, frame) only one of two recorded runs has."""
    seen = _accesses(first), _accesses(second)
    for sign, here, there in (("-", seen[0], seen[1]), ("+", seen[1], seen[0])):
        for key in sorted(here.keys() - there.keys()):
            write_line(f"{sign} {' '.join(key)}")
    write_line(say("runtime.compared", both=len(seen[0].keys() & seen[1].keys())))
    return ExitCode.DONE if seen[0].keys() == seen[1].keys() else ExitCode.THRESHOLD


def _accesses(directory: Path) -> Counter[tuple[str, ...]]:
    from analyzers.knowledge.owners import Owners
    from analyzers.model import Fact
    from analyzers.runtime.facts import extract_run

    try:
        found = list(extract_run(directory, Owners((), ())))
    except (OSError, ValueError) as error:
        raise EnvironmentProblem("runtime.record_unreadable", place=str(directory)) from error
    keys = ("phase", "result", "frame")
    return Counter(
        (item.subject, *(str(item.fields[key]) for key in keys))
        for item in found
        if isinstance(item, Fact) and item.kind == "runtime.event"
    )


def _tell(step: str, share: float) -> None:
    write_line(say("runtime.step", share=f"{share:4.0%}", step=step))


def _problem(error: InstallError) -> EnvironmentProblem:
    return EnvironmentProblem("runtime.failed", step=error.code, reason=error.reason[-400:])
