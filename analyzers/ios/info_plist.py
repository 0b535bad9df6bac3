"""ios.info_plist: identity, usage strings, background modes and URL schemes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzers.formats.ipa import INFO, PLUGIN
from analyzers.formats.plist import rows_of, text_of, texts_of
from analyzers.ios.api_match import match_apis
from analyzers.ios.evidence import plist_evidence
from analyzers.ios.tables import load_plist_rows, load_usage_keys
from analyzers.ios.usage_strings import is_chinese, rate_text
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios_package import IosPackage
    from analyzers.model import Fact, Limitation

ANALYZER = "ios.info_plist"
MAX_SCHEMES = 500
WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State what Info.plist says."""
    yield _app(package)
    yield from _usages(package)
    file = package.root + INFO
    for mode in dict.fromkeys(texts_of(package.info, "UIBackgroundModes")):
        types = load_plist_rows().background.get(mode, ())
        evidence = plist_evidence(file, "UIBackgroundModes", mode)
        yield make_fact(
            "ios.background_mode", mode, analyzer=ANALYZER, evidence=[evidence], types=list(types)
        )
    yield from _schemes(package)
    for name, reason in sorted(package.damaged.items()):
        if name.endswith((".strings", ".plist")):
            yield make_limitation(
                "ios.plist-unreadable", analyzer=ANALYZER, file=name, reason=reason
            )


def _app(package: IosPackage) -> Fact:
    info, sample = package.info, package.sample()
    identifier = text_of(info, "CFBundleIdentifier")
    main = package.main
    simulator = "iPhoneSimulator" in texts_of(info, "CFBundleSupportedPlatforms")
    return make_fact(
        "ios.app",
        identifier,
        analyzer=ANALYZER,
        evidence=[plist_evidence(package.root + INFO, "CFBundleIdentifier", identifier)],
        label=sample.label,
        label_zh=sample.label_zh,
        version_name=sample.version_name,
        build=text_of(info, "CFBundleVersion"),
        minimum_os=text_of(info, "MinimumOSVersion") or (main.code.minimum_os if main else ""),
        sdk=text_of(info, "DTSDKName"),
        architectures=list(sample.abis),
        simulator=simulator or (main is not None and main.code.platform == "simulator"),
        extensions=[
            match[1]
            for bundle in package.bundles
            if (match := PLUGIN.fullmatch(bundle[len(package.root) :]))
        ],
    )


def _usages(package: IosPackage) -> Iterator[Fact]:
    info, chinese, keys = package.info, package.chinese, load_usage_keys()
    shown = {key: chinese.get(key) or text_of(info, key) for key in keys if key in info}
    needed: dict[str, list[str]] = {}
    used: set[str] = set()
    for hit in match_apis(package):
        used.update(hit.row.usage)
        present = any(key in shown for key in hit.row.usage)
        if hit.row.usage and not present and hit.certain and hit.row.weight == "decisive":
            needed.setdefault(hit.row.usage[0], []).extend(hit.apis)
    for key, text in shown.items():
        group = keys[key].group
        others = [shown[other] for other in shown if keys[other].group != group]
        state = rate_text(text, others)
        yield _usage(package, key, text, state, used=key in used)
    for key, apis in needed.items():
        yield _usage(package, key, "", "missing", used=True, apis=", ".join(apis))


def _usage(
    package: IosPackage, key: str, text: str, state: str, *, used: bool, apis: str = ""
) -> Fact:
    row = load_usage_keys()[key]
    if state == "missing":
        main = package.binaries[0].file
        evidence = [
            plist_evidence(package.root + INFO, key, ""),
            plist_evidence(main, "symbols, selectors", apis),
        ]
    else:
        evidence = [plist_evidence(package.root + INFO, key, text)]
    return make_fact(
        "ios.usage",
        key,
        analyzer=ANALYZER,
        evidence=evidence,
        group=row.group,
        name_zh=row.name_zh,
        name_en=name_key(key),
        types=list(row.types),
        line=row.line,
        text=text,
        chinese=is_chinese(text),
        state=state,
        used=used,
    )


def name_key(key: str) -> str:
    """Name a usage key in English: ``Location When In Use``."""
    bare = key.removeprefix("NS").removesuffix("UsageDescription")
    return WORD.sub(" ", bare)


def _schemes(package: IosPackage) -> Iterator[Fact | Limitation]:
    handled = [
        scheme
        for row in rows_of(package.info, "CFBundleURLTypes")
        for scheme in texts_of(row, "CFBundleURLSchemes")
    ]
    queried = texts_of(package.info, "LSApplicationQueriesSchemes")
    file = package.root + INFO
    for role, key, schemes in (
        ("handled", "CFBundleURLTypes", handled),
        ("queried", "LSApplicationQueriesSchemes", queried),
    ):
        kept = list(dict.fromkeys(schemes))
        for scheme in kept[:MAX_SCHEMES]:
            evidence = plist_evidence(file, key, scheme)
            yield make_fact("ios.scheme", scheme, analyzer=ANALYZER, evidence=[evidence], role=role)
        if len(kept) > MAX_SCHEMES:
            yield make_limitation("ios.many-schemes", analyzer=ANALYZER, limit=MAX_SCHEMES)
