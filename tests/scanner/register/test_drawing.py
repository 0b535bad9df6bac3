"""Spot checks are drawn so that anybody can draw the same again."""

from __future__ import annotations

import datetime

from scanner.register.drawing import draw, record_draw

DAY = datetime.date(2026, 3, 2)


def test_a_draw_depends_on_the_seed_only():
    refs = [f"group-{n}" for n in range(100)]
    first = draw(refs, 7, "一")
    assert len(set(first)) == 7
    assert draw(refs[::-1], 7, "一") == first
    assert draw(refs, 7, "二") != first
    assert draw(refs, 200, "一") == sorted(refs)


def test_drawn_entries_are_noted_and_wait_for_their_result(small):
    with small.write("王") as session:
        session.add("department", {"name": "教务处"})
        for number in range(6):
            status = "已解散" if number > 3 else "在用"
            session.add("group", {"name": f"群{number}", "department": "department-1",
                                  "status": status})  # fmt: skip
        drawn = record_draw(session, "group", 9, DAY, "x")
        rows = session.find("inspection")
    assert drawn == ["group-1", "group-2", "group-3", "group-4"]
    assert [(row.values["entry"], row.values["date"]) for row in rows] == [(r, None) for r in drawn]
