"""The bill of materials of a package as a CycloneDX document (version 1.5, JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzers.model import Fact, FactSet

FORMAT = "1.5"


def make_cyclonedx(fact_set: FactSet) -> dict[str, Any]:
    """Give the CycloneDX document of a sample: the app, its SDKs and its libraries.

    Libraries and SDKs with the same package URL become one component; vulnerabilities are those of
    an imported advisory list. The document has no time stamp, so equal scans give equal documents.
    """
    sample = fact_set.sample
    components = [_component_of_sdk(fact) for fact in fact_set.of_kind("software.sdk")]
    known = {component.get("purl", "").partition("@")[0] for component in components} - {""}
    components += [
        _component_of_library(fact)
        for fact in fact_set.of_kind("software.library")
        if str(fact.fields["purl"]).partition("@")[0] not in known
    ]
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": FORMAT,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "app",
                "name": sample.app_id or sample.name,
                "version": sample.version_name,
                "hashes": [{"alg": "SHA-256", "content": sample.sha256}],
            },
            "tools": {
                "components": [
                    {"type": "application", "name": "appadmit", "version": fact_set.versions.tool}
                ]
            },
        },
        "components": sorted(components, key=lambda component: str(component["bom-ref"])),
    }
    vulnerabilities = [_vulnerability(fact) for fact in fact_set.of_kind("software.vulnerable")]
    if vulnerabilities:
        document["vulnerabilities"] = vulnerabilities
    return document


def _component_of_sdk(fact: Fact) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"sdk:{fact.subject}",
        "name": fact.fields["name_en"],
        "properties": [
            {"name": "appadmit:confidence", "value": str(fact.confidence)},
            {"name": "appadmit:category", "value": str(fact.fields["category"])},
            {"name": "appadmit:tracker", "value": str(bool(fact.fields["tracker"])).lower()},
        ],
    }
    if fact.fields["version"]:
        component["version"] = fact.fields["version"]
    if fact.fields["vendor"]:
        component["supplier"] = {"name": fact.fields["vendor"]}
    if fact.fields["purl"]:
        component["purl"] = fact.fields["purl"]
    return component


def _component_of_library(fact: Fact) -> dict[str, Any]:
    group, _, artifact = fact.subject.partition(":")
    component = {
        "type": "library",
        "bom-ref": f"maven:{fact.subject}",
        "group": group,
        "name": artifact,
        "purl": fact.fields["purl"],
    }
    if fact.fields["version"]:
        component["version"] = fact.fields["version"]
    return component


def _vulnerability(fact: Fact) -> dict[str, Any]:
    reference = f"maven:{fact.subject}" if ":" in fact.subject else f"sdk:{fact.subject}"
    return {
        "id": fact.fields["advisory"],
        "ratings": [{"severity": fact.fields["severity"]}] if fact.fields["severity"] else [],
        "affects": [{"ref": reference}],
    }
