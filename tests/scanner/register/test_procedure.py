"""The states of the admission procedure, its paths and its order."""

from __future__ import annotations

import datetime

import pytest

from scanner.register.procedure import StepState, work_out
from scanner.register.records import Record
from scanner.register.snapshot import Snapshot

START = datetime.date(2026, 3, 1)
BASE = {"name": "课表", "department": "department-1", "status": "在用"}
SELECTED = {**BASE, "source": "自主选用", "use": "要求使用", "mass_collection": True}
OWN = {**SELECTED, "source": "自主开发"}
FULL = ["论证", "准入审查", "意见征询", "宣传部审核", "网络中心审核", "学校审议"]


def approval(number: int, step: str, day: int, result: str = "同意") -> Record:
    date = START + datetime.timedelta(day)
    values = {"entry": "app-1", "step": step, "result": result, "date": date, "document": "a" * 64}
    return Record("approval", number, values)


def filing(number: int, kind: str, day: int) -> Record:
    date = START + datetime.timedelta(day)
    return Record(
        "filing", number, {"entry": "app-1", "kind": kind, "status": "有效", "date": date}
    )


def procedure(app: dict, *rows: Record):
    entry = Record("app", 1, app)
    return work_out(Snapshot([entry, *rows]), entry)


def steps(app: dict, *rows: Record) -> list[str]:
    return [step.rule.id for step in procedure(app, *rows).steps]


def test_the_source_and_the_flags_choose_the_path():
    full = ["demonstration", "review", "consultation", "publicity", "network_centre", "council"]
    assert steps(SELECTED) == [*full, "user", "start"]
    own = [name for name in full if name != "review"]
    assert steps(OWN) == [*own, "provider", "user", "start"]
    small = {**SELECTED, "use": "推荐使用", "mass_collection": False}
    assert steps(small) == ["demonstration", "network_centre", "user", "start"]
    assert steps({**BASE, "source": "上级要求"}) == ["user", "start"]
    assert steps({**SELECTED, "withdrawn_on": START}) == ["withdrawal", "stop", "disposal"]
    assert steps(BASE) == []


def test_biometrics_ask_for_three_more_demonstrations():
    asked = steps({**SELECTED, "biometrics": "是"})
    assert {"science", "ethics", "safety"} <= set(asked)
    assert "science" not in steps({**SELECTED, "biometrics": "本地验证"})


def test_an_exemption_counts_only_with_its_reason():
    exempt = {**SELECTED, "exemption": "社会稳定"}
    assert procedure(exempt).path == "full"
    reasoned = procedure({**exempt, "exemption_reason": "防疫要求"})
    assert (reasoned.path, reasoned.exempt) == ("short", "社会稳定")


def test_the_state_moves_step_by_step():
    rows: list[Record] = []
    seen = [procedure(SELECTED).state]
    for number, step in enumerate(FULL, start=1):
        rows.append(approval(number, step, number))
        seen.append(procedure(SELECTED, *rows).state)
    rows.append(filing(1, "使用者备案", 9))
    seen.append(procedure(SELECTED, *rows).state)
    done = procedure({**SELECTED, "start_registration": START + datetime.timedelta(9)}, *rows)
    assert seen == [
        "demonstration", "review", "consultation", "publicity", "network_centre", "council",
        "user", "start",
    ]  # fmt: skip
    assert done.state == "complete"
    assert [step.problems for step in done.steps] == [()] * 8


def test_only_steps_whose_predecessors_are_done_may_be_taken():
    assert procedure(SELECTED).next == ("demonstration", "consultation")
    after = procedure(SELECTED, approval(1, "论证", 1), approval(2, "意见征询", 1))
    assert after.next == ("review",)


def test_a_refusal_ends_the_procedure_until_it_is_agreed_to_later():
    refused = procedure(SELECTED, approval(1, "论证", 1, "不同意"))
    assert (refused.state, refused.next) == ("refused", ())
    again = procedure(SELECTED, approval(1, "论证", 1, "不同意"), approval(2, "论证", 5))
    assert again.state == "review"


@pytest.mark.parametrize(("day", "problems"), [(1, ()), (0, ("before:network_centre",))])
def test_a_step_dated_before_its_predecessor_is_a_problem(day, problems):
    small = {**SELECTED, "use": "推荐使用", "mass_collection": False}
    rows = [approval(1, "论证", 0), approval(2, "网络中心审核", 1), filing(1, "使用者备案", day)]
    user = next(step for step in procedure(small, *rows).steps if step.rule.id == "user")
    assert (user.state, user.problems) == (StepState.DONE, problems)


def test_a_step_taken_without_its_predecessor_or_its_document_is_a_problem():
    lonely = procedure(SELECTED, approval(1, "学校审议", 1)).steps[-3]
    assert lonely.problems == ("before:publicity", "before:network_centre")
    bare = Record("approval", 1, {"entry": "app-1", "step": "论证", "result": "同意"})
    assert procedure(SELECTED, bare).steps[0].problems == ("undated", "document")
