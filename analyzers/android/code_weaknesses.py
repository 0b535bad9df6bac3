"""Weaknesses of the code with CWE and MASVS id; how much they weigh is not decided here."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from analyzers.android.code_arguments import Arguments
from analyzers.android.code_flow import Flow
from analyzers.android.code_view import Site, code_view
from analyzers.android.code_weak_crypto import find_crypto
from analyzers.android.code_weak_data import find_data
from analyzers.android.code_weak_intents import find_intents
from analyzers.android.code_weak_provider import find_providers
from analyzers.android.code_weak_rules import load_weaknesses
from analyzers.android.code_weak_secrets import find_secrets
from analyzers.android.code_weak_storage import find_storage
from analyzers.android.code_weak_tls import find_tls
from analyzers.android.code_weak_web import find_web
from analyzers.android.evidence import file_evidence
from analyzers.model import Confidence, make_fact, make_limitation
from analyzers.package import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.android.code_weak_rules import Finding
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "code.weaknesses"
MAX_FACTS = 1_500


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State the weaknesses, each method once per weakness."""
    view = code_view(package)
    told: set[tuple[str, int, str]] = set()
    for finding in _all(package, view):
        key = (finding.weakness, finding.item, finding.place)
        if key in told:
            continue
        if len(told) >= MAX_FACTS:
            yield make_limitation("facts.truncated", analyzer=ID, most=MAX_FACTS)
            return
        told.add(key)
        yield from _facts(view, finding)


def _all(package: AppPackage, view: CodeView) -> Iterator[Finding]:
    flow, arguments = Flow(view), Arguments(view, view.entries.package)
    return chain(
        find_tls(view, flow),
        find_crypto(view, flow, arguments),
        find_storage(view, flow, arguments),
        find_web(view, arguments),
        find_data(view, flow),
        find_secrets(view),
        find_intents(view, flow, arguments),
        find_providers(package.manifest),
    )


def _facts(view: CodeView, finding: Finding) -> Iterator[Fact]:
    weakness = load_weaknesses()[finding.weakness]
    common = {
        "cwe": weakness.cwe,
        "masvs": weakness.masvs,
        "detail": finding.detail,
    }
    if finding.item < 0:
        owner = view.owners.owner_of_class(finding.place.partition("->")[0]).id
        file = view.program.index.files[0].name if "->" in finding.place else MANIFEST
        yield make_fact(
            "code.weakness",
            finding.weakness,
            analyzer=ID,
            evidence=[file_evidence(file, finding.detail, place=finding.place)],
            confidence=Confidence(weakness.confidence),
            site=finding.place,
            owner=owner,
            file=file,
            **common,
        )
        return
    for method in view.program.methods_of_item(finding.item):
        site = Site(method, finding.item, finding.at)
        yield make_fact(
            "code.weakness",
            finding.weakness,
            analyzer=ID,
            evidence=[view.evidence(site, finding.detail)],
            confidence=Confidence(weakness.confidence),
            site=view.method_text(method),
            owner=view.owner_of(method).id,
            file=view.file_of(finding.item),
            **common,
        )
