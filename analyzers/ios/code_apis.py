"""ios.code_apis: personal information the executables reach, by imports and sent selectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.ios.api_match import match_apis
from analyzers.ios.evidence import code_evidence
from analyzers.model import Confidence, make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios.api_match import ApiHit
    from analyzers.ios_package import IosPackage
    from analyzers.model import Fact, Limitation

ANALYZER = "ios.code_apis"


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State every catalogued API that a binary reaches, and what could not be seen."""
    for hit in match_apis(package):
        yield _state(hit, package)
    if package.main is None:
        yield make_limitation("ios.no-executable", analyzer=ANALYZER, hides=[ANALYZER])
    for binary in package.binaries:
        if binary.code.encrypted is not None:
            yield make_limitation(
                "ios.encrypted", analyzer=ANALYZER, hides=[ANALYZER], file=binary.file
            )
    for file, code in sorted(package.damaged.items()):
        if code.startswith(("macho.", "ipa.")) and package.main is not None:
            yield make_limitation(
                "ios.binary-unreadable", analyzer=ANALYZER, hides=[ANALYZER], file=file, reason=code
            )


def _state(hit: ApiHit, package: IosPackage) -> Fact:
    code, names = hit.binary.code, ", ".join(hit.apis)
    return make_fact(
        "code.api",
        hit.id,
        analyzer=ANALYZER,
        confidence=Confidence.LIKELY if hit.certain else Confidence.POSSIBLE,
        evidence=[code_evidence(hit.binary.file, f"{code.cpu} symbols, selectors", names)],
        site=hit.binary.file.removeprefix(package.root),
        api=names,
        group=hit.row.group,
        type=hit.row.type,
        line=hit.row.line,
        weight=hit.row.weight,
        owner="app" if hit.binary.name == "app" else "unattributed",
        argument="",
        via="call",
        startup="unknown",
        chain=[],
        entry="",
        source_line=None,
        file=hit.binary.file,
    )
