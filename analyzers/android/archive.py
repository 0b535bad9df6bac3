"""android.archive: where the package departs from what ordinary tools write.

Each departure is a fact, and a limitation that says what Android makes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.evidence import file_evidence
from analyzers.app_package import BUNDLE_TABLE, TABLE
from analyzers.formats.members import MANIFEST
from analyzers.formats.zip_check import check_archive
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.members import Member
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.archive"
CODE = ("code", "software")
MANIFEST_PARTS = ("android.permissions", "android.components")
HIDES = {
    "zip.dex-in-front": CODE,
    "zip.duplicate-name": CODE,
    "axml.chunk-size": MANIFEST_PARTS,
    "axml.unclosed-element": MANIFEST_PARTS,
    "axml.element-size": MANIFEST_PARTS,
    "axml.string-damaged": MANIFEST_PARTS,
}
"""Examinations whose silence means nothing where a departure leaves something unread."""
HIDDEN_BY_PART = (
    (".dex", CODE),
    (MANIFEST, MANIFEST_PARTS),
    (".apk", (*MANIFEST_PARTS, *CODE)),
    (TABLE, ("content", "android.network_security")),
    (BUNDLE_TABLE, ("content", "android.network_security")),
)
"""The same for parts that cannot be read, by the end of their name."""


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every departure of the archive, of the manifest, and every part that is damaged."""
    if package.is_container:
        yield make_limitation("package.container", analyzer=ANALYZER, files=len(package.members))
    if package.skipped:
        yield make_limitation(
            "package.variants-skipped",
            analyzer=ANALYZER,
            count=len(package.skipped),
            first=package.skipped[0],
        )
    split = package.manifest.split
    if (split.required or split.required_types) and len(package.members) < 2:
        unseen = (*MANIFEST_PARTS, *CODE, "android.bundled_packages", "content")
        yield make_limitation("package.splits-missing", analyzer=ANALYZER, hides=unseen)
    _ = package.dex_entries()
    checked = set()
    for member in package.members:
        if member.archive not in checked:
            checked.add(member.archive)
            yield from _check(package, member)
    found = [(file, each) for file, one in package.manifests for each in one.anomalies]
    for file, anomaly in found:
        yield make_fact(
            "axml.anomaly",
            anomaly.code,
            analyzer=ANALYZER,
            evidence=[file_evidence(file, anomaly.code, place=anomaly.where)],
            file=file,
        )
        code = f"axml.{anomaly.code}"
        yield make_limitation(code, analyzer=ANALYZER, hides=HIDES.get(code, ()), file=file)
    for file, reason in package.damaged.items():
        hidden = next((names for end, names in HIDDEN_BY_PART if file.endswith(end)), ())
        yield make_limitation(
            "package.part-damaged", analyzer=ANALYZER, hides=hidden, file=file, reason=reason
        )


def _check(package: AppPackage, member: Member) -> Iterator[Fact | Limitation]:
    prefix = f"{member.name}!/" if member.name and not member.bundle else ""
    for anomaly in check_archive(member.archive):
        where = prefix + anomaly.where
        yield make_fact(
            "zip.anomaly",
            anomaly.code,
            analyzer=ANALYZER,
            evidence=[file_evidence(where or package.name, anomaly.code)],
            entry=where,
            count=anomaly.count,
        )
        code = f"zip.{anomaly.code}"
        yield make_limitation(
            code, analyzer=ANALYZER, hides=HIDES.get(code, ()), entry=where, count=anomaly.count
        )
