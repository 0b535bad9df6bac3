"""The comparison with the platform's tools: what counts as a difference and what does not."""

from __future__ import annotations

import csv
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
BADGING = "package: name='a.b' versionCode='7' versionName='1.0' platformBuildVersionName=''\n"
PERMISSIONS = """package: a.b
uses-permission: name='android.permission.CAMERA'
uses-permission-sdk-23: name='android.permission.READ_SMS'
uses-permission: name='android.permission.READ_LOGS' maxSdkVersion='18'
permission: a.b.OWN
"""
DECLARED = (
    "android.permission.CAMERA",
    "android.permission.READ_SMS",
    "android.permission.READ_LOGS",
)
CERTIFICATE = "ab" * 32


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch):
    loader = SourceFileLoader("scan_real", str(SCRIPTS / "scan-real"))
    module = module_from_spec(spec_from_loader("scan_real", loader))
    monkeypatch.setitem(__import__("sys").modules, "scan_real", module)
    loader.exec_module(module)
    return module


def make_scan(real, *, declared=DECLARED, version="1.0", signer=CERTIFICATE, state="verified"):
    facts = [{"kind": "android.permission.declared", "subject": name} for name in declared]
    facts.append({"kind": "android.signing.scheme", "subject": "v2", "fields": {"state": state}})
    sample = {
        "app_id": "a.b", "version_code": 7, "version_name": version,
        "signer": {"sha256": signer} if signer else None,
    }  # fmt: skip
    scan = real.Scan({"package_id": "a.b"}, 0, 1.0, 0.5, 60.0, "")
    scan.document = {"sample": sample, "facts": facts, "verdicts": []}
    return scan


def answer(real, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str]) -> None:
    """Let each tool give a fixed answer, found by a word of its command."""

    def run_tool(*command: object) -> str:
        words = " ".join(map(str, command))
        return next((text for word, text in answers.items() if word in words), "")

    monkeypatch.setattr(real, "run_tool", run_tool)


def test_equal_answers_leave_no_difference(real, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(real, monkeypatch, {"badging": BADGING, "dump permissions": PERMISSIONS})
    scan = make_scan(real)
    real.compare_with_aapt(scan, Path("a.apk"))
    assert scan.differences == []
    assert real.describe_agreement(scan) == "equal"


@pytest.mark.parametrize(
    ("change", "word"),
    [({"declared": DECLARED[:2]}, "READ_LOGS"), ({"version": "2"}, "version name")],
)
def test_a_missing_permission_or_another_version_is_a_difference(
    real, monkeypatch: pytest.MonkeyPatch, change: dict, word: str
) -> None:
    answer(real, monkeypatch, {"badging": BADGING, "dump permissions": PERMISSIONS})
    scan = make_scan(real, **change)
    real.compare_with_aapt(scan, Path("a.apk"))
    assert len(scan.differences) == 1
    assert word in scan.differences[0]


def test_another_signer_is_a_difference(real, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Signer #1 certificate SHA-256 digest: {'cd' * 32}\n"
    answer(real, monkeypatch, {"verify": text})
    scan = make_scan(real)
    real.compare_with_apksigner(scan, Path("a.apk"))
    assert scan.differences[0].startswith("signer:")


@pytest.mark.parametrize(("state", "count"), [("verified", 1), ("invalid", 0)])
def test_a_refused_signature_must_be_refused_by_us(
    real, monkeypatch: pytest.MonkeyPatch, state: str, count: int
) -> None:
    answer(real, monkeypatch, {})
    scan = make_scan(real, state=state)
    real.compare_with_apksigner(scan, Path("a.apk"))
    assert len(scan.differences) == count


def test_the_unreadable_files_are_inputs(real) -> None:
    with (SCRIPTS / "data" / "real-inputs.tsv").open(encoding="utf-8", newline="") as stream:
        known = {row["sha256"] for row in csv.DictReader(stream, delimiter="\t")}
    unreadable = real.read_unreadable()
    assert unreadable
    assert unreadable.keys() <= known
