"""The iOS samples match their planted truth exactly: nothing missing, nothing extra.

The truths were written by hand from the recipes before the first scan. A kind that a truth names is
claimed whole; a field that it does not name is not claimed.
"""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path

import pytest
from builder.ipa import make_ipa

from analyzers.kinds import check_fact
from analyzers.model import Fact, Limitation
from analyzers.package import IosPackage, read_package
from analyzers.registry import ANALYZERS

SAMPLES = Path(__file__).resolve().parents[3] / "samples/ios"
NAMES = ("ios-clean", "ios-leaky")
NOT_KINDS = {"sample", "limitations", "none"}


def read_all(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def scan(package: IosPackage) -> list[Fact | Limitation]:
    return [
        item
        for analyzer in ANALYZERS
        if "ios" in analyzer.platforms
        for item in analyzer.extract(package)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_sample_matches_its_planted_truth(name: str) -> None:
    truth = tomllib.loads((SAMPLES / name / "truth.toml").read_text("utf-8"))
    package = read_package(make_ipa(SAMPLES / name), f"{name}.ipa")
    assert isinstance(package, IosPackage)
    sample = package.sample()
    for key, value in truth["sample"].items():
        found = getattr(sample, key)
        assert (list(found) if isinstance(found, tuple) else found) == value
    items = scan(package)
    facts = [item for item in items if isinstance(item, Fact)]
    for kind, rows in truth.items():
        if kind in NOT_KINDS:
            continue
        found = {fact.subject: fact.fields for fact in facts if fact.kind == kind}
        assert found.keys() == rows.keys(), kind
        for subject, fields in rows.items():
            claimed = {key: found[subject][key] for key in fields}
            assert claimed == fields, f"{kind} {subject}"
    for kind in truth.get("none", []):
        assert not [fact for fact in facts if fact.kind == kind]
    codes = {item.code for item in items if isinstance(item, Limitation)}
    assert codes == set(truth["limitations"]["codes"])


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_of_a_sample_keeps_its_kind(name: str) -> None:
    package = read_package(make_ipa(SAMPLES / name), f"{name}.ipa")
    kinds = {a.id: a.kinds for a in ANALYZERS}
    facts = [item for item in scan(package) if isinstance(item, Fact)]
    assert len(facts) > 8
    for fact in facts:
        assert check_fact(fact) == []
        assert fact.kind in kinds[fact.analyzer]


def test_the_committed_samples_are_what_the_recipes_give() -> None:
    for name in NAMES:
        made = make_ipa(SAMPLES / name)
        assert read_all((SAMPLES / name / f"{name}.ipa").read_bytes()) == read_all(made)


def test_signer_is_the_certificate_of_the_signature() -> None:
    package = read_package(make_ipa(SAMPLES / "ios-clean"), "a.ipa")
    signer = package.sample().signer
    assert signer is not None
    assert signer.public_key_algorithm.startswith("RSA-")
    assert len(signer.sha1) == 40
