"""The command ``appadmit``: gathers the commands and turns every end into an exit code."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer
from typer.exceptions import TyperException

from scanner import __version__
from scanner.cli import (
    analyzers,
    declaration,
    diff,
    doctor,
    evaluate,
    evidence,
    knowledge,
    profiles,
    register,
    register_due,
    register_files,
    register_forms,
    register_upkeep,
    report,
    review,
    runtime,
    scan,
)
from scanner.cli.language import language, say
from scanner.cli.terminal import complain, write_line
from scanner.errors import AppAdmitError, ExitCode

app = typer.Typer(
    help=say("help.app"),
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=say("help.version"))] = False,
    lang: Annotated[str, typer.Option("--lang", help=say("help.lang"))] = language(),
    debug: Annotated[bool, typer.Option("--debug", help=say("help.debug"))] = False,
) -> None:
    """Greet a person who gives no command."""
    if version:
        write_line(__version__)
    elif context.invoked_subcommand is None:
        write_line(say("welcome.title", version=__version__))
        write_line("")
        for code in ("welcome.first", "welcome.second", "welcome.third", "welcome.help"):
            write_line("  " + say(code))


app.command(name="scan", help=say("help.scan"))(scan.scan_command)
app.command(name="evaluate", help=say("help.evaluate"))(evaluate.evaluate_command)
app.command(name="report", help=say("help.report"))(report.report_command)
app.command(name="diff", help=say("help.diff"))(diff.diff_command)
app.command(name="doctor", help=say("help.doctor"))(doctor.doctor_command)
app.add_typer(declaration.app, name="declaration", help=say("help.declaration.app"))
app.add_typer(evidence.app, name="evidence", help=say("help.evidence"))
app.add_typer(review.app, name="review", help=say("help.review"))
REGISTER = (register, register_files, register_due, register_forms, register_upkeep)
"""Modules whose commands stand under ``register``; all add to one group."""
app.add_typer(REGISTER[0].app, name="register", help=say("help.register"))
app.add_typer(runtime.app, name="runtime", help=say("help.runtime"))
app.add_typer(profiles.app, name="profiles", help=say("help.profiles"))
app.add_typer(knowledge.app, name="knowledge", help=say("help.knowledge"))
app.add_typer(analyzers.app, name="analyzers", help=say("help.analyzers"))


def run() -> None:
    """Run the command line of this process and end it."""
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: list[str]) -> int:
    """Run a command and give its exit code; every error ends here in one line."""
    debug = "--debug" in arguments
    if "--help" in arguments:
        _translate_help()
    rest = [argument for argument in arguments if argument != "--debug"]
    try:
        result = typer.main.get_command(app).main(rest, prog_name="appadmit", standalone_mode=False)
        if result == ExitCode.INTERRUPTED:  # typer has caught the interruption by then
            raise KeyboardInterrupt
        return int(result or 0)
    except TyperException as error:
        return _usage(error)
    except (typer.Abort, KeyboardInterrupt):
        complain(say("interrupted"))
        return ExitCode.INTERRUPTED
    except AppAdmitError as error:
        if debug:
            traceback.print_exc()
        complain(say("error.prefix", message=say(error.code, **error.params)))
        return error.exit_code
    except BrokenPipeError:
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001  (the end of the program: one line instead of a traceback)
        if debug:
            traceback.print_exc()
        complain(say("error.prefix", message=say("internal.unexpected", kind=type(error).__name__)))
        return ExitCode.INTERNAL


def _translate_help() -> None:
    """Name the panels of the help page in the person's language."""
    import typer.rich_utils as panels  # slow to load, so only for the help page

    panels.OPTIONS_PANEL_TITLE = say("panel.options")
    panels.ARGUMENTS_PANEL_TITLE = say("panel.arguments")
    panels.COMMANDS_PANEL_TITLE = say("panel.commands")


def _usage(error: TyperException) -> int:
    """Say what is wrong with the command line, in the person's language."""
    name = type(error).__name__
    parameter = getattr(error, "param", None)
    options = list(getattr(parameter, "opts", ()))
    where = options[-1] if options else str(getattr(error, "option_name", ""))
    known = name in {"NoSuchOption", "MissingParameter", "BadParameter"}
    code = f"usage.{name}" if known and where else "usage.other"
    if str(error).startswith("No such command"):
        code, where = "usage.no_command", str(error).split("'")[1]
    complain(say("error.prefix", message=say(code, where=where, detail=str(error))))
    complain(say("usage.hint"))
    return ExitCode.USAGE
