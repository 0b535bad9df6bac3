from __future__ import annotations

from profiles.model import Outcome, Severity
from reports.summary import PROBLEMS_SHOWN, summarise
from tests.builders import make_assessment, make_verdict
from tests.reports.campus import make_campus
from tests.reports.hostile import make_hostile


def test_summary_of_a_full_assessment() -> None:
    summary = summarise(make_campus(), "zh")
    assert summary.app_name == "掌上校园"
    assert summary.conclusion.word == "整改后复审"
    assert sum(one.count for one in summary.counts) == 7
    assert [one.line for one in summary.problems] == ["AR-3.5", "AR-2.9", "AR-1.6"]
    assert "证据不足的项目：AR-3.1" in summary.not_examined


def test_the_weightiest_problems_come_first_and_are_bounded() -> None:
    verdicts = [
        make_verdict(f"ar-1.{index}", Outcome.FAIL, severity=Severity.LOW) for index in range(20)
    ]
    verdicts.append(make_verdict("ar-3.1", Outcome.FAIL, severity=Severity.HIGH))
    summary = summarise(make_assessment(*verdicts), "zh")
    assert summary.problems[0].line == "AR-3.1"
    assert len(summary.problems) == PROBLEMS_SHOWN
    assert summary.problems_total == 21


def test_every_line_for_the_terminal_is_one_visible_line() -> None:
    summary = summarise(make_hostile(), "zh")
    strings = [summary.app_name, *(entry.value for entry in summary.identity)]
    strings += [problem.reason for problem in summary.problems] + list(summary.not_examined)
    assert not any({"\x1b", "\n", "\r", "\u202e"} & set(string) for string in strings)
