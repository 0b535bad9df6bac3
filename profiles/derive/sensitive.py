"""Sensitive types and biometric indicators, from every source (AR-2.10, AR-4.2)."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from profiles.derive.marks import Source, make_derived, text_of, words_of
from profiles.derive.occurrence import code_types, declared_types, run_types, sent_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact

TABLE = Path(__file__).parent.parent / "tables" / "sensitive.toml"
BIOMETRIC = {
    "biometric.face": "face",
    "biometric.fingerprint": "fingerprint",
    "biometric.voice": "voice",
    "biometric.local": "local",
}
Seen = dict[str, dict[str, list["Fact"]]]
"""Type -> source -> facts."""


@cache
def load_sensitive() -> dict[str, bool]:
    """Read the sensitive types: True where PIPL article 28 names the class."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))
    return dict.fromkeys(rows["law"], True) | dict.fromkeys(rows["practice"], False)


def derive_sensitive(source: Source) -> Iterator[Fact]:
    """Give each sensitive type and each biometric indicator once, with where it shows."""
    seen = _gather(source)
    for type_id, law in load_sensitive().items():
        if type_id in seen:
            facts = [fact for many in seen[type_id].values() for fact in many[:3]]
            yield make_derived(
                "derived.sensitive_type", type_id, facts, sources=list(seen[type_id]), law=law
            )
    denied = any(
        fact.fields.get("biometrics") is False for fact in source.of_kind("declaration.app")
    )
    for type_id, indicator in BIOMETRIC.items():
        ways = {way: facts for way, facts in seen.get(type_id, {}).items() if way != "declaration"}
        if ways:
            facts = [fact for many in ways.values() for fact in many[:3]]
            yield make_derived(
                "derived.biometric",
                indicator,
                facts,
                strength="local" if indicator == "local" else "collects",
                sources=list(ways),
                names=[text_of(f, "name_zh") for f in ways.get("sdk", [])],
                denied=denied,
            )


def _gather(source: Source) -> Seen:
    seen: Seen = defaultdict(dict)
    for permission in source.of_kind("android.permission.declared"):
        for type_id in words_of(permission, "types"):
            seen[type_id].setdefault("permission", []).append(permission)
    for sdk in source.of_kind("software.sdk"):
        if sdk.fields.get("category") == "face":
            seen["biometric.face"].setdefault("sdk", []).append(sdk)
    for way, found in (
        ("code", code_types(source)),
        ("run", run_types(source)),
        ("sent", sent_types(source)),
        ("declaration", declared_types(source)),
    ):
        for type_id, facts in found.items():
            seen[type_id][way] = facts
    return seen
