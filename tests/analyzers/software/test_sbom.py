"""The bill of materials: libraries read from the package, CycloneDX, known vulnerabilities."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analyzers.knowledge.advisories import Advisory
from analyzers.model import Evidence, Fact, Location, make_fact
from analyzers.software.libraries import make_library_fact, read_libraries
from analyzers.software.sbom import make_cyclonedx
from analyzers.software.vulnerable import derive_vulnerable
from tests.analyzers.software.packages import make_package
from tests.builders import make_fact_set


def test_build_markers_name_libraries() -> None:
    package = make_package(**{
        "META-INF/androidx.core_core-ktx.version": "1.9.0\n",
        "META-INF/odd_lib.version": "task ':lib' property 'version'",
        "META-INF/maven/com.google.zxing/core/pom.properties": "version=3.4.0\ngroupId=x\n",
        "play-services-base.properties": "version=18.0.1\nclient=play-services-base\n",
        "firebase-common.properties": "version=20.4.2\n",
        "other.properties": "version=1",
    })  # fmt: skip
    assert [library.purl for library in read_libraries(package)] == [
        "pkg:maven/androidx.core/core-ktx@1.9.0",
        "pkg:maven/odd/lib",
        "pkg:maven/com.google.zxing/core@3.4.0",
        "pkg:maven/com.google.android.gms/play-services-base@18.0.1",
        "pkg:maven/com.google.firebase/firebase-common@20.4.2",
    ]


def make_sdk(subject: str, version: str, purl: str) -> Fact:
    return make_fact(
        "software.sdk", subject, analyzer="software.sdks",
        evidence=[Evidence(location=Location(file="classes.dex"))],
        name_zh="", name_en=subject, vendor="Vendor", country="", category="network",
        purpose_zh="", tracker=False, tracker_reason="", library=True, version=version,
        version_source="", signatures=[], types=[], types_source="", delay_init="", renamed=False,
        classes=9, via=[], exodus_id=None, purl=purl,
    )  # fmt: skip


def make_facts() -> list[Fact]:
    package = make_package(**{"META-INF/androidx.core_core.version": "1.9.0"})
    okhttp = make_sdk("okhttp", "3.1.0", "pkg:maven/com.squareup.okhttp3/okhttp@3.1.0")
    return [okhttp, *map(make_library_fact, read_libraries(package))]


OKHTTP = Advisory("GHSA-1", "com.squareup.okhttp3:okhttp", (("3.0.0", "3.1.2", False),), (), "HIGH")


def test_cyclonedx_lists_app_and_components() -> None:
    document = make_cyclonedx(make_fact_set(*make_facts()))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.5")
    assert [(c["bom-ref"], c["version"], c["purl"]) for c in document["components"]] == [
        ("maven:androidx.core:core", "1.9.0", "pkg:maven/androidx.core/core@1.9.0"),
        ("sdk:okhttp", "3.1.0", "pkg:maven/com.squareup.okhttp3/okhttp@3.1.0"),
    ]
    assert "vulnerabilities" not in document
    assert json.loads(json.dumps(document)) == document


def test_the_same_library_from_both_sources_is_one_component() -> None:
    package = make_package(**{"META-INF/a_b.version": "1"})
    facts = [make_sdk("ab", "", "pkg:maven/a/b"), *map(make_library_fact, read_libraries(package))]
    document = make_cyclonedx(make_fact_set(*facts))
    assert [component["bom-ref"] for component in document["components"]] == ["sdk:ab"]


def test_a_listed_version_is_stated_with_its_fix() -> None:
    (found,) = derive_vulnerable(make_facts(), [OKHTTP])
    assert (found.subject, found.fields) == (
        "okhttp",
        {"advisory": "GHSA-1", "version": "3.1.0", "fixed": "3.1.2", "severity": "HIGH"},
    )
    document = make_cyclonedx(make_fact_set(*make_facts(), found))
    assert document["vulnerabilities"][0]["affects"] == [{"ref": "sdk:okhttp"}]


@pytest.mark.parametrize("version", ["", "3.1.2"])
def test_unknown_and_fixed_versions_are_no_claim(version: str) -> None:
    purl = "pkg:maven/com.squareup.okhttp3/okhttp"
    sdk = make_sdk("okhttp", version, f"{purl}@{version}" if version else purl)
    assert list(derive_vulnerable([sdk], [OKHTTP])) == []


def test_without_a_list_nothing_is_claimed() -> None:
    nothing: list[Any] = []
    assert list(derive_vulnerable(make_facts(), nothing)) == []
