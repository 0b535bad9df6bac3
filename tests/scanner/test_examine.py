"""An analyzer's crash is a limitation, and what it found before stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers.model import Coverage, CoverageState, Evidence, Fact, Location, make_fact
from analyzers.package import open_package
from analyzers.registry import ANALYZERS, Analyzer
from scanner.examine import Answer, Request, Unreadable, examine, run_analyzer

APK = Path(__file__).resolve().parents[2] / "samples/android/campus-clean/campus-clean.apk"


def make_one(n: int = 0, kind: str = "zip.anomaly") -> Fact:
    evidence = [Evidence(location=Location(file="x"))]
    return make_fact(kind, f"a{n}", analyzer="test", evidence=evidence, entry="", count=1)


def make_analyzer(*items: object) -> Analyzer:
    def extract(package: object) -> Iterator[Fact]:
        for item in items:
            if isinstance(item, Exception):
                raise item
            yield item  # type: ignore[misc]

    return Analyzer(
        id="test", platforms=("android",), kinds=("zip.anomaly",), doc="x", extract=extract
    )


@pytest.fixture(scope="module")
def package() -> object:
    return open_package(APK)


@pytest.mark.parametrize("error", [ValueError("x"), MemoryError(), RecursionError(), KeyError(1)])
def test_a_crash_is_a_limitation(package: object, error: Exception) -> None:
    facts, limitations = run_analyzer(make_analyzer(make_one(), error), package, 10)
    assert [fact.subject for fact in facts] == ["a0"]
    [crash] = limitations
    assert (crash.code, crash.hides) == ("analyzer.crashed", ("test",))
    assert crash.params["error"] == type(error).__name__


@pytest.mark.parametrize(
    "fact",
    [
        make_fact("no.such", "a", analyzer="test", evidence=[Evidence(location=Location(file="x"))]),
        make_fact("zip.anomaly", "a", analyzer="test", evidence=[], entry="", count=1),
        make_fact("zip.anomaly", "a", analyzer="test",
                  evidence=[Evidence(location=Location(file="x"))], entry=3, count=1),
        make_fact("axml.anomaly", "a", analyzer="test",
                  evidence=[Evidence(location=Location(file="x"))], file="y"),
    ],
)  # fmt: skip
def test_a_fact_that_breaks_the_contract_is_a_crash(package: object, fact: Fact) -> None:
    facts, [crash] = run_analyzer(make_analyzer(fact), package, 10)
    assert facts == []
    assert crash.code == "analyzer.crashed"


def test_too_many_facts_are_cut_and_said(package: object) -> None:
    facts, [cut] = run_analyzer(make_analyzer(*(make_one(n) for n in range(9))), package, 5)
    assert len(facts) == 5
    assert cut.code == "facts.truncated"


def test_only_what_was_asked_for_is_run() -> None:
    answer = examine(Request(path=str(APK), only=("android.flags",)), lambda _: None)
    assert isinstance(answer, Answer)
    assert answer.coverage == (Coverage(name="android.flags", state=CoverageState.FULL),)


def test_what_is_not_in_force_is_a_limitation() -> None:
    answer = examine(Request(path=str(APK), only=("android.flags",)), lambda _: None, ("network",))
    assert isinstance(answer, Answer)
    assert [item.code for item in answer.limitations] == ["scan.unconfined"]


def test_progress_names_every_analyzer() -> None:
    steps: list[str] = []
    examine(Request(path=str(APK)), lambda step: steps.append(step.name))
    assert steps == [one.id for one in ANALYZERS if "android" in one.platforms]


def test_an_unreadable_file_is_a_value(tmp_path: Path) -> None:
    path = tmp_path / "x.apk"
    path.write_bytes(b"no zip")
    assert isinstance(examine(Request(path=str(path)), lambda _: None), Unreadable)
