"""Propose the overall conclusion from the outcomes; a person signs it (DESIGN §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profiles.model import Conclusion, ConclusionKind, Outcome, Text, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from profiles.rules import ConclusionRule

GOOD = (Outcome.PASS, Outcome.NOT_APPLICABLE)

_REASONS = {
    "conclusion.reject": Text(
        zh="{lines} 不符合，且属于不得放行的情形，建议不通过。",
        en="{lines} failed, which the profile does not let through; rejection is proposed.",
    ),
    "conclusion.rework": Text(
        zh="{lines} 不符合，建议整改后复审。",
        en="{lines} failed; rework and a new review are proposed.",
    ),
    "conclusion.open": Text(
        zh="没有不符合项，但 {lines} 尚未得出结论（待人工确认、待佐证、证据不足或检测出错），暂不能提出总体建议。",
        en="Nothing failed, but {lines} are still open; no overall proposal can be made yet.",
    ),
    "conclusion.absent": Text(
        zh="{lines} 未列入本次检测，暂不能提出总体建议。",
        en="{lines} were not examined; no overall proposal can be made yet.",
    ),
    "conclusion.recommend": Text(
        zh="全部检测项均为符合或不适用，建议通过。",
        en="Every line passed or does not apply; admission is proposed.",
    ),
}


def conclude(rule: ConclusionRule, verdicts: Sequence[Verdict]) -> Conclusion:
    """Propose 建议通过, 整改后复审, 不通过 or 暂不能提出, with the exact lines behind it."""
    failed = [v for v in verdicts if v.standing is Outcome.FAIL]
    rejecting = [v for v in failed if v.item in rule.reject_on or v.code in rule.reject_on]
    if rejecting:
        return _make(ConclusionKind.REJECT, "conclusion.reject", rejecting)
    if failed:
        return _make(ConclusionKind.REWORK, "conclusion.rework", failed)
    unsettled = [v for v in verdicts if v.standing not in GOOD]
    if unsettled:
        return _make(ConclusionKind.UNDECIDED, "conclusion.open", unsettled)
    absent = [item for item in rule.must_hold if item not in {v.item for v in verdicts}]
    if absent or not verdicts:
        return _word(ConclusionKind.UNDECIDED, "conclusion.absent", absent, absent)
    return _make(ConclusionKind.RECOMMEND, "conclusion.recommend", [])


def count_outcomes(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Count verdicts per outcome; every outcome has an entry."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for verdict in verdicts:
        counts[verdict.outcome.value] += 1
    return counts


def _make(kind: ConclusionKind, code: str, behind: Sequence[Verdict]) -> Conclusion:
    return _word(kind, code, [v.line for v in behind], [v.item for v in behind])


def _word(
    kind: ConclusionKind, code: str, lines: Sequence[str], items: Sequence[str]
) -> Conclusion:
    text = _REASONS[code]
    reason = Text(
        zh=text.zh.replace("{lines}", "、".join(lines)),
        en=text.en.replace("{lines}", ", ".join(lines)),
    )
    return Conclusion(kind=kind, code=code, reason=reason, because=tuple(items))
