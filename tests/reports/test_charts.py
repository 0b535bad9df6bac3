from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import LABEL, draw_bars, draw_grid, draw_marks
from reports.visible import visible

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {f"{SVG}{tag}" for tag in ("svg", "defs", "pattern", "path", "rect", "circle", "text")}


def read(svg: str) -> tuple[set[str], list[str]]:
    root = ElementTree.fromstring(svg)
    return {one.tag for one in root.iter()}, [one.text or "" for one in root.iter(f"{SVG}text")]


def test_grid_writes_every_number_and_tints_shaded_columns() -> None:
    svg = draw_grid(["甲", "乙"], ["启动", "使用中"], [[3, 0], [0, 12]], [True, False])
    tags, texts = read(svg)
    assert tags <= TAGS
    assert texts == ["启动", "使用中", "甲", "3", "乙", "12"]
    assert svg.count("#fdf4e1") == 1
    assert svg.count("<circle") == 2


def test_marks_leave_empty_cells_empty() -> None:
    _, texts = read(draw_marks(["a"], ["x", "y"], [["●", ""]]))
    assert texts == ["x", "y", "a", "●"]


def test_bars_tell_parts_apart_by_hatch_and_list_only_those_that_occur() -> None:
    svg = draw_bars(["AR-1"], ["one", "two", "three"], [[1, 0, 2]])
    _, texts = read(svg)
    assert texts == ["AR-1", "1", "2", "one", "three"]
    assert 'fill="url(#h2)"' in svg
    turned = draw_bars(["AR-1"], ["one", "two"], [[1, 2]], styles=(3, 0))
    assert 'fill="url(#h3)"' in turned


@pytest.mark.parametrize("draw", [draw_marks, draw_bars])
def test_nothing_to_draw_is_no_error(draw: object) -> None:
    assert read(draw([], [], []))[1] == []  # type: ignore[operator]


@given(st.text(max_size=200))
def test_labels_are_escaped_and_cut(label: str) -> None:
    shown = visible(label)
    tags, texts = read(draw_grid([shown], [shown], [[1]], [False]))
    assert tags <= TAGS
    assert all(len(text) <= LABEL * 2 for text in texts[-2:])
