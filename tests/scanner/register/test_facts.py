"""Rows of the register reach the rules as facts that keep their kind."""

from __future__ import annotations

import datetime

import pytest

from analyzers.kinds import check_fact
from scanner.register.facts import make_register_facts

NOW = datetime.datetime(2026, 9, 1, 4, tzinfo=datetime.UTC)
DAY = datetime.date


@pytest.fixture
def filled(small):
    with small.write("王") as session:
        session.add("department", {"name": "教务处"})
        session.add("system", {"name": "教务系统", "department": "department-1"})
        session.add("app", {
            "name": "课表", "department": "department-1", "source": "自主开发", "use": "要求使用",
            "audience": ("学生",), "services": ("办事服务",), "provider": "某大学", "cost": "5 万",
            "responsible_contact": "13800001234", "last_release": DAY(2026, 2, 28),
            "online_on": DAY(2026, 3, 1), "version": "1.0", "system": "system-1",
            "scope": "全校", "development_started": DAY(2026, 1, 1), "approved_list": False})  # fmt: skip
        session.add("app", {"name": "办事", "department": "department-1", "audience": ("学生",),
                            "services": ("办事服务",), "status": "已备案"})  # fmt: skip
        session.add("filing", {"entry": "app-1", "kind": "ICP备案", "number": "京ICP备12345678号",
                               "holder": "某大学", "expires": DAY(2026, 8, 31)})  # fmt: skip
        session.add("filing", {"entry": "system-1", "kind": "等保备案", "number": "1"})
        session.add("approval", {"entry": "app-1", "step": "网络中心审核", "date": DAY(2026, 3, 2)})
        session.add("approval", {"entry": "app-1", "step": "党委决定", "date": DAY(2026, 1, 1)})
        session.add("issue", {"entry": "app-1", "item": "s1-23", "due_on": DAY(2026, 8, 31),
                              "severity": "高"})  # fmt: skip
        session.add("document", {"entry": "app-1", "slot": "s4-17", "title": "制度.pdf"})
        session.add("group", {
            "name": "教务处迎新工作群", "department": "department-1", "term": "长期",
            "members_kind": "班级", "owner": "张三", "created_on": DAY(2019, 11, 28)})  # fmt: skip
        session.add("person", {"name": "张三", "status": "调离"})
        session.set("group-1", {"owner_person": "person-1"})
        session.add("account", {"name": "教务", "department": "department-1",
                                "opened_on": DAY(2026, 8, 18)})  # fmt: skip
        session.add("roster", {"entry": "group-1", "display_name": "教务处-李四"})
        session.add("roster", {"entry": "group-1", "display_name": "快乐小猪"})
        session.add("misuse", {"name": "某大学交流群", "department": "department-1"})
        session.add("campaign", {"name": "自查", "due_on": DAY(2026, 9, 30)})
        session.add("scan_record", {"entry": "app-1", "sample": "a" * 64, "version": "1.1",
                                    "scanned_at": NOW})  # fmt: skip
    return small


def facts_of(register, ref):
    with register.read() as session:
        return make_register_facts(session, ref, now=NOW)


def pick(facts, kind, subject, *names):
    found = [one for one in facts if one.kind == kind and one.subject == subject]
    assert len(found) == 1, (kind, subject, len(found))
    return tuple(found[0].fields[name] for name in names)


@pytest.mark.parametrize("ref", ["app-1", "app-2", "system-1", "group-1", "account-1"])
def test_every_fact_keeps_its_kind(filled, ref):
    facts = facts_of(filled, ref)
    assert len(facts) > 4
    assert [problem for one in facts for problem in check_fact(one)] == []
    assert len({one.id for one in facts}) == len(facts)


@pytest.mark.parametrize(
    ("ref", "kind", "subject", "fields"),
    [
        ("app-1", "entry", "课表", {"object": "app", "status": "active", "scope": "school"}),
        ("app-2", "entry", "办事", {"status": "active", "source": ""}),
        ("app-1", "filing", "icp", {"status": "expired", "name_matches": True, "format_ok": True}),
        ("app-1", "filing", "user", {"status": "missing"}),
        ("app-1", "filing", "mlps", {"status": "valid", "number": "1"}),
        ("app-1", "approval", "contract", {"result": "missing"}),
        ("app-1", "approval", "network_centre", {"result": "approved", "date": "2026-03-02"}),
        ("app-1", "due", "half_year", {"state": "overdue", "limit": "2026-08-28"}),
        ("app-1", "order", "review_before_use", {"state": "reversed"}),
        ("app-1", "order", "decision_before_build", {"state": "first_missing"}),
        ("app-1", "order", "assessment_before_online", {"state": "first_missing"}),
        ("app-1", "conflict", "audience", {"key": "学生", "others": ["办事"]}),
        ("app-1", "checked", "audience", {"entries": 2}),
        ("app-1", "issue", "issue-1", {"state": "overdue", "severity": "high"}),
        ("app-1", "field", "cost", {"filled": True, "value": "5 万"}),
        ("app-1", "field", "basis", {"filled": False}),
        ("app-1", "field", "responsible_contact", {"value": "138****1234"}),
        ("app-1", "field", "department_answered", {"filled": False}),
        ("app-1", "difference", "list", {"reported": False}),
        ("app-1", "difference", "filed_row", {"detail": "1.0 → 1.1", "reported": False}),
        ("group-1", "filing", "refiling", {"status": "missing"}),
        ("group-1", "approval", "youth_league", {"result": "missing"}),
        ("group-1", "difference", "owner", {"detail": "调离", "reported": False}),
        ("group-1", "difference", "list", {"detail": "某大学交流群"}),
        ("group-1", "field", "name", {"valid": True}),
        ("group-1", "field", "recognition", {"filled": False}),
        ("group-1", "field", "student_department", {"filled": False}),
        ("group-1", "field", "display_names", {"valid": False, "value": "roster-2"}),
        ("group-1", "field", "first_responsible", {"filled": False}),
        ("account-1", "due", "account_posts", {"state": "in_time", "limit": "2026-09-01"}),
        ("account-1", "filing", "account", {"status": "missing"}),
    ],
)
def test_a_row_becomes_its_fact(filled, ref, kind, subject, fields):
    found = pick(facts_of(filled, ref), f"register.{kind}", subject, *fields)
    assert found == tuple(fields.values())


def test_a_document_is_attached_to_the_check_item_it_names(filled):
    assert pick(facts_of(filled, "app-1"), "document.attached", "s4-17", "title") == ("制度.pdf",)
