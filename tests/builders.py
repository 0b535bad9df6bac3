"""Builders of whole values for tests: give what matters, the rest is plausible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyzers.kinds import load_kinds
from analyzers.model import (
    Coverage,
    CoverageState,
    Evidence,
    Fact,
    FactSet,
    Limitation,
    Location,
    Sample,
    Signer,
    Versions,
    make_fact,
    make_limitation,
)
from profiles.model import (
    Assessment,
    Clause,
    Conclusion,
    ConclusionKind,
    Group,
    Mode,
    Outcome,
    Severity,
    Text,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY: dict[str, Any] = {
    "str": "", "int": 0, "float": 0.0, "bool": False, "str[]": [], "int[]": [], "map": {},
    "map[]": [],
}  # fmt: skip


def make_a_fact(kind: str, subject: str, /, *, place: str = "", **fields: Any) -> Fact:
    """Make a fact of a known kind; fields that are not given are null, empty or the first value."""
    given = dict(fields)
    for name, field in load_kinds()[kind].fields.items():
        if name not in given:
            nullable = field.type.endswith("?")
            plain = field.values[0] if field.values else _EMPTY[field.type.removesuffix("?")]
            given[name] = None if nullable else plain
    evidence = Evidence(
        location=Location(file="AndroidManifest.xml", place=place or f"/manifest/{kind}"),
        excerpt=f"{kind} {subject}"[:400],
    )
    return make_fact(kind, subject, analyzer="tests", evidence=[evidence], **given)


def make_sample(**given: Any) -> Sample:
    """Make a sample with a signer."""
    values: dict[str, Any] = {
        "sha256": "5c" * 32,
        "md5": "a1" * 16,
        "size": 18_734_592,
        "name": "campus.apk",
        "platform": "android",
        "app_id": "cn.edu.example.campus",
        "label": "Campus",
        "label_zh": "掌上校园",
        "version_name": "3.2.1",
        "version_code": 321,
        "min_sdk": 23,
        "target_sdk": 33,
        "abis": ("arm64-v8a", "armeabi-v7a"),
        "signer": Signer(
            sha256="9f" * 32,
            sha1="3b" * 20,
            md5="7e" * 16,
            subject="CN=Campus,O=Example University,C=CN",
            public_key="00" + "c4" * 256,
            public_key_algorithm="RSA-2048",
        ),
    }
    return Sample(**(values | given))


def make_versions(**given: str) -> Versions:
    """Make the versions of a result."""
    values = {"tool": "0.1.0", "knowledge": "k" * 16, "rules": "r" * 16, "python": "3.11"}
    return Versions(**(values | given))


def make_fact_set(
    *facts: Fact,
    sample: Sample | None = None,
    limitations: Iterable[Limitation] = (),
    coverage: Iterable[Coverage] = (),
) -> FactSet:
    """Make a fact set."""
    return FactSet(
        sample=sample or make_sample(),
        facts=facts,
        limitations=tuple(limitations),
        coverage=tuple(coverage),
        versions=make_versions(),
    )


def make_verdict(item: str = "ar-3.1", outcome: Outcome = Outcome.PASS, **given: Any) -> Verdict:
    """Make a verdict of an item such as ``ar-3.1``."""
    values: dict[str, Any] = {
        "item": item,
        "line": item.upper(),
        "group": item.split(".")[0],
        "mode": Mode.AUTOMATIC,
        "severity": Severity.HIGH,
        "title": Text(zh=f"检查 {item}", en=f"Check {item}"),
        "question": Text(zh="是否符合要求？", en="Is it met?"),
        "clauses": (Clause(document="S1", article="第六条", seen="原文", quote="未经用户同意"),),
        "outcome": outcome,
        "code": f"{item}.example",
        "reason": Text(zh="理由。", en="Reason."),
    }
    return Verdict(**(values | given))


def make_conclusion(
    kind: ConclusionKind = ConclusionKind.UNDECIDED, because: Iterable[str] = ()
) -> Conclusion:
    """Make a conclusion."""
    reason = Text(zh="存在未决项目。", en="Lines are open.")
    return Conclusion(kind=kind, code=kind.value, reason=reason, because=tuple(because))


def make_assessment(
    *verdicts: Verdict,
    fact_set: FactSet | None = None,
    conclusion: Conclusion | None = None,
    **given: Any,
) -> Assessment:
    """Make an assessment; its counts follow from the verdicts."""
    chosen = verdicts or (make_verdict(),)
    facts = fact_set or make_fact_set()
    groups = dict.fromkeys(verdict.group for verdict in chosen)
    values: dict[str, Any] = {
        "schema": "appadmit.assessment/1",
        "profile": "admission",
        "profile_version": "2026.11",
        "profile_title": Text(zh="教育移动应用准入审查", en="Admission review"),
        "school": "whut",
        "school_title": Text(zh="武汉理工大学", en="Wuhan University of Technology"),
        "created": "2026-11-22T10:30:00+00:00",
        "fact_set": facts,
        "groups": tuple(
            Group(id=one, title=Text(zh=f"章 {one}", en=f"Chapter {one}")) for one in groups
        ),
        "verdicts": chosen,
        "conclusion": conclusion or make_conclusion(),
        "counts": {one.value: sum(v.outcome is one for v in chosen) for one in Outcome},
        "versions": facts.versions,
    }
    return Assessment(**(values | given))


def make_coverage(name: str, state: str = "full", *limitations: Limitation) -> Coverage:
    """Make a coverage."""
    ids = tuple(one.id for one in limitations)
    return Coverage(name=name, state=CoverageState(state), limitations=ids)


def make_a_limitation(code: str = "tests.example", hides: Iterable[str] = ()) -> Limitation:
    """Make a limitation."""
    return make_limitation(code, analyzer="tests", hides=hides)
