"""Which dex file defines a class, for evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.dex.hashing import hash_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzers.dex.index import DexIndex


def find_class_files(index: DexIndex, names: Sequence[str]) -> dict[str, str]:
    """Map dotted class names to the dex file that defines each; unknown ones are left out."""
    if not names:
        return {}
    descriptors = ["L" + name.replace(".", "/") + ";" for name in names]
    wanted = hash_names([text.encode("utf-8", "surrogatepass") for text in descriptors])
    found: dict[str, str] = {}
    for table in index.tables:
        defined = table.type_hashes[table.classes[:, 0]]
        for place in np.flatnonzero(np.isin(wanted, defined)).tolist():
            found.setdefault(names[place], table.name)
    return found
