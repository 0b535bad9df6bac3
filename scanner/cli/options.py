"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner import config
from scanner.cli.language import say
from scanner.errors import UsageError
from scanner.publish import FORMAT_NAMES
from scanner.workspace import Workspace

if TYPE_CHECKING:
    from profiles.rules import Profile


class Lang(StrEnum):
    """Language of reports and messages."""

    ZH = "zh"
    EN = "en"


class FailOn(StrEnum):
    """Outcome at which ``scan`` ends with exit code 1."""

    FAIL = "fail"
    REVIEW = "review"
    NEVER = "never"


ProfileOption = Annotated[str, typer.Option("--profile", help=say("help.profile"))]
SchoolOption = Annotated[str, typer.Option("--school", help=say("help.school"))]
OutOption = Annotated[Path | None, typer.Option("--out", help=say("help.out"))]
FormatOption = Annotated[
    str, typer.Option("--format", help=say("help.format", formats=",".join(FORMAT_NAMES)))
]
JsonOption = Annotated[bool, typer.Option("--json", help=say("help.json"))]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help=say("help.quiet"))]
LangOption = Annotated[Lang, typer.Option("--lang", help=say("help.lang"))]
WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", help=say("help.workspace"))]


def open_workspace(folder: Path | None) -> Workspace:
    """Give the workspace in ``folder`` or the default one."""
    return Workspace(folder or config.workspace_dir())


def choose_formats(names: str) -> tuple[str, ...]:
    """Give the formats of a comma-separated list.

    Raises:
        UsageError: when one is unknown.
    """
    chosen = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in chosen:
        if name not in FORMAT_NAMES:
            raise UsageError("usage.unknown_format", name=name, known=", ".join(FORMAT_NAMES))
    return chosen


def choose_profile(name: str, school: str) -> Profile:
    """Load a profile with its school.

    Raises:
        UsageError: when either is unknown or faulty; all problems are told.
    """
    from profiles.errors import ProfileError
    from profiles.loader import list_profiles, list_schools, load_profile_cached

    profiles, schools = list_profiles(), list_schools()
    if name not in profiles:
        raise UsageError("usage.unknown_profile", name=name, known=", ".join(profiles))
    if school not in schools:
        raise UsageError("usage.unknown_school", name=school, known=", ".join(schools))
    try:
        return load_profile_cached(name, school, cache_dir=config.cache_dir())
    except ProfileError as error:
        raise UsageError("usage.bad_profile", name=name, problems=str(error)) from error
