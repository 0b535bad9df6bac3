"""Reading what a package shows: the bridge from opened packages to the matchers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from analyzers.software.observed import Observed

if TYPE_CHECKING:
    from analyzers.dex.index import DexIndex
    from analyzers.formats.manifest import Manifest
    from analyzers.knowledge.catalogue import Catalogue
    from analyzers.package import AppPackage

HOST = re.compile(rb"https?://([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})")


def observe_names(package: AppPackage) -> Observed:
    """Read the names of an opened Android package: classes, components, meta-data, files."""
    manifest = package.manifest
    return Observed(
        classes=package.index.class_names,
        own=tuple(name for name in (manifest.package,) if "." in name),
        components=read_components(manifest),
        meta=read_meta(manifest),
        files=package.names,
    )


def observe_android(package: AppPackage, catalogue: Catalogue) -> Observed:
    """Read names and string constants; hosts are read by ``observe_hosts`` where they matter."""
    return msgspec.structs.replace(
        observe_names(package),
        classes=package.index.class_names[:],
        strings=read_strings(package.index, catalogue),
    )


def observe_hosts(package: AppPackage, observed: Observed) -> Observed:
    """Add the hosts of URLs to what was seen."""
    return msgspec.structs.replace(observed, hosts=read_hosts(package.index))


def read_components(manifest: Manifest) -> tuple[str, ...]:
    """Give the class names of all components, alias targets and the Application included."""
    application = manifest.application
    names = [application.name, application.component_factory, application.backup_agent]
    for component in manifest.components:
        names += [component.name, component.target]
    return tuple(dict.fromkeys(name for name in names if name))


def read_meta(manifest: Manifest) -> tuple[str, ...]:
    """Give the names of all meta-data, of the application and of its components."""
    names = dict.fromkeys(manifest.meta_data)
    for component in manifest.components:
        names.update(dict.fromkeys(component.meta_data))
    return tuple(names)


def read_strings(index: DexIndex, catalogue: Catalogue) -> frozenset[str]:
    """Give those strings and domains of the catalogue that are string constants."""
    wanted: dict[str, None] = {}
    for entry in catalogue.entries.values():
        wanted.update(dict.fromkeys(entry.strings))
        wanted.update(dict.fromkeys(entry.domains))
    known = set(wanted)
    hits = index.find_texts(list(wanted))
    return frozenset(text for hit in hits for text in hit.texts if text in known)


def read_hosts(index: DexIndex) -> frozenset[str]:
    """Give the hosts of all URLs among the string constants, in lower case."""
    hosts = set()
    for hit in index.find_strings(HOST):
        for text in hit.texts:
            match = HOST.search(text.encode("utf-8", "replace"))
            if match:
                hosts.add(match[1].decode("ascii").lower())
    return frozenset(hosts)
