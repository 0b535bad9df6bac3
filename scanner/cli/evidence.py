"""``appadmit evidence``: attach documents, answer questions, decide lines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from profiles.model import Outcome
from scanner import config
from scanner.cli.evaluate import name_to_hash
from scanner.cli.language import harmless, say
from scanner.cli.options import (
    ProfileOption,
    SchoolOption,
    WorkspaceOption,
    choose_profile,
    open_workspace,
)
from scanner.cli.terminal import write_line
from scanner.errors import UsageError
from scanner.inputs.journal import AnswerGiven, DecisionGiven, DocumentGiven, Journal

app = typer.Typer(no_args_is_help=True)
_DECIDABLE = tuple(one.value for one in Outcome if one is not Outcome.ERROR)


class Answer(StrEnum):
    """What a question may be answered with."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


SampleArgument = Annotated[str, typer.Argument(help=say("help.sample"), show_default=False)]
ItemArgument = Annotated[str, typer.Argument(help=say("help.item"), show_default=False)]
PersonOption = Annotated[str, typer.Option("--person", help=say("help.person"))]
DateOption = Annotated[str, typer.Option("--date", help=say("help.date"))]


@app.command(name="add", help=say("help.evidence.add"))
def add_command(
    sample: SampleArgument,
    item: ItemArgument,
    file: Annotated[Path | None, typer.Argument(help=say("help.evidence.file"))] = None,
    slot: Annotated[str, typer.Option(help=say("help.evidence.slot"))] = "",
    answer: Annotated[Answer | None, typer.Option(help=say("help.evidence.answer"))] = None,
    text: Annotated[str, typer.Option(help=say("help.evidence.text"))] = "",
    person: PersonOption = "",
    day: DateOption = "",
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    workspace: WorkspaceOption = None,
) -> int:
    """Attach a document to a line, or answer its question."""
    store = open_workspace(workspace)
    journal = Journal(store, name_to_hash(store, sample))
    line = check_item(item, profile, school)
    if (file is None) == (answer is None):
        raise UsageError("usage.file_or_answer")
    if file is not None:
        sha256 = journal.keep_document(file)
        given = DocumentGiven(
            item=line, slot=slot, title=file.name, sha256=sha256, date=check_day(day)
        )
        journal.add(given)
    elif answer is not None:
        who = check_person(person)
        journal.add(
            AnswerGiven(
                item=line,
                answer=answer.value,
                text=text,
                person=who,
                date=check_day(day) or today(),
            )
        )
    write_line(say("evidence.added", item=line))
    return 0


@app.command(name="decide", help=say("help.evidence.decide"))
def decide_command(
    sample: SampleArgument,
    item: ItemArgument,
    outcome: Annotated[str, typer.Argument(help=say("help.outcome", known=" ".join(_DECIDABLE)))],
    person: PersonOption = "",
    reason: Annotated[str, typer.Option(help=say("help.reason"))] = "",
    until: Annotated[str, typer.Option(help=say("help.until"))] = "",
    profile: ProfileOption = config.DEFAULT_PROFILE,
    school: SchoolOption = config.DEFAULT_SCHOOL,
    workspace: WorkspaceOption = None,
) -> int:
    """Put a reviewer's outcome beside the program's, with name, date and reason."""
    store = open_workspace(workspace)
    journal = Journal(store, name_to_hash(store, sample))
    line = check_item(item, profile, school)
    if outcome.upper() not in _DECIDABLE:
        raise UsageError("usage.unknown_outcome", name=outcome, known=" ".join(_DECIDABLE))
    if not reason.strip():
        raise UsageError("usage.no_reason")
    journal.add(
        DecisionGiven(
            item=line,
            outcome=Outcome(outcome.upper()),
            person=check_person(person),
            date=today(),
            reason=reason.strip(),
            expires=check_day(until),
        )
    )
    write_line(say("evidence.decided", item=line, outcome=outcome.upper()))
    return 0


@app.command(name="list", help=say("help.evidence.list"))
def list_command(sample: SampleArgument, workspace: WorkspaceOption = None) -> int:
    """Show what was given for a sample."""
    store = open_workspace(workspace)
    given = Journal(store, name_to_hash(store, sample)).read()
    for fact in given.facts:
        evidence = fact.evidence[0]
        write_line(harmless(f"{fact.kind}  {fact.subject}  {evidence.excerpt}"))
    for one in given.overrides:
        row = f"decision  {one.item}  {one.outcome}  {one.person}  {one.date}  {one.reason}"
        write_line(harmless(f"{row}  {one.expires}"))
    return 0


def check_item(item: str, profile: str, school: str) -> str:
    """Give the id of a check item of a profile.

    Raises:
        UsageError: when the profile has no such item.
    """
    known = {one.id for one in choose_profile(profile, school).items}
    if item.lower() not in known:
        raise UsageError("usage.unknown_item", name=item, profile=profile)
    return item.lower()


def check_day(text: str) -> str:
    """Give a day as ISO 8601, empty for none.

    Raises:
        UsageError: when it is no day.
    """
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError("usage.bad_date", text=text) from error


def check_person(name: str) -> str:
    """Give the name of the person who answers.

    Raises:
        UsageError: when there is none: an answer without a name is no answer.
    """
    if not name.strip():
        raise UsageError("usage.no_person")
    return name.strip()


def today() -> str:
    """Give the local day."""
    return datetime.now(UTC).astimezone().date().isoformat()
