"""The annex forms are filled from the register, and their gaps and contradictions are named."""

from __future__ import annotations

import datetime

import pytest

from reports.forms.model import FilledForm, load_layouts
from scanner.errors import UsageError
from scanner.register.form_checks import check_form
from scanner.register.forms import fill_form, load_sources
from scanner.register.snapshot import take_snapshot

DAY = datetime.date
TODAY = DAY(2026, 9, 1)


@pytest.fixture
def snapshot(small):
    with small.write("王") as session:
        session.add("department", {
            "name": "教务处", "nature": "党政", "head": "赵", "phone": "0515-88881234",
            "party_organisation": "机关第一党总支", "original_groups": 1})  # fmt: skip
        session.add("system", {
            "name": "教务系统", "department": "department-1", "project_approver": "钱",
            "tender": True, "in_room": False, "server_place": "云上", "server_ip": "10.0.0.8",
            "mlps_level": "二级", "domain": "jw.example.edu.cn"})  # fmt: skip
        session.add("filing", {"entry": "system-1", "kind": "等保备案", "number": "6200-1"})
        session.add("app", {
            "name": "课表", "department": "department-1", "system": "system-1", "use": "要求使用",
            "audience": ("学生", "教职工"), "stage": ("高等院校",), "platforms": ("安卓",),
            "functions": ("论坛", "作业"), "administrator_contact": "13800001234"})  # fmt: skip
        session.add("approval", {"entry": "app-1", "step": "学校审议", "result": "不同意"})
        session.add("approval", {"entry": "app-1", "step": "论证"})
        session.add("document", {"entry": "app-1", "slot": "立项文件", "title": "立项.pdf"})
        for name, size in (("教务处迎新群", 30), ("教务处考试群", 0)):
            session.add("group", {"name": name, "department": "department-1", "size": size,
                                  "platform": "微信", "purpose": "迎新"})  # fmt: skip
        session.add("group", {"name": "旧群", "department": "department-1", "status": "已解散"})
        session.add("approval", {"entry": "group-1", "step": "单位意见", "date": DAY(2026, 3, 2)})
        session.add(
            "approval", {"entry": "group-1", "step": "二级党组织审批", "date": DAY(2026, 3, 1)}
        )
        session.add("account", {"name": "教务在线", "department": "department-1", "verified": False,
                                "opened_on": DAY(2026, 9, 2), "followers": 0})  # fmt: skip
        return take_snapshot(session)


def test_every_cell_of_every_form_has_a_source():
    for name, layout in load_layouts().items():
        source = load_sources()[name]
        assert source.cells.keys() == {field.key for field in layout.fields}
        assert source.columns.keys() == {field.key for field in layout.columns}


@pytest.mark.parametrize(
    ("form", "ref", "expected"),
    [
        ("app-user", "app-1", {"department": "教务处", "nature": "党政", "decision": "否",
                               "demonstrated": "是", "audience": "学生（高等院校）、教师",
                               "contact": "13800001234"}),
        ("app-provider", "app-1", {"system": "教务系统", "ip": "10.0.0.8", "mlps_number": "6200-1",
                                   "functions": "论坛", "platforms": "安卓"}),
        ("app-self-check", "app-1", {"management": "立项.pdf"}),
        ("group-approval", "group-1", {"kind": "微信；迎新", "people": "30人",
                                       "unit_opinion": "2026-03-02"}),
        ("account-filing", "account-1", {"verified": "否", "followers": "0"}),
        ("system-use", "department-1", {"head": "赵"}),
    ],
)  # fmt: skip
def test_cells_are_filled_from_the_register(snapshot, form, ref, expected):
    values = fill_form(snapshot, form, ref).values
    assert {key: values.get(key) for key in expected} == expected


def test_what_is_not_registered_stays_empty(snapshot):
    values = fill_form(snapshot, "app-user", "app-1").values
    assert "contract" not in values
    assert "scenario" not in values


def test_tables_hold_the_departments_entries_in_use(snapshot):
    systems = fill_form(snapshot, "system-use", "department-1").rows
    assert systems[0]["number"] == "1"
    assert systems[0]["in_room"] == "否（云上，10.0.0.8）"
    groups = fill_form(snapshot, "group-filing", "department-1").rows
    assert [row["name"] for row in groups] == ["教务处迎新群", "教务处考试群"]
    assert groups[0]["department"] == "机关第一党总支"


@pytest.mark.parametrize(
    ("form", "ref", "problems"),
    [
        ("app-user", "app-1", {("decision", "needs_yes"), ("contract", "missing")}),
        ("app-provider", "app-1", {("ip", "not_public"), ("icp", "missing")}),
        ("system-use", "department-1", {("row 1: tender_date", "needs_date")}),
        ("group-approval", "group-1", {("party_opinion", "before_unit")}),
        ("account-filing", "account-1", {("opened_on", "in_future"), ("verified", "not_verified")}),
        ("group-filing", "department-1", {("row 2: size", "zero"), ("row 1: original", "too_few")}),
    ],
)
def test_gaps_and_contradictions_are_named(snapshot, form, ref, problems):
    found = {(one.key, one.code) for one in check_form(fill_form(snapshot, form, ref), TODAY)}
    assert problems <= found


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("京ICP备12345678号", True),
        ("京ICP备12345678号-1A", True),
        ("京ICP备12号", False),
        ("ICP123", False),
    ],
)
def test_an_icp_number_has_its_form(number, fits):
    problems = check_form(FilledForm("app-provider", {"icp": number}), TODAY)
    assert (("icp", "icp_form") not in {(p.key, p.code) for p in problems}) is fits


def test_a_form_is_about_its_object(snapshot):
    for form, ref in (("app-user", "group-1"), ("nothing", "app-1"), ("app-user", "app-9")):
        with pytest.raises(UsageError):
            fill_form(snapshot, form, ref)
