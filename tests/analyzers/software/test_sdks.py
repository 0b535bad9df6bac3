"""SDK facts of the built samples, against truth written from their sources."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analyzers.kinds import check_fact
from analyzers.model import Confidence, Fact
from analyzers.package import AppPackage, open_package
from analyzers.software import libraries, packers, sdks
from analyzers.software.constants import read_constants

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "android"


def facts_of(package: AppPackage) -> dict[str, Fact]:
    found = [f for f in sdks.extract(package) if isinstance(f, Fact)]
    return {fact.subject: fact for fact in found}


@pytest.fixture(scope="module")
def leaky() -> AppPackage:
    return open_package(SAMPLES / "campus-leaky" / "campus-leaky.apk")


def test_the_leaky_sample_shows_exactly_its_planted_sdks(leaky: AppPackage) -> None:
    truth = tomllib.loads((SAMPLES / "campus-leaky" / "truth.toml").read_text("utf-8"))
    assert set(facts_of(leaky)) == {row["id"] for row in truth["sdks"]}


def test_every_fact_fits_its_kind(leaky: AppPackage) -> None:
    facts = [
        *sdks.extract(leaky), *packers.extract(leaky), *libraries.extract(leaky),
    ]  # fmt: skip
    problems = [check_fact(fact) for fact in facts if isinstance(fact, Fact)]
    assert problems
    assert [p for p in problems if p] == []


def test_evidence_names_the_file_and_place(leaky: AppPackage) -> None:
    evidence = facts_of(leaky)["getui-push"].evidence
    places = {(e.location.file, e.location.place) for e in evidence}
    assert ("AndroidManifest.xml", "com.igexin.sdk.PushReceiver") in places
    assert any(file == "classes.dex" and place.startswith("Lcom/igexin/") for file, place in places)


def test_trackers_carry_their_reason_and_stated_types(leaky: AppPackage) -> None:
    fields = facts_of(leaky)["umeng-common"].fields
    assert fields["tracker"] is True
    assert fields["exodus_id"] == 119
    assert "device.imei" in fields["types"]
    assert fields["types_source"]
    assert "submitPolicyGrantResult" in str(fields["delay_init"])


def test_samples_are_not_called_packed(leaky: AppPackage) -> None:
    assert list(packers.extract(leaky)) == []


def test_the_clean_sample_has_no_certain_tracker_but_its_planted_ones() -> None:
    package = open_package(SAMPLES / "campus-clean" / "campus-clean.apk")
    truth = tomllib.loads((SAMPLES / "campus-clean" / "truth.toml").read_text("utf-8"))
    planted = {row["id"] for row in truth.get("sdks", ())}
    certain = {i for i, f in facts_of(package).items() if f.confidence == Confidence.CERTAIN}
    assert certain <= planted


def test_constants_of_a_class_that_is_not_there(leaky: AppPackage) -> None:
    assert read_constants(leaky.index, "com.nobody.Home") == {}
