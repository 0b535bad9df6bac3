"""android.package: the identity the manifest states, and how the app appears to its user."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from analyzers.android.evidence import manifest_evidence
from analyzers.model import make_fact, make_limitation
from analyzers.package import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.package"
INVISIBLE = ("Cf", "Zs", "Zl", "Zp", "Cc", "Mn", "Me")
"""Unicode categories of characters that show nothing by themselves."""


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State the identity and the launcher entry."""
    manifest = package.manifest
    label = manifest.application.label
    yield make_fact(
        "android.package",
        manifest.package,
        analyzer=ANALYZER,
        evidence=[manifest_evidence(package, None)],
        version_name=manifest.version_name,
        version_code=manifest.version_code,
        min_sdk=manifest.effective_min_sdk,
        target_sdk=manifest.effective_target_sdk,
        shared_user_id=manifest.shared_user_id,
        label=label,
        label_zh=manifest.application.label_zh,
        abis=list(package.abis),
    )
    launchers = manifest.launchers
    shown = (launchers[0].label if launchers else "") or label
    yield make_fact(
        "android.launcher",
        manifest.package,
        analyzer=ANALYZER,
        evidence=[
            manifest_evidence(
                package, launchers[0].element if launchers else manifest.application.element
            )
        ],
        activity=launchers[0].name if launchers else "",
        label_blank=is_blank(shown),
        icon_transparent=package.icon.transparent if package.icon else None,
    )
    if package.resources is None and TABLE in package.damaged:
        yield make_limitation(
            "arsc.damaged", analyzer=ANALYZER, reason=package.damaged[TABLE], file=TABLE
        )


def is_blank(label: str) -> bool:
    """Tell whether a label shows nothing: empty, spaces, invisible or control characters."""
    return all(
        unicodedata.category(letter) in INVISIBLE or letter in "\u3164\u2800\uffa0\u115f\u1160"
        for letter in label
    )
