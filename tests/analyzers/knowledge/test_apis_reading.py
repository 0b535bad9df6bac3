"""Data files of the API table become rows: defaults, classes, matrices, and errors by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyzers.knowledge.apis import ApiError
from analyzers.knowledge.apis.reading import read_rows

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
group = "P"
weight = "decisive"
line = "ar-3.5"

[[class]]
cls = "a.B"
permissions = ["CAMERA", "x.y.Z"]
rows = [
  { id = "b.one", member = "one", name_zh = "一" },
  { id = "b.new", member = "<init>", weight = "supporting", name_zh = "新" },
]

[[matrix]]
kind = "uri"
source = "k"
methods = [
  { suffix = "query", label = "查询", cls = "a.C", member = "query", index = 0, form = "uri" },
  { suffix = "open", label = "打开", cls = "a.C", member = "open", index = 1, form = "uri", weight = "supporting" },
]
targets = [
  { prefix = "contacts", prefixes = ["content://c"], type = "contacts", line = "ar-3.2", name_zh = "通讯录" },
  { prefix = "sms", prefixes = ["content://s"], name_zh = "短信", skip = ["open"] },
]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rows.toml"
    path.write_text(text, "utf-8")
    return path


def test_nearer_values_win_and_matrices_are_crossed(tmp_path: Path) -> None:
    rows = {row.id: row for row in read_rows(write(tmp_path, FILE))}
    assert list(rows) == ["contacts.query", "contacts.open", "sms.query", "b.one", "b.new"]
    assert rows["b.one"].permissions == ("android.permission.CAMERA", "x.y.Z")
    assert rows["b.one"].kind == "method"
    assert (rows["b.new"].kind, rows["b.new"].weight) == ("constructor", "supporting")
    assert (rows["contacts.query"].line, rows["contacts.query"].weight) == ("ar-3.2", "decisive")
    assert (rows["contacts.open"].weight, rows["contacts.open"].name_zh) == (
        "supporting",
        "通讯录（打开）",
    )
    argument = rows["contacts.open"].argument
    assert argument is not None
    assert (argument.index, argument.prefixes) == (1, ("content://c",))


def test_sdk_rows_are_marked_and_not_hooked(tmp_path: Path) -> None:
    text = FILE.replace('cls = "a.B"', 'cls = "a.B"\nsdk = true')
    row = next(row for row in read_rows(write(tmp_path, text)) if row.id == "b.one")
    assert (row.sdk, row.seen, row.runtime) == (True, "sdk", False)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (FILE.replace('name_zh = "一"', "name = 1"), "rows.toml: b.one: .*name"),
        (FILE.replace('weight = "decisive"', "weight = 3"), "rows.toml: contacts.query: .*int"),
        (FILE.replace("[[class]]", "[[class"), "rows.toml: "),
    ],
)
def test_broken_file_is_refused_by_name(tmp_path: Path, broken: str, reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        list(read_rows(write(tmp_path, broken)))
