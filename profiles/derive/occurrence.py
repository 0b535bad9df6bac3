"""Where each personal-information type occurs: declared, in code, in the run, sent, in the policy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from profiles.derive.marks import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.model import Fact
    from profiles.derive.marks import Source

Occurrences = dict[str, list["Fact"]]

FAMILIES = ("location", "media")
"""Types of one family stand for each other: a policy that names 位置信息 names all of them."""


def family_of(type_id: str) -> str:
    """Give the name under which a type is compared between sources."""
    head = type_id.split(".")[0]
    return head if head in FAMILIES else type_id


def declared_types(source: Source) -> Occurrences:
    """Types of the declaration."""
    return _by(source.of_kind("declaration.type"))


def policy_types(source: Source) -> Occurrences:
    """Types the policy names, the denied ones included."""
    return _by(source.of_kind("content.policy_type"))


def code_types(source: Source) -> Occurrences:
    """Types that decisive calls in the code read."""
    return source.once("code", lambda: _by_field(source.of_kind("code.api")))


def run_types(source: Source) -> Occurrences:
    """Types that decisive accesses of the run returned."""
    return source.once(
        "run",
        lambda: _by_field(
            fact
            for fact in source.of_kind("runtime.event")
            if fact.fields.get("result") == "returned"
        ),
    )


def sent_types(source: Source) -> Occurrences:
    """Types recognised in what was sent."""
    found: Occurrences = defaultdict(list)
    for flow in source.of_kind("runtime.flow"):
        for type_id in words_of(flow, "types"):
            found[type_id].append(flow)
    return found


def strongest_proof(source: Source) -> dict[str, tuple[str, list[Fact]]]:
    """Give each type that was found with its strongest proof (sent, run, code) and the facts."""
    proofs: dict[str, tuple[str, list[Fact]]] = {}
    for proof, found in (
        ("sent", sent_types(source)),
        ("run", run_types(source)),
        ("code", code_types(source)),
    ):
        for type_id, facts in found.items():
            proofs.setdefault(type_id, (proof, facts))
    return proofs


def _by(facts: list[Fact]) -> Occurrences:
    found: Occurrences = defaultdict(list)
    for fact in facts:
        found[fact.subject].append(fact)
    return found


def _by_field(facts: Iterable[Fact]) -> Occurrences:
    found: Occurrences = defaultdict(list)
    for fact in facts:
        fields = fact.fields
        type_id = fields.get("type")
        if fields.get("weight") == "decisive" and isinstance(type_id, str) and type_id:
            found[type_id].append(fact)
    return found
