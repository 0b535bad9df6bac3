"""Both campus samples run on the embedded runtime, and what was planted is what is seen."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from analyzers.kinds import check_fact
from analyzers.knowledge.owners import Owners, derive_app_namespaces
from analyzers.model import Coverage, Evidence, Fact, Limitation, Location, Sample, make_fact
from analyzers.runtime.embedded.watch import descendants
from analyzers.runtime.facts import extract_run
from analyzers.runtime.record import RunRecord
from analyzers.runtime.run import run_embedded
from analyzers.runtime.settings import RunSettings

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "android"
NAMES = ("campus-leaky", "campus-clean")


class Seen:
    """One sample with its truth and what a run of it gave."""

    def __init__(self, name: str, folder: Path) -> None:
        self.truth = tomllib.loads((SAMPLES / name / "truth.toml").read_text("utf-8"))
        stated = self.truth["sample"]
        sample = Sample(sha256="", md5="", size=0, name=name, platform="android",
                        app_id=stated["app_id"], target_sdk=stated["target_sdk"])  # fmt: skip
        settings = RunSettings(
            directory=str(folder), start_ms=3_000, phase_ms=1_200, taps=30, pregranted=False,
            command_seconds=150, wall_seconds=600,
        )  # fmt: skip
        self.record: RunRecord = run_embedded(
            SAMPLES / name / stated["file"], sample=sample, static_facts=list(declared(self.truth)),
            settings=settings, progress=lambda step, share: None,
        )  # fmt: skip
        components = [row["name"] for row in self.truth["components"]]
        spaces = derive_app_namespaces(stated["app_id"], "", [stated["launcher"], *components])
        self.found = list(extract_run(Path(self.record.directory), Owners(spaces, components)))
        self.facts = [item for item in self.found if isinstance(item, Fact)]

    def of_kind(self, kind: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.kind == kind]


def declared(truth: dict[str, Any]) -> Iterator[Fact]:
    for row in truth["permissions"]:
        place = Evidence(location=Location(file="AndroidManifest.xml"))
        yield make_fact("android.permission.declared", row["name"], analyzer="test", evidence=[place],
                        level=row["level"])  # fmt: skip


@pytest.fixture(scope="module")
def runs(installed: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    folder = tmp_path_factory.mktemp("runs")
    with ThreadPoolExecutor(len(NAMES)) as pool:
        seen = list(pool.map(lambda name: Seen(name, folder), NAMES))
    return dict(zip(NAMES, seen, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_the_run_is_whole(runs: dict[str, Seen], name: str) -> None:
    seen = runs[name]
    (run,) = seen.of_kind("runtime.run")
    assert seen.record.problems == ()
    assert run.fields["integrity"] is True
    assert run.fields["consent_ui"] is True
    assert run.fields["phases"] == [
        "start", "consent_shown", "refused", "relaunched_after_refusal", "consented", "in_use", "background",
    ]  # fmt: skip
    assert [problem for fact in seen.facts for problem in check_fact(fact)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_prompt_is_read(runs: dict[str, Seen], name: str) -> None:
    (prompt,) = runs[name].of_kind("runtime.consent")
    stated = runs[name].truth["sample"]
    assert prompt.fields["agree"] == stated["consent_agree"]
    assert prompt.fields["refuse"] == stated["consent_refuse"]
    assert prompt.fields["exit_on_refusal"] is False


@pytest.mark.parametrize("name", NAMES)
def test_planted_accesses_are_seen_in_their_phases(runs: dict[str, Seen], name: str) -> None:
    seen = runs[name]
    reads = {read["id"]: read for read in seen.truth["reads"]}
    missing = []
    for access in seen.truth["accesses"]:
        read = reads[access["read"]]
        mine = [
            fact for fact in seen.of_kind("runtime.event")
            if fact.fields["api"] == read["api"] and fact.fields["owner"] == read["owner"]
            and ("line" not in read or str(fact.fields["frame"]).endswith(f":{read['line']}"))
        ]  # fmt: skip
        phases = {str(fact.fields["phase"]) for fact in mine}
        missing += [
            (access["read"], phase)
            for phase in access["phases"]
            if phase != "in_use" and not set(phase.split("|")) & phases
        ]
    assert missing == []


def test_leaky_asks_for_four_groups_at_once(runs: dict[str, Seen]) -> None:
    asked = [
        f
        for f in runs["campus-leaky"].of_kind("runtime.permission_request")
        if f.fields["phase"] == "start"
    ]
    (planted,) = runs["campus-leaky"].truth["permission_requests"]
    assert sorted(fact.subject for fact in asked) == sorted(planted["permissions"])
    assert {fact.fields["together"] for fact in asked} == {planted["together"]}


def test_leaky_sends_identifiers_in_clear_before_consent(runs: dict[str, Seen]) -> None:
    flows = [f for f in runs["campus-leaky"].of_kind("runtime.flow") if f.fields["pre_consent"]]
    (planted,) = runs["campus-leaky"].truth["flows"]
    assert {fact.subject for fact in flows} == {planted["host"]}
    assert {fact.fields["cleartext"] for fact in flows} == {True}
    assert {fact.fields["owner"] for fact in flows} == {planted["owner"]}
    assert "device.android_id" in {kind for fact in flows for kind in fact.fields["types"]}


def test_leaky_calls_native_code_so_silence_is_not_full(runs: dict[str, Seen]) -> None:
    found = runs["campus-leaky"].found
    codes = {item.code for item in found if isinstance(item, Limitation)}
    states = {item.name: item.state for item in found if isinstance(item, Coverage)}
    assert {"runtime.native_called", "runtime.native_loaded"} <= codes
    assert states["runtime.start.ar-3.3"] == "partial"


def test_clean_opens_nothing_before_consent_and_that_is_covered(runs: dict[str, Seen]) -> None:
    seen = runs["campus-clean"]
    early = [
        f for f in seen.of_kind("runtime.event") if f.fields["phase"] not in ("consented", "in_use")
    ]
    assert [f.subject for f in early if f.fields["weight"] == "decisive"] == []
    states = {item.name: item.state for item in seen.found if isinstance(item, Coverage)}
    for line in range(1, 6):
        for phase in ("start", "consent_shown", "refused", "relaunched_after_refusal"):
            assert states[f"runtime.{phase}.ar-3.{line}"] == "full"


def test_nothing_of_the_runs_is_left(runs: dict[str, Seen]) -> None:
    import os

    names = set()
    for pid in descendants(os.getpid())[1:]:
        try:
            names.add(Path(f"/proc/{pid}/comm").read_text("ascii").strip())
        except OSError:
            continue
    assert names & {"java", "bwrap", "mitmdump"} == set()
    for seen in runs.values():
        folder = Path(seen.record.directory)
        assert not (folder / "authority").exists()
        assert not (folder / "seeds.properties").exists()
