"""ios.privacy_manifest: what PrivacyInfo.xcprivacy declares, against what the code uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.formats.plist import rows_of, text_of, texts_of
from analyzers.ios.api_match import imported_names, is_own
from analyzers.ios.evidence import code_evidence, plist_evidence
from analyzers.ios.tables import load_plist_rows, load_reasons
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.plist import Plain
    from analyzers.ios_package import Binary, IosPackage
    from analyzers.model import Evidence, Fact, Limitation

ANALYZER = "ios.privacy_manifest"
NAME = "PrivacyInfo.xcprivacy"
APIS, COLLECTED = "NSPrivacyAccessedAPITypes", "NSPrivacyCollectedDataTypes"
MAX_ROWS = 200


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State the manifests, the data they declare, and the required-reason APIs of each bundle."""
    for bundle, owner in _bundles(package):
        file = bundle + NAME
        rows = package.read_plist(file)
        if file in package.damaged:
            yield make_limitation(
                "ios.plist-unreadable", analyzer=ANALYZER, file=file, reason=package.damaged[file]
            )
        if rows is not None:
            yield _manifest(file, owner, rows)
            yield from _collected(file, owner, rows)
        yield from _reasons(package, bundle, owner, rows or {})


def _bundles(package: IosPackage) -> Iterator[tuple[str, str]]:
    for bundle in package.bundles:
        stem = bundle.rstrip("/").rpartition("/")[2].rpartition(".")[0]
        yield bundle, "app" if bundle == package.root else stem


def _manifest(file: str, owner: str, rows: dict[str, Plain]) -> Fact:
    return make_fact(
        "ios.privacy_manifest",
        file,
        analyzer=ANALYZER,
        evidence=[plist_evidence(file, "", rows)],
        owner=owner,
        tracking=rows.get("NSPrivacyTracking") is True,
        tracking_domains=texts_of(rows, "NSPrivacyTrackingDomains")[:MAX_ROWS],
        collected=[text_of(row, "NSPrivacyCollectedDataType") for row in rows_of(rows, COLLECTED)][
            :MAX_ROWS
        ],
        categories=[text_of(row, "NSPrivacyAccessedAPIType") for row in rows_of(rows, APIS)][
            :MAX_ROWS
        ],
    )


def _collected(file: str, owner: str, rows: dict[str, Plain]) -> Iterator[Fact]:
    known = load_plist_rows().collected
    for row in rows_of(rows, COLLECTED)[:MAX_ROWS]:
        name = text_of(row, "NSPrivacyCollectedDataType")
        yield make_fact(
            "ios.collected_data",
            name,
            analyzer=ANALYZER,
            evidence=[plist_evidence(file, COLLECTED, row)],
            owner=owner,
            types=list(known.get(name, ())),
            linked=row.get("NSPrivacyCollectedDataTypeLinked") is True,
            tracking=row.get("NSPrivacyCollectedDataTypeTracking") is True,
            purposes=texts_of(row, "NSPrivacyCollectedDataTypePurposes"),
        )


def _reasons(
    package: IosPackage, bundle: str, owner: str, rows: dict[str, Plain]
) -> Iterator[Fact]:
    declared = {
        text_of(row, "NSPrivacyAccessedAPIType"): texts_of(row, "NSPrivacyAccessedAPITypeReasons")
        for row in rows_of(rows, APIS)[:MAX_ROWS]
    }
    binary = next((b for b in package.binaries if b.bundle == bundle and is_own(b)), None)
    found = _used(binary) if binary else {}
    for category in dict.fromkeys([*load_reasons(), *declared]):
        apis, reasons = found.get(category, []), declared.get(category, [])
        if not apis and category not in declared:
            continue
        known = load_reasons()[category].reasons if category in load_reasons() else ()
        evidence: list[Evidence] = []
        if category in declared:
            evidence.append(plist_evidence(bundle + NAME, f"{APIS}/{category}", list(reasons)))
        if binary is not None and apis:
            evidence.append(code_evidence(binary.file, "symbols, selectors", ", ".join(apis)))
        yield make_fact(
            "ios.required_reason",
            category,
            analyzer=ANALYZER,
            evidence=evidence,
            owner=owner,
            used=bool(apis),
            declared=category in declared,
            reasons=reasons,
            unknown_reasons=[reason for reason in reasons if reason not in known],
            apis=apis,
        )


def _used(binary: Binary) -> dict[str, list[str]]:
    """Give the required-reason APIs of a binary by category."""
    imported, selectors = imported_names(binary.code), binary.code.selectors
    return {
        category: [
            *(name for name in (*row.functions, *row.constants) if name in imported),
            *(name for name in row.selectors if name in selectors),
        ]
        for category, row in load_reasons().items()
    }
