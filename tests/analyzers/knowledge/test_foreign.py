"""Foreign lists: read, kept apart with their licence, damaged ones refused."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.knowledge.foreign import ForeignError, import_exodus, load_lists, store_list
from analyzers.knowledge.foreign_libchecker import import_libchecker

TRACKERS = {
    "trackers": {
        "7": {
            "id": 7, "name": "Example", "code_signature": "com.example.|net.other.sdk",
            "network_signature": "example\\.com|.*\\.odd$",
        }
    }
}  # fmt: skip


def make_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE rules_table (name TEXT, label TEXT, type INTEGER)")
    database.executemany(
        "INSERT INTO rules_table VALUES (?, ?, ?)",
        [("libone.so", "One", 0), ("com.one.Service", "One", 1), ("x", "Unknown", 99)],
    )
    database.commit()
    return database.serialize()


def make_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("rules/native-libs/libone.so.json", json.dumps({"label": "One"}))
        newer = {"data": [{"locale": "zh", "data": {"label": "Two"}}]}
        archive.writestr("rules/services-libs/com.two.Service.json", json.dumps(newer))
        archive.writestr("rules/README.md", "x")
    return buffer.getvalue()


def test_an_exodus_list_is_read() -> None:
    found = import_exodus(json.dumps(TRACKERS).encode())
    values = [(s.label, s.type, s.value, s.number) for s in found.signatures]
    assert values == [
        ("Example", "class", "com.example", 7),
        ("Example", "class", "net.other.sdk", 7),
        ("Example", "domain", "example.com", 7),
    ]
    assert found.skipped == 1
    assert "ODbL" in found.licence


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b'{"trackers": {}}', b'{"trackers": [1]}', b"\xff\xfe"]
)
def test_what_is_no_exodus_list_is_refused(content: bytes) -> None:
    with pytest.raises(ForeignError):
        import_exodus(content)


@pytest.mark.parametrize("content", [make_database(), make_archive()], ids=["database", "archive"])
def test_libchecker_rules_are_read(content: bytes) -> None:
    found = import_libchecker(content)
    assert {(s.type, s.value) for s in found.signatures} >= {("library", "libone.so")}
    assert len(found.signatures) == 2
    assert "Apache-2.0" in found.licence


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"PK\x03\x04broken", b"SQLite format 3\0broken", make_database()[:3000]],
)
def test_what_is_no_rule_bundle_is_refused(content: bytes) -> None:
    with pytest.raises(ForeignError):
        import_libchecker(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (import_exodus, import_libchecker):
        try:
            found = read(content)
        except ForeignError:
            continue
        assert found.signatures


def test_a_list_is_stored_apart_and_read_again(tmp_path: Path) -> None:
    first = import_exodus(json.dumps(TRACKERS).encode())
    second = import_libchecker(make_database())
    store_list(tmp_path, second)
    store_list(tmp_path, first)
    assert load_lists(tmp_path) == (first, second)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exodus.json", "libchecker.json"]


def test_a_damaged_stored_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "exodus.json").write_text("{")
    with pytest.raises(ForeignError, match=r"exodus\.json"):
        load_lists(tmp_path)
