"""Sensitive APIs the code calls, each with its owner and whether it can run before any tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.android.code_hits import Hit, HitFinder
from analyzers.android.code_view import code_view
from analyzers.dex.startup import find_startup
from analyzers.model import Confidence, make_fact, make_limitation, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_view import CodeView
    from analyzers.dex.startup import Startup
    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ID = "code.apis"
HIDDEN = ("code.apis", "code.startup")
"""Coverage names whose silence means less when something here could not be read."""
SITES_PER_GROUP = 4
"""Sites told for one API, owner and start-up answer; the others are counted."""
MAX_FACTS = 3_000
MAX_CHAIN = 14
Answered = tuple[str, Hit]
"""``yes``, ``unknown`` or ``no``, and the site."""
_ORDER = {"yes": 0, "unknown": 1, "no": 2}


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State the catalogued APIs, the size of the code, and what could not be read."""
    index = package.index
    if index.files:
        yield _statistics(package)
    for code, params in index.problems:
        yield make_limitation(code, analyzer=ID, hides=HIDDEN, **params)
    if not index.files:
        return
    view = code_view(package)
    finder = HitFinder(view)
    hits, startup = find_sites(view, finder)
    yield from _state(view, hits, startup)
    if finder.unknown:
        yield make_limitation(
            "code.arguments_unknown",
            analyzer=ID,
            members=len(finder.unknown),
            calls=sum(finder.unknown.values()),
            most=max(finder.unknown, key=lambda name: finder.unknown[name]),
        )
    if startup.capped or view.tracer.capped:
        yield make_limitation("code.startup_capped", analyzer=ID, hides=HIDDEN)


def find_sites(view: CodeView, finder: HitFinder) -> tuple[list[Answered], Startup]:
    """Give every site with its start-up answer, the nearest to the start first."""
    hits = list(finder.find())
    wanted = np.unique(np.array([hit.site.method for hit in hits], np.int32))
    startup = find_startup(view.program, view.entries, wanted)
    return _sorted(hits, startup), startup


def _state(view: CodeView, hits: list[Answered], startup: Startup) -> Iterator[Fact | Limitation]:
    """State the hits, the nearest to the start first, a few per API, owner and answer."""
    told: dict[tuple[str, str, str], int] = {}
    left = 0
    for state, hit in hits:
        owner = view.owner_of(hit.site.method)
        key = (hit.row.id, owner.id, state)
        told[key] = told.get(key, 0) + 1
        if told[key] > SITES_PER_GROUP or len(told) > MAX_FACTS:
            left += 1
            continue
        yield _fact(view, hit, state, owner.id, startup)
    if left:
        yield make_limitation("code.sites_truncated", analyzer=ID, count=left)


def _sorted(hits: list[Hit], startup: Startup) -> list[Answered]:
    answers = [(startup.state_of(hit.site.method, hit.site.item, hit.site.at), hit) for hit in hits]
    return sorted(
        answers,
        key=lambda pair: (
            _ORDER[pair[0]],
            len(startup.chain_to(pair[1].site.method)) if pair[0] != "no" else 0,
            pair[1].row.id,
            pair[1].site.item,
            pair[1].site.at,
        ),
    )


def _fact(view: CodeView, hit: Hit, state: str, owner: str, startup: Startup) -> Fact:
    chain = startup.chain_to(hit.site.method) if state != "no" else []
    texts = [view.method_text(method) for method in chain]
    argument = shorten(hit.argument, 200)
    return make_fact(
        "code.api",
        hit.row.id,
        analyzer=ID,
        evidence=[view.evidence(hit.site, f"{hit.via} {hit.api} {argument}".rstrip())],
        confidence=Confidence.LIKELY if hit.via == "reflection" else Confidence.CERTAIN,
        site=view.method_text(hit.site.method),
        api=hit.api,
        group=hit.row.group,
        type=hit.row.type,
        line=hit.row.line,
        weight=hit.row.weight,
        owner=owner,
        argument=argument,
        via=hit.via,
        startup=state,
        chain=[*_shorten(texts)],
        entry=texts[0] if texts else "",
        source_line=view.line_of(hit.site),
        file=view.file_of(hit.site.item),
    )


def _shorten(chain: list[str]) -> list[str]:
    """Keep both ends of a long chain; the cut is marked."""
    if len(chain) <= MAX_CHAIN:
        return chain
    half = MAX_CHAIN // 2
    return [*chain[:half], "…", *chain[-half + 1 :]]


def _statistics(package: AppPackage) -> Fact:
    from analyzers.android.evidence import file_evidence

    index = package.index
    return make_fact(
        "code.statistics",
        "dex",
        analyzer=ID,
        evidence=[file_evidence(index.files[0].name)],
        dex_files=len(index.files),
        dex_bytes=sum(file.size for file in index.files),
        classes=sum(file.classes for file in index.files),
        methods=sum(file.methods for file in index.files),
        calls=len(index.uses.calls),
    )
