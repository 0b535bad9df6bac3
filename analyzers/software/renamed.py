"""Which renamed classes belong to a recognised SDK: those whose methods load its own strings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzers.dex.index import DexIndex
    from analyzers.knowledge.catalogue import Catalogue
    from analyzers.software.match import Detection

STRINGS_PER_CLASS = 2
"""A class counts as an SDK's when its methods load so many different strings of it."""


def find_renamed_classes(
    index: DexIndex, catalogue: Catalogue, detections: Iterable[Detection]
) -> dict[str, str]:
    """Map dotted names of renamed classes to the entry they belong to.

    The result is what ``Owners(renamed=…)`` takes. Strings that two entries share are not used.
    Needs decoded code; classes without such strings stay unattributed.
    """
    strings = _own_strings(catalogue, [d.id for d in detections if d.renamed])
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text, class_name in _loading_classes(index, list(strings)):
        seen[class_name, strings[text]].add(text)
    found: dict[str, str] = {}
    for (class_name, entry_id), texts in sorted(seen.items(), key=lambda item: len(item[1])):
        if len(texts) >= STRINGS_PER_CLASS:
            found[class_name] = entry_id
    return found


def _own_strings(catalogue: Catalogue, ids: list[str]) -> dict[str, str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for entry_id in ids:
        for text in catalogue.entries[entry_id].strings:
            owners[text].append(entry_id)
    return {text: entries[0] for text, entries in owners.items() if len(entries) == 1}


def _loading_classes(index: DexIndex, texts: list[str]) -> Iterator[tuple[str, str]]:
    """Give (string, class) for every method that loads one of the strings."""
    hits = index.find_texts(texts)
    if not hits:
        return
    wanted = set(texts)
    sites, files = index.uses.strings, index.bodies.item_file
    for hit in hits:
        known = dict(zip(hit.rows.tolist(), hit.texts, strict=True))
        rows = np.flatnonzero(np.isin(sites.target, hit.rows) & (files[sites.item] == hit.file))
        places, methods = index.bodies.methods_of(sites.item[rows])
        for place, method in zip(places.tolist(), index.method_texts(methods), strict=True):
            text = known[int(sites.target[rows[place]])]
            if text in wanted:
                descriptor = method.partition(";->")[0]
                yield text, descriptor.removeprefix("L").replace("/", ".")
