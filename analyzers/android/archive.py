"""android.archive: where the package departs from what ordinary tools write.

Each departure is a fact, and a limitation that says what Android makes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.evidence import file_evidence
from analyzers.formats.zip_check import check_archive
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.members import Member
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.archive"


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every departure of the archive, of the manifest, and every part that is damaged."""
    if package.is_container:
        yield make_limitation("package.container", analyzer=ANALYZER, files=len(package.members))
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
        yield make_limitation(f"axml.{anomaly.code}", analyzer=ANALYZER, file=file)
    for file, reason in package.damaged.items():
        yield make_limitation("package.part-damaged", analyzer=ANALYZER, file=file, reason=reason)


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
        yield make_limitation(
            f"zip.{anomaly.code}", analyzer=ANALYZER, entry=where, count=anomaly.count
        )
