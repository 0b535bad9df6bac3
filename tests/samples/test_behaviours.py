"""The planted truth of the behaviours samples agrees with the table, the source and the phases."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analyzers.knowledge import apis
from analyzers.knowledge.catalogue import load_catalogue
from analyzers.model import Phase

ANDROID = Path(__file__).resolve().parents[2] / "samples" / "android"
NAMES = ("behaviours", "behaviours-bare")
TRUTH = {name: tomllib.loads((ANDROID / name / "truth.toml").read_text("utf-8")) for name in NAMES}
CASES = [(name, case) for name in NAMES for case in TRUTH[name]["behaviours"]]
IDS = [f"{name}-{case['id']}" for name, case in CASES]
PHASES = {phase.value for phase in Phase}


def source_of(name: str, site: str) -> str:
    """Give the source file of a site; SDK stand-ins have their own roots."""
    cls = site.partition("#")[0].partition("$")[0].replace(".", "/")
    roots = tomllib.loads((ANDROID / name / "recipe.toml").read_text("utf-8"))["sources"]
    found = [path for root in roots if (path := ANDROID / name / root / f"{cls}.java").is_file()]
    assert len(found) == 1, site
    return found[0].read_text("utf-8")


def test_there_are_enough_behaviours() -> None:
    assert len(TRUTH["behaviours"]["behaviours"]) >= 40
    assert len(CASES) == len({(name, case["id"]) for name, case in CASES})


@pytest.mark.parametrize(("name", "case"), CASES, ids=IDS)
def test_behaviour_names_a_row_of_its_type_and_weight(name: str, case: dict[str, object]) -> None:
    row = apis.api(str(case["row"]))
    assert row is not None
    assert (row.type, row.weight) == (case["type"], case["weight"])
    for other in case.get("also", ()):
        assert apis.api(other) is not None
    assert case["owner"] in {"app", "unattributed", *load_catalogue().entries}
    for alternatives in case["phases"]:
        assert set(alternatives.split("|")) <= PHASES


@pytest.mark.parametrize(("name", "case"), CASES, ids=IDS)
def test_behaviour_stands_in_the_source(name: str, case: dict[str, object]) -> None:
    site = str(case["site"])
    text = source_of(name, site)
    method = site.partition("#")[2]
    assert ("static {" if method == "<clinit>" else f" {method}(") in text
    row = apis.api(str(case["row"]))
    assert row is not None
    member = row.cls.rpartition(".")[2] if row.member == "<init>" else row.member
    called = [member, f'"{member}"', *(apis.api(one).member for one in case.get("also", ()))]
    assert any(word in text for word in called)


@pytest.mark.parametrize("name", NAMES)
def test_silent_sites_stand_in_the_source_and_are_no_behaviour(name: str) -> None:
    planted = {case["site"] for case in TRUTH[name]["behaviours"]}
    for silent in TRUTH[name]["silent"]:
        assert f" {silent['site'].partition('#')[2]}(" in source_of(name, silent["site"])
        assert silent["site"] not in planted
        assert silent["why"]


def test_every_phase_of_a_run_with_a_prompt_has_a_behaviour() -> None:
    seen = {one for case in TRUTH["behaviours"]["behaviours"]
            for phase in case["phases"] for one in phase.split("|")}  # fmt: skip
    assert seen == PHASES - {"withdrawn", "no_consent_ui"}
