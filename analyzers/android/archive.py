"""android.archive: where the package departs from what ordinary tools write.

Each departure is a fact, and a limitation that says what Android makes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.evidence import file_evidence
from analyzers.formats.zip_check import check_archive
from analyzers.model import make_fact, make_limitation
from analyzers.package import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.archive"


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every departure of the archive, of the manifest, and every part that is damaged."""
    _ = package.dex_entries()
    for anomaly in check_archive(package.archive):
        yield make_fact(
            "zip.anomaly",
            anomaly.code,
            analyzer=ANALYZER,
            evidence=[file_evidence(anomaly.where or package.name, anomaly.code)],
            entry=anomaly.where,
            count=anomaly.count,
        )
        yield make_limitation(
            f"zip.{anomaly.code}", analyzer=ANALYZER, entry=anomaly.where, count=anomaly.count
        )
    for anomaly in package.manifest.anomalies:
        yield make_fact(
            "axml.anomaly",
            anomaly.code,
            analyzer=ANALYZER,
            evidence=[file_evidence(MANIFEST, anomaly.code, place=anomaly.where)],
            file=MANIFEST,
        )
        yield make_limitation(f"axml.{anomaly.code}", analyzer=ANALYZER, file=MANIFEST)
    for file, reason in package.damaged.items():
        yield make_limitation("package.part-damaged", analyzer=ANALYZER, file=file, reason=reason)
