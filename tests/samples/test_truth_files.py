"""Truth files are well-formed and name things that stand in the samples' sources.

The check is against source and manifest text only; no scan takes part.
"""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from analyzers.model import Phase

ANDROID = Path(__file__).resolve().parents[2] / "samples" / "android"
SPACE = "{http://schemas.android.com/apk/res/android}"
CAMPUS = ("campus-leaky", "campus-clean")
LINES = {1: 7, 2: 11, 3: 9, 4: 6}  # checklist lines of each chapter AR-1 ... AR-4
OUTCOMES = {"PASS", "FAIL", "REVIEW", "NEEDS_DOCUMENT", "NOT_TESTED", "NOT_APPLICABLE", "ERROR"}


def load(name: str) -> dict:
    return tomllib.loads((ANDROID / name / "truth.toml").read_text("utf-8"))


def manifest(name: str) -> ElementTree.Element:
    return ElementTree.parse(ANDROID / name / "AndroidManifest.xml").getroot()  # own file


def source_files(name: str) -> dict[str, str]:
    """Give the text of each top-level class of a sample by its dotted name."""
    recipe = tomllib.loads((ANDROID / name / "recipe.toml").read_text("utf-8"))
    texts = {}
    for root in (ANDROID / name / source for source in recipe["sources"]):
        for path in root.rglob("*.java"):
            texts[path.relative_to(root).with_suffix("").as_posix()] = path.read_text("utf-8")
    return texts


def split_site(site: str) -> tuple[str, str]:
    """Give the top-level class as a path, and the method name."""
    owner, method = site.split(";->", 1)
    return owner.removeprefix("L").split("$")[0], method.split("(")[0]


@pytest.mark.parametrize("name", CAMPUS)
def test_outcomes_cover_the_33_lines(name: str) -> None:
    lines = {f"ar-{part}.{n}" for part, count in LINES.items() for n in range(1, count + 1)}
    truth = load(name)
    assert truth["outcomes"].keys() == lines
    assert truth["outcomes_with_run"].keys() < lines
    for row in [*truth["outcomes"].values(), *truth["outcomes_with_run"].values()]:
        assert {row["outcome"], *row.get("also", [])} <= OUTCOMES
        assert row["outcome"] not in row.get("also", [])


@pytest.mark.parametrize("name", CAMPUS)
def test_permissions_are_those_of_the_manifest(name: str) -> None:
    root = manifest(name)
    asked = [node.get(f"{SPACE}name") for node in root if node.tag.startswith("uses-permission")]
    assert sorted(asked) == sorted(row["name"] for row in load(name)["permissions"])
    unused = set(load(name)["permissions_unused"]["names"])
    assert unused <= set(asked)


@pytest.mark.parametrize("name", CAMPUS)
def test_components_are_those_of_the_manifest(name: str) -> None:
    kinds = {"activity", "activity-alias", "service", "receiver", "provider"}
    written = {
        (node.tag, node.get(f"{SPACE}name"))
        for node in manifest(name).find("application")
        if node.tag in kinds
    }
    rows = load(name)["components"]
    assert {(row["type"], row["name"]) for row in rows} == written
    assert len(rows) == len(written)


@pytest.mark.parametrize("name", CAMPUS)
def test_reads_stand_in_the_source_at_their_line(name: str) -> None:
    texts = source_files(name)
    rows = load(name)["reads"]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        owner, method = split_site(row["site"])
        assert method == "lambda" or re.search(rf"\b{method}\(", texts[owner]), row["id"]
        member = row["api"].split("#")[1]
        if "line" in row:
            assert member in texts[owner].splitlines()[row["line"] - 1], row["id"]
        assert member in texts[owner], row["id"]
        assert row["startup"] in {"yes", "no"}
        assert ("entry" in row) == (row["startup"] == "yes"), row["id"]


@pytest.mark.parametrize("name", CAMPUS)
def test_accesses_name_reads_and_phases(name: str) -> None:
    truth = load(name)
    reads = {row["id"] for row in truth["reads"]}
    phases = {phase.value for phase in Phase}
    assert truth["accesses"]
    for row in truth["accesses"]:
        assert row["read"] in reads
        assert {one for phase in row["phases"] for one in phase.split("|")} <= phases


@pytest.mark.parametrize("name", CAMPUS)
def test_sdks_are_those_of_the_recipe(name: str) -> None:
    recipe = tomllib.loads((ANDROID / name / "recipe.toml").read_text("utf-8"))
    folders = [Path(source).name for source in recipe["sources"] if "sdk-stubs" in source]
    assert sorted(row["id"] for row in load(name)["sdks"]) == sorted(
        folder.split(".")[0] for folder in folders
    )


def test_each_reachability_case_is_one_call_that_is_made_somewhere() -> None:
    truth, texts = load("reach"), source_files("reach")
    reads = texts.pop("cn/example/reach/Reads")
    written = re.findall(r"public static void (\w+)\(Context", reads)
    cases = [case["case"] for case in truth["cases"]]
    assert sorted(cases) == sorted(written)
    assert len(cases) >= 40
    everything = "\n".join(texts.values())
    for case in truth["cases"]:
        assert len(re.findall(rf"\bReads(?:\.|::){case['case']}\b", everything)) == 1, case
        assert case["startup"] in {"yes", "no", "unknown"}
        assert case["startup"] in case.get("accept", [case["startup"]]), case
        assert bool(case["entry"]) or case["startup"] != "yes", case


def test_each_weakness_has_three_planted_and_three_look_alikes() -> None:
    truth, texts = load("weak"), source_files("weak")
    assert truth["cases"].keys() == {row["weakness"] for row in truth["classes"]}
    for weakness, cases in truth["cases"].items():
        planted = [case["planted"] for case in cases]
        assert planted.count(True) >= 3, weakness
        assert planted.count(False) >= 3, weakness
        for case in cases:
            if weakness == "open-provider":
                assert case["site"].replace(".", "/") in texts
                continue
            owner, method = split_site(f"{truth['prefix']}{case['site']}")
            assert re.search(rf"\b{method}\(", texts[owner]), case


def test_hostile_strings_stand_in_recipe_or_source() -> None:
    truth = load("hostile-strings")
    folder = ANDROID / "hostile-strings"
    recipe = tomllib.loads((folder / "recipe.toml").read_text("utf-8"))
    planted = set(recipe["manifest_texts"].values())
    wanted = {truth["sample"]["version_name"]}
    wanted |= set(truth["permissions"]["declared"]) - {"android.permission.INTERNET"}
    wanted |= set(truth["permissions"]["defined"])
    wanted |= {text for value in truth["components"].values() for text in value}
    assert wanted - {"cn.example.hostile.StartActivity"} == planted
    assert set(truth["files"]["names"]) == recipe["extra"].keys() | {
        row["path"] for row in recipe["native"]
    }
