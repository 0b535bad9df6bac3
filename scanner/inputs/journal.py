"""What people gave for one sample, kept in order and never changed.

    <workspace>/<sha256>/inputs/<number>-<what>.json
    <workspace>/documents/<sha256>

A later entry of the same subject counts instead of the earlier one; both stay on disk. Attached
files are stored by hash, never opened and never executed.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from typing import TYPE_CHECKING

import msgspec

from analyzers.model import Confidence, Evidence, Fact, Location, make_fact
from profiles.model import Outcome, Override
from scanner.errors import EnvironmentProblem, UnreadableInput, explain_os_error
from scanner.workspace import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.workspace import Workspace

MAX_DOCUMENT = 64 << 20
ANALYZER = "people"
_TRIES, _PAUSE = 2000, 0.005
"""How often and how long (seconds) a writer waits for its number."""


class DeclarationGiven(msgspec.Struct, frozen=True, tag="declaration"):
    """A declaration was handed in; it replaces the one before."""

    file: str
    facts: tuple[Fact, ...]


class DocumentGiven(msgspec.Struct, frozen=True, tag="document"):
    """A document was attached to a check item."""

    item: str
    slot: str
    title: str
    sha256: str
    date: str


class AnswerGiven(msgspec.Struct, frozen=True, tag="answer"):
    """A question of a check item was answered."""

    item: str
    answer: str
    text: str
    person: str
    date: str


class DecisionGiven(msgspec.Struct, frozen=True, tag="decision"):
    """A reviewer decided a line, for good or until a day."""

    item: str
    outcome: Outcome
    person: str
    date: str
    reason: str
    expires: str = ""


Entry = DeclarationGiven | DocumentGiven | AnswerGiven | DecisionGiven
_DECODER: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


class Given(msgspec.Struct, frozen=True):
    """All that counts for one sample."""

    facts: tuple[Fact, ...]
    overrides: tuple[Override, ...]


NOTHING_GIVEN = Given(facts=(), overrides=())


class Journal:
    """The entries of one sample."""

    def __init__(self, workspace: Workspace, sha256: str) -> None:
        self._folder = workspace.root / sha256 / "inputs"
        self._documents = workspace.root / "documents"

    def add(self, entry: Entry) -> None:
        """Append one entry.

        Raises:
            EnvironmentProblem: when the workspace does not take it.
        """
        what = str(entry.__struct_config__.tag)
        draft = self._folder / f".{secrets.token_hex(8)}.draft"
        write_atomically(draft, msgspec.json.encode(entry))
        try:
            self._take_number(draft, what)
        finally:
            draft.unlink(missing_ok=True)

    def _take_number(self, draft: Path, what: str) -> None:
        """Give a whole entry the next number; of several writers each gets one of its own."""
        for _ in range(_TRIES):
            number = 1 + max((int(path.name[:6]) for path in self._paths()), default=0)
            claim = self._folder / f"{number:06d}.claim"
            try:
                os.link(draft, claim)
            except FileExistsError:
                time.sleep(_PAUSE)
                continue
            except OSError as error:
                raise explain_os_error(error, str(self._folder)) from error
            try:
                if not any(self._folder.glob(f"{number:06d}-*.json")):
                    os.link(draft, self._folder / f"{number:06d}-{what}.json")
                    return
            finally:
                claim.unlink(missing_ok=True)
        raise EnvironmentProblem("environment.busy", place=str(self._folder))

    def keep_document(self, path: Path) -> str:
        """Store a file by its hash and give the hash; it is read as bytes only.

        Raises:
            UnreadableInput: missing, no regular file, empty or too large.
        """
        try:
            if not path.is_file():
                raise UnreadableInput("input.missing", file=str(path))
            if path.stat().st_size > MAX_DOCUMENT:
                raise UnreadableInput("input.too_large", file=str(path), most=MAX_DOCUMENT)
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnreadableInput("input.os_error", file=str(path), reason=reason) from error
        if not content:
            raise UnreadableInput("input.empty", file=str(path))
        sha256 = hashlib.sha256(content).hexdigest()
        if not (self._documents / sha256).is_file():
            write_atomically(self._documents / sha256, content)
        return sha256

    def read(self) -> Given:
        """Give what counts: the last declaration, answers and decisions, and every document."""
        entries = [self._read_entry(path) for path in self._paths()]
        facts: dict[object, tuple[Fact, ...]] = {}
        decisions: dict[str, Override] = {}
        for entry in entries:
            if isinstance(entry, DeclarationGiven):
                facts["declaration"] = entry.facts
            elif isinstance(entry, DocumentGiven):
                facts["document", entry.item, entry.slot, entry.sha256] = (_document_fact(entry),)
            elif isinstance(entry, AnswerGiven):
                facts["answer", entry.item] = (_answer_fact(entry),)
            else:
                decisions[entry.item] = Override(
                    item=entry.item,
                    outcome=entry.outcome,
                    person=entry.person,
                    date=entry.date,
                    reason=entry.reason,
                    expires=entry.expires,
                )
        return Given(
            facts=tuple(fact for many in facts.values() for fact in many),
            overrides=tuple(decisions.values()),
        )

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(
            path for path in self._folder.iterdir() if re.fullmatch(r"\d{6}-\w+\.json", path.name)
        )

    def _read_entry(self, path: Path) -> Entry:
        try:
            return _DECODER.decode(path.read_bytes())
        except OSError as error:
            raise explain_os_error(error, str(path)) from error
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise EnvironmentProblem(
                "environment.damaged", place=str(path), reason=str(error)
            ) from error


def _document_fact(entry: DocumentGiven) -> Fact:
    place = Location(file=f"documents/{entry.sha256}", place=entry.item)
    return make_fact(
        "document.attached",
        entry.item,
        analyzer=ANALYZER,
        evidence=[Evidence(location=place, excerpt=entry.title, sha256=entry.sha256)],
        confidence=Confidence.CERTAIN,
        slot=entry.slot,
        title=entry.title,
        sha256=entry.sha256,
        date=entry.date,
    )


def _answer_fact(entry: AnswerGiven) -> Fact:
    place = Location(file="review", place=entry.item)
    return make_fact(
        "answer.given",
        entry.item,
        analyzer=ANALYZER,
        evidence=[Evidence(location=place, excerpt=entry.text[:400])],
        confidence=Confidence.CERTAIN,
        answer=entry.answer,
        text=entry.text,
        person=entry.person,
        date=entry.date,
    )
