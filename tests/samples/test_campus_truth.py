"""The campus samples match their planted truth exactly: nothing missing, nothing extra.

The truth files were written by hand from the samples' sources before the first scan. A key that
a truth row does not name is not claimed; rows are compared as sets, so an extra fact fails too.
"""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzers.model import CoverageState, Fact, FactSet, Versions
from analyzers.registry import ANALYZERS, Analyzer
from profiles.loader import load_profile
from scanner.config import ReaderLimits
from scanner.examine import Answer, Request, examine
from scanner.pipeline import judge

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("campus-leaky", "campus-clean")
Truth = dict[str, Any]
Facts = list[Fact]


@cache
def load_truth(name: str) -> Truth:
    return tomllib.loads((ROOT / f"samples/android/{name}/truth.toml").read_text("utf-8"))


@cache
def scan(name: str) -> Answer:
    path = ROOT / f"samples/android/{name}/{name}.apk"
    answer = examine(Request(path=str(path), limits=ReaderLimits()), lambda _: None)
    assert isinstance(answer, Answer)
    return answer


def of_kind(facts: Facts, kind: str) -> Facts:
    return [fact for fact in facts if fact.kind == kind]


def compare(rows: list[Truth], facts: Facts, key: str, fields: dict[str, str]) -> list[str]:
    """List the differences between truth rows and facts.

    Args:
        rows: truth rows; ``key`` names what must equal the fact's subject.
        facts: all facts of the compared kind.
        key: name of the truth key that names the subject.
        fields: truth key -> fact field, compared where the row has the key.
    """
    wanted = {row[key]: row for row in rows}
    found = {fact.subject: fact for fact in facts}
    assert len(wanted) == len(rows)
    problems = [f"missing {name}" for name in wanted.keys() - found.keys()]
    problems += [f"extra {name}" for name in found.keys() - wanted.keys()]
    for name in wanted.keys() & found.keys():
        for truth_key, field in fields.items():
            want, have = wanted[name].get(truth_key), found[name].fields[field]
            if truth_key in wanted[name] and _plain(want) != _plain(have):
                problems.append(f"{name}: {field} is {have!r}, not {want!r}")
    return problems


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value


def check_sample(truth: Truth, facts: Facts) -> list[str]:
    row = {**truth["sample"], "subject": truth["sample"]["app_id"]}
    fields = {
        name: name for name in
        ("version_name", "version_code", "min_sdk", "target_sdk", "label", "label_zh", "abis",
         "shared_user_id")
    }  # fmt: skip
    launcher = {"subject": row["subject"], "activity": row["launcher"]}
    return [
        *compare([row], of_kind(facts, "android.package"), "subject", fields),
        *compare(
            [launcher], of_kind(facts, "android.launcher"), "subject", {"activity": "activity"}
        ),
    ]


def check_permissions(truth: Truth, facts: Facts) -> list[str]:
    defaults = {"max_sdk": None, "sdk23_only": False, "custom": False}
    fields = {key: key for key in ("level", "group", *defaults)}
    rows = [{**defaults, **row} for row in truth["permissions"]]
    declared = compare(rows, of_kind(facts, "android.permission.declared"), "name", fields)
    defined = truth.get("permissions_defined", [])
    kind = of_kind(facts, "android.permission.defined")
    return declared + compare(defined, kind, "name", {"level": "level"})


def check_components(truth: Truth, facts: Facts) -> list[str]:
    fields = {
        "type": "type", "exported": "exported", "guard": "guard_level", "launcher": "launcher",
        "permission": "permission", "process": "process", "actions": "actions",
        "authorities": "authorities", "init_order": "init_order", "grant_uri": "grant_uri",
        "schemes": "schemes",
    }  # fmt: skip
    rows = [{"launcher": False, "permission": "", "process": "", **r} for r in truth["components"]]
    autostart = compare(
        truth.get("autostart", []), of_kind(facts, "android.autostart"), "name",
        {"triggers": "triggers"},
    )  # fmt: skip
    return compare(rows, of_kind(facts, "android.component"), "name", fields) + autostart


def check_flags(truth: Truth, facts: Facts) -> list[str]:
    """The truth names the flags it claims; other flags of the platform are facts without claim."""
    rows = [{"name": name, **row} for name, row in truth["flags"].items()]
    named = [f for f in of_kind(facts, "android.application.flag") if f.subject in truth["flags"]]
    return compare(rows, named, "name", {"value": "value", "explicit": "explicit"})


def check_network(truth: Truth, facts: Facts) -> list[str]:
    fields = {k: k for k in ("cleartext", "user_cas", "pins", "pins_expired", "include_subdomains")}
    rows = truth.get("network_security", [])
    return compare(rows, of_kind(facts, "android.network_security"), "subject", fields)


def check_signing(truth: Truth, facts: Facts) -> list[str]:
    signing = truth["signing"]
    rows = [{"scheme": name, "state": "verified"} for name in signing["schemes"]]
    rows += [{"scheme": name, "state": "absent"} for name in signing.get("absent", [])]
    schemes = [
        fact for fact in of_kind(facts, "android.signing.scheme")
        if fact.fields["state"] != "absent" or fact.subject in signing.get("absent", [])
    ]  # fmt: skip
    certificate = {**signing, "subject_name": signing["subject"]}
    fields = {k: k for k in ("public_key_algorithm", "schemes", "debug", "weak")}
    kind = of_kind(facts, "android.signing.certificate")
    return [
        *compare(rows, schemes, "scheme", {"state": "state"}),
        *compare([certificate], kind, "certificate_sha256", fields),
    ]


def check_bundled(truth: Truth, facts: Facts) -> list[str]:
    fields = {k: k for k in ("package_id", "version_name", "same_package", "disguised")}
    kind = of_kind(facts, "android.bundled_package")
    return compare(truth.get("bundled", []), kind, "path", fields)


def check_libraries(truth: Truth, facts: Facts) -> list[str]:
    fields = {k: k for k in ("abis", "soname", "needed", "jni")}
    kind = of_kind(facts, "android.native_library")
    return compare(truth.get("native_libraries", []), kind, "name", fields)


def check_sdks(truth: Truth, facts: Facts) -> list[str]:
    rows = [row for row in truth.get("sdks", []) if not row.get("library")]
    named = {row["id"] for row in truth.get("sdks", [])}
    kind = [
        f for f in of_kind(facts, "software.sdk") if not f.fields["library"] or f.subject in named
    ]
    return compare(rows, kind, "id", {"tracker": "tracker"})


def check_packers(truth: Truth, facts: Facts) -> list[str]:
    rows = [{"id": name} for name in truth.get("packers", {}).get("ids", [])]
    return compare(rows, of_kind(facts, "software.packer"), "id", {})


def check_anomalies(truth: Truth, facts: Facts) -> list[str]:
    kinds = ("zip.anomaly", "axml.anomaly")
    return compare([], [f for f in facts if f.kind in kinds], "subject", {})


# The policy of campus-clean, read by hand: element -> promised working days.
POLICY = {
    "collection_rules": None, "controller": None, "contact": None, "purposes": None,
    "sdk_list": None, "retention": None, "security": None, "rights": None, "correction": 15,
    "deletion": 15, "account_cancellation": 15, "withdrawal": None, "complaint": 15,
    "minors": None, "cross_border": None,
}  # fmt: skip
POLICY_TYPES = ("location.precise", "camera", "device.android_id", "device.operator")
POLICY_SDKS = ("umeng-analytics", "tencent-bugly", "amap-location")


def check_policy(truth: Truth, facts: Facts) -> list[str]:
    clean = truth["sample"]["file"] == "campus-clean.apk"
    policy = {"file": "assets/privacy.txt", "language": "zh-Hans", "date": "2024-09-01"}
    elements = [{"name": name, "days": days} for name, days in POLICY.items()]
    types = [{"name": name, "purpose": True, "denied": False} for name in POLICY_TYPES]
    return [
        *compare([policy] * clean, of_kind(facts, "content.policy"), "file",
                 {"language": "language", "date": "date"}),
        *compare(elements * clean, of_kind(facts, "content.policy_element"), "name",
                 {"days": "days"}),
        *compare(types * clean, of_kind(facts, "content.policy_type"), "name",
                 {"purpose": "purpose", "denied": "denied"}),
        *compare([{"name": n} for n in POLICY_SDKS] * clean,
                 of_kind(facts, "content.policy_sdk"), "name", {}),
    ]  # fmt: skip


def _read_of(row: Truth) -> Truth:
    api = row["api"].replace("#", ".")
    return {**row, "key": f"{row['site']} {api}", "api": api}


def _site_of(fact: Fact) -> str:
    """The truth writes ``->lambda`` for the body of a lambda, whose name the compiler makes."""
    site, mark, _ = str(fact.fields["site"]).partition("->lambda$")
    return f"{site}{'->lambda' if mark else ''} {fact.fields['api']}"


def check_reads(truth: Truth, facts: Facts) -> list[str]:
    """Every planted read is found at its place; nothing else is told as start-up."""
    rows = {row["key"]: row for row in map(_read_of, truth.get("reads", []))}
    found = {_site_of(fact): fact for fact in of_kind(facts, "code.api")}
    problems = [f"missing {key}" for key in rows.keys() - found.keys()]
    for key in rows.keys() & found.keys():
        fields, row = found[key].fields, rows[key]
        for name, field in (("startup", "startup"), ("owner", "owner"), ("line", "source_line"),
                            ("entry", "entry"), ("group", "group")):  # fmt: skip
            if row.get(name, "") not in ("", fields[field]):
                problems.append(f"{key}: {field} is {fields[field]!r}, not {row[name]!r}")
    return problems


def check_code(truth: Truth, facts: Facts) -> list[str]:
    weak = [{"key": f"{row['id']} {row['site']}"} for row in truth.get("weaknesses", [])]
    found = [f"{f.subject} {f.fields['site']}" for f in of_kind(facts, "code.weakness")]
    problems = [f"missing {row['key']}" for row in weak if row["key"] not in found]
    installs = {fact.fields["site"] for fact in of_kind(facts, "code.install")}
    problems += [
        f"install {row['site']}" for row in truth.get("installs", []) if row["site"] not in installs
    ]
    nested = {f.fields["site"] for f in of_kind(facts, "code.dynamic_loading")}
    bundled = {f"{row['path']}!/classes.dex" for row in truth.get("bundled", [])}
    return problems + [f"nested {path}" for path in bundled ^ nested]


# Read by hand from the screens' source: both samples have the same.
FUNCTIONS = ("check_in", "notice")


def check_functions(truth: Truth, facts: Facts) -> list[str]:
    rows = [{"name": name} for name in FUNCTIONS]
    return [
        *compare(rows, of_kind(facts, "app.function.hint"), "name", {}),
        *compare([], of_kind(facts, "app.form.field"), "name", {}),
    ]


CHECKS: list[Callable[[Truth, Facts], list[str]]] = [
    check_sample, check_permissions, check_components, check_flags, check_network, check_signing,
    check_bundled, check_libraries, check_sdks, check_packers, check_anomalies, check_policy, check_functions,
    check_reads, check_code,
]  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
@pytest.mark.parametrize("name", SAMPLES)
def test_facts_equal_the_truth(name: str, check: Callable[[Truth, Facts], list[str]]) -> None:
    assert check(load_truth(name), list(scan(name).facts)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_equals_the_truth(name: str) -> None:
    truth, sample = load_truth(name), scan(name).sample
    for key in ("app_id", "label", "label_zh", "version_name", "version_code", "platform"):
        assert getattr(sample, key) == truth["sample"][key], key
    assert sorted(sample.abis) == sorted(truth["sample"]["abis"])
    assert sample.signer is not None
    assert sample.signer.sha256 == truth["signing"]["certificate_sha256"]
    assert sample.icon_png


# What an intact scan has examined, written by hand: an analyzer that is gone is missed here, and
# one that crashed or met a limitation on these harmless samples is named.
EXAMINED = [
    "android.package", "android.permissions", "android.components", "android.flags",
    "android.network_security", "android.signing", "android.native_libraries",
    "android.bundled_packages", "android.archive", "software.packers", "software.sdks",
    "software.libraries", "content.policy", "content.functions", "code.apis", "code.dynamic_loading", "code.install",
    "code.weaknesses",
]  # fmt: skip
# What the samples give no chance to examine: campus-leaky ships an agreement but no policy.
LIMITED = {"campus-leaky": {"content.policy": "content.no-policy-inside"}, "campus-clean": {}}


@pytest.mark.parametrize("name", SAMPLES)
def test_everything_was_examined(name: str) -> None:
    answer = scan(name)
    assert {item.analyzer: item.code for item in answer.limitations} == LIMITED[name]
    partial = {
        one: CoverageState.PARTIAL if one in LIMITED[name] else CoverageState.FULL
        for one in EXAMINED
    }
    assert {item.name: item.state for item in answer.coverage} == partial


# Harmless samples show neither anomalies nor packers; the two tests after this one plant them.
STATE_NOTHING_HERE = {"android.archive", "software.packers", "software.libraries"}


@pytest.mark.parametrize(
    "analyzer",
    [one for one in ANALYZERS if "android" in one.platforms],
    ids=lambda analyzer: analyzer.id,
)
def test_an_analyzer_that_is_removed_is_missed(analyzer: Analyzer) -> None:
    """Without the facts of any one analyzer, the truth does not hold."""
    missed = []
    for name in SAMPLES:
        facts = [fact for fact in scan(name).facts if fact.analyzer != analyzer.id]
        missed += [problem for check in CHECKS for problem in check(load_truth(name), facts)]
    assert bool(missed) == (analyzer.id not in STATE_NOTHING_HERE)
    assert analyzer.id in EXAMINED


def scan_with(tmp_path: Path, *names: str) -> Answer:
    """Scan a copy of campus-clean with more entries."""
    path = tmp_path / "copy.apk"
    path.write_bytes((ROOT / "samples/android/campus-clean/campus-clean.apk").read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"planted")
    answer = examine(Request(path=str(path)), lambda _: None)
    assert isinstance(answer, Answer)
    return answer


def test_a_planted_packer_is_seen(tmp_path: Path) -> None:
    answer = scan_with(tmp_path, "lib/arm64-v8a/libjiagu.so", "assets/libjiagu.so")
    assert [fact.subject for fact in of_kind(list(answer.facts), "software.packer")] == [
        "360-jiagu"
    ]


def test_a_planted_anomaly_is_seen(tmp_path: Path) -> None:
    answer = scan_with(tmp_path, "../../etc/passwd")
    assert of_kind(list(answer.facts), "zip.anomaly")
    assert any(limitation.analyzer == "android.archive" for limitation in answer.limitations)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_verdicts_equal_the_truth(name: str) -> None:
    """All 33 lines, without a run, a declaration, documents or a register."""
    answer, truth = scan(name), load_truth(name)["outcomes"]
    facts = FactSet(
        sample=answer.sample,
        facts=answer.facts,
        limitations=answer.limitations,
        coverage=answer.coverage,
        versions=Versions(tool="test", knowledge="test"),
    )
    verdicts = {v.item: v for v in judge(facts, load_profile("admission", "whut")).verdicts}
    problems = [
        f"{item}: {verdicts[item].outcome} ({verdicts[item].code}), not {row['outcome']}"
        for item, row in truth.items()
        if item in verdicts and verdicts[item].outcome not in {row["outcome"], *row.get("also", [])}
    ]
    assert problems == []
    assert sorted(verdicts) == sorted(truth)
    assert len(truth) == 33
