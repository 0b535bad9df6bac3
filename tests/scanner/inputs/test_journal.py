"""What people gave stays in order, counts once, and is only bytes to us."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from profiles.evaluate import evaluate
from profiles.loader import load_profile
from profiles.model import Assessment, ConclusionKind, Outcome, Override
from profiles.override import apply_overrides
from scanner.errors import EnvironmentProblem, UnreadableInput
from scanner.inputs.journal import AnswerGiven, DecisionGiven, DocumentGiven, Journal
from scanner.workspace import Workspace
from tests.builders import make_fact_set

SHA = "cd" * 32


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Workspace(tmp_path / "home"), SHA)


def make_answer(answer: str, item: str = "ar-1.1") -> AnswerGiven:
    return AnswerGiven(item=item, answer=answer, text="", person="审查人甲", date="2026-03-01")


def make_decision(outcome: Outcome, expires: str = "") -> DecisionGiven:
    return DecisionGiven(
        item="ar-1.6", outcome=outcome, person="审查人甲", date="2026-03-01",
        reason="已核实", expires=expires,
    )  # fmt: skip


def test_the_last_answer_counts_and_the_first_stays(journal: Journal, tmp_path: Path) -> None:
    journal.add(make_answer("no"))
    journal.add(make_answer("yes"))
    [fact] = journal.read().facts
    assert fact.fields["answer"] == "yes"
    files = sorted(p.name for p in (tmp_path / "home" / SHA / "inputs").iterdir())
    assert files == ["000001-answer.json", "000002-answer.json"]


def test_every_document_counts(journal: Journal, tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        path = tmp_path / "note.pdf"
        path.write_bytes(content)
        sha256 = journal.keep_document(path)
        assert sha256 == hashlib.sha256(content).hexdigest()
        journal.add(DocumentGiven(item="ar-2.11", slot="mechanism", title=path.name,
                                  sha256=sha256, date=""))  # fmt: skip
        assert (tmp_path / "home" / "documents" / sha256).read_bytes() == content
    assert len(journal.read().facts) == 2


def test_a_document_is_kept_as_bytes_under_its_hash(journal: Journal, tmp_path: Path) -> None:
    hostile = tmp_path / "..%2f..%2fetc%2fpasswd;rm -rf.docm"
    hostile.write_bytes(b"PK\x03\x04 macro")
    sha256 = journal.keep_document(hostile)
    stored = [p for p in (tmp_path / "home").rglob("*") if p.is_file()]
    assert [p.name for p in stored] == [sha256]
    assert stored[0].stat().st_mode & 0o111 == 0


@pytest.mark.parametrize("content", [None, b""])
def test_no_file_and_an_empty_one_are_refused(
    journal: Journal, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableInput):
        journal.keep_document(path)
    assert not (tmp_path / "home").exists()


def test_a_damaged_entry_is_named(journal: Journal, tmp_path: Path) -> None:
    journal.add(make_answer("yes"))
    (tmp_path / "home" / SHA / "inputs" / "000001-answer.json").write_bytes(b"{")
    with pytest.raises(EnvironmentProblem, match="damaged"):
        journal.read()


def judged() -> tuple[Assessment, object]:
    from datetime import UTC, datetime

    profile = load_profile("admission", "whut")
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return evaluate(make_fact_set(), profile, created=now), profile


def test_a_decision_stands_beside_the_outcome(journal: Journal) -> None:
    journal.add(make_decision(Outcome.NOT_APPLICABLE))
    assessment, profile = judged()
    result = apply_overrides(assessment, journal.read().overrides, profile, on=date(2026, 3, 2))
    [verdict] = [v for v in result.verdicts if v.item == "ar-1.6"]
    [before] = [v for v in assessment.verdicts if v.item == "ar-1.6"]
    assert verdict.outcome is before.outcome
    assert verdict.standing is Outcome.NOT_APPLICABLE
    assert verdict.override is not None
    assert verdict.override.person == "审查人甲"
    assert result.counts == assessment.counts


@pytest.mark.parametrize(
    ("on", "counts"), [("2026-06-30", True), ("2026-07-01", False)], ids=["last day", "day after"]
)
def test_a_waiver_ends_with_its_last_day(journal: Journal, on: str, counts: bool) -> None:
    journal.add(make_decision(Outcome.PASS, expires="2026-06-30"))
    assessment, profile = judged()
    result = apply_overrides(
        assessment, journal.read().overrides, profile, on=date.fromisoformat(on)
    )
    [verdict] = [v for v in result.verdicts if v.item == "ar-1.6"]
    assert (verdict.override is not None) is counts


def test_the_proposal_follows_what_stands() -> None:
    assessment, profile = judged()
    passed = [
        Override(item=v.item, outcome=Outcome.PASS, person="甲", date="2026-03-01", reason="r")
        for v in assessment.verdicts
    ]
    result = apply_overrides(assessment, passed, profile, on=date(2026, 3, 2))
    assert result.conclusion.kind is ConclusionKind.RECOMMEND
    one_open = apply_overrides(assessment, passed[1:], profile, on=date(2026, 3, 2))
    first = assessment.verdicts[0].outcome
    assert first not in {Outcome.PASS, Outcome.NOT_APPLICABLE}
    assert one_open.conclusion.kind is not ConclusionKind.RECOMMEND


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = Workspace(tmp_path / "home")

    def give(number: int) -> None:
        Journal(store, SHA).add(make_answer("yes", f"ar-1.{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(give, range(40)))
    assert len(Journal(store, SHA).read().facts) == 40
    names = sorted(path.name for path in (tmp_path / "home" / SHA / "inputs").iterdir())
    assert [name[:6] for name in names] == [f"{number:06d}" for number in range(1, 41)]
