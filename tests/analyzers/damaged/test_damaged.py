"""Damaged but installable packages are read to the end, and each departure is told."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzers.formats.errors import UnreadableError
from analyzers.model import Fact, Limitation
from analyzers.package import AppPackage, read_package
from analyzers.registry import ANALYZERS
from scanner.config import ReaderLimits
from scanner.examine import run_analyzer
from tests.analyzers.damaged.packages import PACKAGES

TRUTH: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "truth.toml").read_text("utf-8")
)
READABLE = [name for name, row in TRUTH.items() if "unreadable" not in row]
MANIFEST_ONLY = ("zip.", "axml.", "package.part-damaged")


@cache
def opened(name: str) -> AppPackage:
    return read_package(PACKAGES[name](), f"{name}.apk")


@cache
def analyse(name: str) -> tuple[list[Fact], list[Limitation]]:
    package = opened(name)
    facts: list[Fact] = []
    limitations: list[Limitation] = []
    for analyzer in ANALYZERS:
        if analyzer.id.startswith("android.") and not analyzer.id.startswith("android.code"):
            found, missed = run_analyzer(analyzer, package, ReaderLimits().facts_per_analyzer)
            facts += found
            limitations += missed
    return facts, limitations


def subjects(facts: list[Fact], kind: str) -> list[str]:
    return sorted(fact.subject for fact in facts if fact.kind == kind)


def test_there_are_many_and_each_has_its_truth() -> None:
    assert TRUTH.keys() == PACKAGES.keys()
    assert len(TRUTH) >= 60


@pytest.mark.parametrize("name", READABLE)
def test_the_package_is_what_it_is(name: str) -> None:
    package, row = opened(name), TRUTH[name]
    facts, limitations = analyse(name)
    codes = sorted(one.code for one in limitations)
    departures = {f"zip.{code}" for code in row.get("zip", ())}
    departures |= {f"axml.{code}" for code in row.get("axml", ())}
    assert subjects(facts, "zip.anomaly") == sorted(row.get("zip", ()))
    assert subjects(facts, "axml.anomaly") == sorted(row.get("axml", ()))
    assert {code for code in codes if code.startswith(("zip.", "axml."))} == departures
    assert sorted(package.damaged) == row.get("damaged", [])
    assert codes.count("package.part-damaged") == len(row.get("damaged", []))
    assert [code for code in codes if not code.startswith(MANIFEST_ONLY)] == row.get("other", [])


@pytest.mark.parametrize("name", READABLE)
def test_what_matters_is_still_found(name: str) -> None:
    package, row = opened(name), TRUTH[name]
    facts, _ = analyse(name)
    assert subjects(facts, "android.package") == ["cn.edu.example"]
    assert subjects(facts, "android.permission.declared") == ["android.permission.CAMERA"]
    assert len(subjects(facts, "android.component")) == row.get("components", 1)
    assert package.sample().label == row.get("label", "Campus")
    assert len(package.dex_entries()) == row.get("dex_files", 1)
    problems = {one.scheme: one.problem for one in package.signing.schemes if one.problem}
    assert problems == row.get("signing", {})


@pytest.mark.parametrize("name", [name for name, row in TRUTH.items() if "dex_problem" in row])
def test_the_other_dex_files_are_read(name: str) -> None:
    index = opened(name).index
    assert {params["file"] for _, params in index.problems} == {TRUTH[name]["dex_problem"]}
    assert any(cls.startswith("cn.edu.") for cls in index.class_names)


@pytest.mark.parametrize("name", [name for name, row in TRUTH.items() if "unreadable" in row])
def test_what_no_device_reads_is_named(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_package(PACKAGES[name](), name)
    assert caught.value.code == TRUTH[name]["unreadable"]


def test_nothing_reaches_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened.cache_clear()
    analyse.cache_clear()
    for name in READABLE:
        if name.startswith(("parent-", "absolute-", "folder-", "name-")):
            analyse(name)
    assert list(tmp_path.iterdir()) == []
