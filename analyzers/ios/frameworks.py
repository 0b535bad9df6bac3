"""ios.frameworks: executables, and the frameworks they link or the app embeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.ipa import FRAMEWORK, INFO
from analyzers.formats.plist import text_of
from analyzers.ios.api_match import SYSTEM_SWIFT
from analyzers.ios.evidence import code_evidence
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.ios_package import Binary, IosPackage
    from analyzers.model import Fact, Limitation

ANALYZER = "ios.frameworks"
SYSTEM_PATHS = ("/System/Library/", "/usr/lib/")
MAX_FRAMEWORKS = 2_000


class _Linked(msgspec.Struct):
    file: str
    path: str
    weak: bool
    linked_by: list[str]
    system: bool


def extract(package: IosPackage) -> Iterator[Fact | Limitation]:
    """State every binary, and every framework once."""
    for binary in package.binaries:
        yield _binary(binary)
    embedded = {
        match[1]: bundle
        for bundle in package.bundles
        if (match := FRAMEWORK.fullmatch(bundle[len(package.root) :]))
    }
    linked = _collect(package)
    for binary in package.binaries:
        if binary.bundle == package.root and binary.name != "app":
            embedded.setdefault(binary.name, binary.file)
    names = list(dict.fromkeys([*linked, *embedded]))
    for name in names[:MAX_FRAMEWORKS]:
        yield _framework(package, name, linked.get(name), embedded.get(name))
    if len(names) > MAX_FRAMEWORKS:
        yield make_limitation("ios.many-frameworks", analyzer=ANALYZER, limit=MAX_FRAMEWORKS)


def frame_name(path: str) -> str:
    """Give the short name of a linked library: ``UIKit``, ``libz.dylib``."""
    return path.rpartition("/")[2]


def _collect(package: IosPackage) -> dict[str, _Linked]:
    linked: dict[str, _Linked] = {}
    for binary in package.binaries:
        if binary.name.startswith(SYSTEM_SWIFT):
            continue
        for dylib in binary.code.dylibs:
            name = frame_name(dylib.path)
            row = linked.get(name)
            if row is None:
                system = dylib.path.startswith(SYSTEM_PATHS)
                row = linked[name] = _Linked(binary.file, dylib.path, dylib.weak, [], system)
            row.weak = row.weak and dylib.weak
            row.linked_by.append(binary.name)
    return linked


def _framework(
    package: IosPackage, name: str, linked: _Linked | None, embedded: str | None
) -> Fact:
    version = ""
    if embedded and embedded.endswith("/"):
        version = text_of(package.read_plist(embedded + INFO) or {}, "CFBundleShortVersionString")
    if linked is not None:
        evidence = code_evidence(linked.file, "LC_LOAD_DYLIB", linked.path)
    else:
        evidence = code_evidence(embedded or "", "", name)
    return make_fact(
        "ios.framework",
        name,
        analyzer=ANALYZER,
        evidence=[evidence],
        system=name.startswith(SYSTEM_SWIFT) or (linked is not None and linked.system),
        embedded=embedded is not None,
        weak=linked is not None and linked.weak,
        linked_by=list(dict.fromkeys(linked.linked_by)) if linked else [],
        version=version,
    )


def _binary(binary: Binary) -> Fact:
    code = binary.code
    return make_fact(
        "ios.binary",
        binary.file,
        analyzer=ANALYZER,
        evidence=[code_evidence(binary.file, "header", f"{code.cpu} {code.platform}".strip())],
        owner=binary.name,
        architectures=list(code.architectures),
        encrypted=code.encrypted is not None,
        minimum_os=code.minimum_os,
        pie=code.pie,
    )
