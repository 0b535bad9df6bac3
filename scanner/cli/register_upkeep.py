"""``appadmit register``: backup, restore, verify, and erasing a person's data."""

from __future__ import annotations

from scanner.cli.language import harmless, say
from scanner.cli.options import WorkspaceOption
from scanner.cli.register import DatabaseOption, RefArgument, WhoOption, app, changing, opened
from scanner.cli.register_files import FileArgument, ForceOption, check_free
from scanner.cli.terminal import complain, write_line
from scanner.errors import EnvironmentProblem, ExitCode

__all__ = ["app"]


@app.command(name="erase", help=say("help.register.erase"))
def erase_command(
    ref: RefArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    who: WhoOption = "",
) -> int:
    """Empty the personal fields of a row."""
    from scanner.register.closing import erase_personal

    with changing(database, workspace, who, quiet=True) as session:
        names = erase_personal(session, ref)
    write_line(say("register.erased", ref=ref, fields="、".join(names)))
    return 0


@app.command(name="backup", help=say("help.register.backup"))
def backup_command(
    file: FileArgument,
    database: DatabaseOption = "",
    workspace: WorkspaceOption = None,
    force: ForceOption = False,
) -> int:
    """Write a dump of the whole register, also while others write."""
    from scanner.register.backup import write_dump
    from scanner.register.database import HEAD

    check_free(file, force=force)
    with opened(database, workspace) as register:
        count = write_dump(register, file, HEAD)
    write_line(say("register.kept", file=file, count=count))
    return 0


@app.command(name="restore", help=say("help.register.restore"))
def restore_command(
    file: FileArgument, database: DatabaseOption = "", workspace: WorkspaceOption = None
) -> int:
    """Put a dump into an empty register."""
    from scanner.register.backup import read_dump
    from scanner.register.database import HEAD

    with opened(database, workspace) as register:
        count = read_dump(register, file, HEAD)
    write_line(say("register.restored", file=file, count=count))
    return 0


@app.command(name="verify", help=say("help.register.verify"))
def verify_command(database: DatabaseOption = "", workspace: WorkspaceOption = None) -> int:
    """Check the register against its journal; problems end with the exit code of the environment."""
    from scanner.register.verify import verify_register

    with opened(database, workspace) as register:
        verified = verify_register(register)
    for problem in verified.problems:
        complain(harmless(problem))
    if verified.problems:
        raise EnvironmentProblem("register.not_whole", count=len(verified.problems))
    write_line(say("register.whole", rows=verified.rows, changes=verified.changes))
    return ExitCode.DONE
