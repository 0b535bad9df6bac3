"""A whole semester with every rule broken and nearly broken: findings equal the written truth."""

from __future__ import annotations

import datetime
import re
import time
import tomllib
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from scanner.register.assign import read_assignments
from scanner.register.catalogue import find_object
from scanner.register.database import open_register
from scanner.register.due import find_all
from scanner.register.findings import load_rules
from scanner.register.parameters import load_parameters
from scanner.register.snapshot import take_snapshot

TRUTH = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
SIZES = {"app": 60, "system": 20, "group": 200, "account": 40}
SETTINGS = msgspec.structs.replace(
    load_parameters(), member_review_days=180, patrol_days=90, inspection_days=180
)
KEPT = {
    "app": ["last_release=2026-02-01"],
    "system": [],
    "group": ["term=长期", "created_on=2025-09-01", "member_review=2026-02-01"],
    "account": ["last_post=2026-02-27", "opened_on=2020-01-01"],
    "department": [],
}
"""Fields with which an entry breaks nothing."""


def split(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def add_entry(session, name: str, what: str, fields: str, papers: list[str]) -> None:
    words = split(fields)
    marks = {word for word in words if word.startswith("=")}
    unit = [] if what == "department" else ["department=教务处"]
    given = [*unit, *KEPT[what], *(word for word in words if word not in marks)]
    values = read_assignments(session, find_object(what), [f"name={name}", *given])
    ref = session.add(what, values)
    for paper in [*papers, *kept_papers(what, values, marks, papers)]:
        kind, *rest = split(paper)
        owner = {"entry": ref}
        session.add(kind, {**owner, **read_assignments(session, find_object(kind), rest)})


def kept_papers(what: str, values: dict, marks: set[str], papers: list[str]) -> list[str]:
    if what == "department":
        return []
    kept = [] if "=uninspected" in marks else ["inspection kind=检查 date=2026-02-02"]
    if what == "group":
        if "=unpatrolled" not in marks:
            kept.append("inspection kind=巡查 date=2026-02-02")
        approved = any("二级党组织审批" in paper for paper in papers)
        if not approved and "=own" not in marks and values.get("created_on"):
            kept.append(f"approval step=二级党组织审批 date={values['created_on']}")
    return kept


def fill(register) -> None:
    cases = TRUTH["cases"]
    planted = Counter(case[1] for case in cases)
    with register.write("王") as session:
        for name, due in (("春季自查", "2026-03-01"), ("群组清理", "2026-03-02")):
            words = [f"name={name}", f"due_on={due}"]
            session.add("campaign", read_assignments(session, find_object("campaign"), words))
        for case in sorted(cases, key=lambda case: case[1] != "department"):
            add_entry(session, *case[:4])
        for what, size in SIZES.items():
            for number in range(size - planted[what]):
                add_entry(session, f"平常{what}{number}", what, "", [])


@pytest.fixture(scope="module")
def semester(sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("semester") / "register.db"
    path.write_bytes(sqlite_template.read_bytes())
    register = open_register(f"sqlite:///{path}")
    fill(register)
    with register.read() as session:
        yield take_snapshot(session)
    register.close()


def open_findings(snapshot, moment: str) -> set[tuple[str, str]]:
    now = datetime.datetime.fromisoformat(moment)
    return {
        (one.name, f"{one.rule} {one.state} {one.limit or '-'}")
        for one in find_all(snapshot, now, SETTINGS)
        if one.open
    }


def test_the_semester_has_its_size(semester):
    for what, size in SIZES.items():
        assert len(semester.records[what]) >= size, what


def test_findings_equal_the_written_truth(semester):
    truth = {(case[0], line) for case in TRUTH["cases"] for line in case[4]}
    assert open_findings(semester, TRUTH["moment"]) == truth


@pytest.mark.parametrize(("moment", "name", "lines"), TRUTH["others"])
def test_boundary_moments(semester, moment, name, lines):
    found = {line for row, line in open_findings(semester, moment) if row == name}
    assert found == set(lines)


def test_every_rule_is_broken_somewhere(semester):
    broken = {line.split()[0] for case in TRUTH["cases"] for line in case[4]}
    assert broken == load_rules().keys()


def test_a_school_sees_only_its_own_regulations(semester):
    now = datetime.datetime.fromisoformat(TRUTH["moment"])
    only = msgspec.structs.replace(SETTINGS, regulations=("S2",))
    documents = {load_rules()[one.rule].document for one in find_all(semester, now, only)}
    assert documents == {"S2", ""}


def test_the_due_report_of_a_semester_is_printed(semester, capsys):
    start = time.perf_counter()
    count = len(open_findings(semester, TRUTH["moment"]))
    with capsys.disabled():
        print(f"\n{count} open findings in {time.perf_counter() - start:.3f} s")
    assert count > 50
