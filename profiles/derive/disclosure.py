"""Compare what was found with what the declaration and the policy name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.derive.marks import Source, make_derived, text_of, words_of
from profiles.derive.occurrence import (
    code_types,
    declared_types,
    family_of,
    policy_types,
    run_types,
    sent_types,
    strongest_proof,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact


def derive_disclosure(source: Source) -> Iterator[Fact]:
    """Give the five-way table, gaps, absent declarations and missing purposes."""
    yield from _matrix(source)
    declared = bool(source.of_kind("declaration.app") or source.of_kind("declaration.type"))
    if declared:
        yield from _type_gaps(source, "declaration", declared_types(source))
        yield from _sdk_gaps(source, "declaration", source.of_kind("declaration.sdk"))
        yield from _permission_gaps(source)
        yield from _absent(source)
        yield from _without_purpose(source)
    if source.of_kind("content.policy"):
        yield from _type_gaps(source, "policy", policy_types(source))
        yield from _sdk_gaps(source, "policy", source.of_kind("content.policy_sdk"))


def _matrix(source: Source) -> Iterator[Fact]:
    ways = {
        "declared": (declared_types(source), bool(source.of_kind("declaration.app"))),
        "found": (code_types(source), source.has("code.apis")),
        "seen": (run_types(source), bool(source.of_kind("runtime.run"))),
        "sent": (sent_types(source), bool(source.of_kind("runtime.run"))),
        "policy": (policy_types(source), bool(source.of_kind("content.policy"))),
    }
    for type_id in sorted({t for found, _ in ways.values() for t in found}):
        states = {
            way: "yes" if type_id in found else "no" if examined else "unknown"
            for way, (found, examined) in ways.items()
        }
        if _is_denied(ways["policy"][0].get(type_id, [])):
            states["policy"] = "denied"
        behind = [fact for found, _ in ways.values() for fact in found.get(type_id, [])[:3]]
        yield make_derived("derived.type_matrix", type_id, behind, **states)


def _is_denied(facts: list[Fact]) -> bool:
    return bool(facts) and all(fact.fields.get("denied") is True for fact in facts)


def _type_gaps(source: Source, against: str, named: dict[str, list[Fact]]) -> Iterator[Fact]:
    families = {family_of(t) for t, facts in named.items() if not _is_denied(facts)}
    for type_id, (proof, facts) in strongest_proof(source).items():
        if family_of(type_id) not in families:
            yield make_derived(
                "derived.disclosure_gap",
                type_id,
                facts,
                what="type",
                against=against,
                proof=proof,
                denied=_is_denied(named.get(type_id, [])),
                name="",
            )


def _sdk_gaps(source: Source, against: str, named: list[Fact]) -> Iterator[Fact]:
    """SDKs that are not named; naming one names its vendor's others of the same category."""
    known = {_plain(text) for fact in named for text in (fact.subject, text_of(fact, "name"))}
    sdks = [f for f in source.of_kind("software.sdk") if f.fields.get("library") is not True]
    told = {sdk.subject for sdk in sdks if known & {_plain(text) for text in _sdk_names(sdk)}}
    families = {_sdk_family(sdk) for sdk in sdks if sdk.subject in told and _sdk_family(sdk)[0]}
    for sdk in sdks:
        if sdk.subject in told or _sdk_family(sdk) in families:
            continue
        yield make_derived(
            "derived.disclosure_gap",
            sdk.subject,
            [sdk],
            what="sdk",
            against=against,
            proof=_sdk_proof(source, sdk.subject),
            denied=False,
            name=text_of(sdk, "name_zh") or text_of(sdk, "name_en"),
        )


def _sdk_family(sdk: Fact) -> tuple[str, str]:
    return text_of(sdk, "vendor"), text_of(sdk, "category")


def _sdk_proof(source: Source, sdk: str) -> str:
    """Say whether the SDK itself sent or took personal information in the run."""
    for flow in source.of_kind("runtime.flow"):
        if text_of(flow, "owner") == sdk and words_of(flow, "types"):
            return "sent"
    taken = (fact for facts in run_types(source).values() for fact in facts)
    return "run" if any(text_of(fact, "owner") == sdk for fact in taken) else "code"


def _plain(text: str) -> str:
    return "".join(text.casefold().split()).removesuffix("sdk")


def _permission_gaps(source: Source) -> Iterator[Fact]:
    known = {fact.subject for fact in source.of_kind("declaration.permission")}
    for fact in source.of_kind("android.permission.declared"):
        if fact.fields.get("level") in ("dangerous", "special") and fact.subject not in known:
            yield make_derived(
                "derived.disclosure_gap",
                fact.subject,
                [fact],
                what="permission",
                against="declaration",
                proof="code",
                denied=False,
                name=text_of(fact, "name_zh"),
            )


def _absent(source: Source) -> Iterator[Fact]:
    """Declared but found nowhere; told only where the search was complete."""
    sdks = {_plain(t) for f in source.of_kind("software.sdk") for t in _sdk_names(f)}
    requested = {fact.subject for fact in source.of_kind("android.permission.declared")}
    if source.has("software.sdks"):
        for fact in source.of_kind("declaration.sdk"):
            if not {_plain(fact.subject), _plain(text_of(fact, "name"))} & sdks:
                yield make_derived("derived.declared_absent", fact.subject, [fact], what="sdk")
    if source.has("android.permissions"):
        for fact in source.of_kind("declaration.permission"):
            if fact.subject not in requested:
                yield make_derived(
                    "derived.declared_absent", fact.subject, [fact], what="permission"
                )


def _sdk_names(fact: Fact) -> tuple[str, ...]:
    return fact.subject, text_of(fact, "name_zh"), text_of(fact, "name_en")


def _without_purpose(source: Source) -> Iterator[Fact]:
    for what in ("type", "permission", "sdk"):
        for fact in source.of_kind(f"declaration.{what}"):
            if not text_of(fact, "purpose").strip():
                yield make_derived("derived.without_purpose", fact.subject, [fact], what=what)
