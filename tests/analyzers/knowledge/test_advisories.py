"""Advisory lists in the OSV format: which versions they cover."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.knowledge.advisories import (
    AdvisoryError,
    load_advisories,
    make_version_key,
    read_advisories,
    store_advisories,
)


def make_record(**changes: Any) -> dict[str, Any]:
    return {
        "id": "GHSA-1",
        "affected": [
            {
                "package": {"ecosystem": "Maven", "name": "com.squareup.okhttp3:okhttp"},
                "ranges": [
                    {
                        "type": "ECOSYSTEM",
                        "events": [
                            {"introduced": "0"}, {"fixed": "2.7.5"},
                            {"introduced": "3.0.0"}, {"fixed": "3.1.2"},
                        ],
                    }
                ],
            }
        ],
        "database_specific": {"severity": "HIGH"},
        **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("version", "fixed"),
    [
        ("2.7.4", "2.7.5"), ("2.7.5", None), ("2.9", None), ("3.0.0", "3.1.2"), ("3.0", "3.1.2"),
        ("3.1.2-RC1", "3.1.2"), ("3.1.2", None), ("", None),
    ],
)  # fmt: skip
def test_ranges_cover_versions(version: str, fixed: str | None) -> None:
    (advisory,) = read_advisories(json.dumps(make_record()).encode())
    assert advisory.covers(version) == fixed


def test_last_affected_is_included_and_names_no_fix() -> None:
    events = [{"introduced": "1.0"}, {"last_affected": "1.2"}]
    affected = [{"package": {"ecosystem": "Maven", "name": "a:b"}, "ranges": [{"events": events}]}]
    (advisory,) = read_advisories(json.dumps(make_record(affected=affected)).encode())
    assert [advisory.covers(v) for v in ("0.9", "1.0", "1.2", "1.3")] == [None, "", "", None]


def test_listed_versions_count_too() -> None:
    affected = [{"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["9-odd"]}]
    (advisory,) = read_advisories(json.dumps(make_record(affected=affected)).encode())
    assert [advisory.covers("9-odd"), advisory.covers("9")] == ["", None]


def test_withdrawn_records_and_other_ecosystems_are_left_out() -> None:
    npm = make_record(affected=[{"package": {"ecosystem": "npm", "name": "x"}}])
    records = [make_record(withdrawn="2024-01-01T00:00:00Z"), npm, make_record(id="GHSA-2")]
    assert [a.id for a in read_advisories(json.dumps(records).encode())] == ["GHSA-2"]


def test_one_record_per_line_is_read() -> None:
    lines = "\n".join(json.dumps(make_record(id=f"G-{n}")) for n in range(3))
    assert [a.id for a in read_advisories(lines.encode())] == ["G-0", "G-1", "G-2"]


@pytest.mark.parametrize("content", [b"", b"text", b'[{"no": "id"}]', b"[1]", b"\xff"])
def test_what_is_no_osv_is_refused(content: bytes) -> None:
    with pytest.raises(AdvisoryError):
        read_advisories(content)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("1.9", "1.10"), ("1.0-alpha", "1.0"), ("1.0-rc1", "1.0"), ("1.0-beta2", "1.0-rc1"),
        ("1.0", "1.0.1"), ("4.9.2", "4.12.0"), ("1.0", "1.0-jre"),
    ],
)  # fmt: skip
def test_versions_are_ordered(lower: str, higher: str) -> None:
    assert make_version_key(lower) < make_version_key(higher)


@given(st.text(max_size=40))
def test_every_version_has_a_key(text: str) -> None:
    assert make_version_key(text) == make_version_key(text)


def test_a_list_is_stored_and_read_again(tmp_path: Path) -> None:
    assert load_advisories(tmp_path) == ()
    advisories = read_advisories(json.dumps(make_record()).encode())
    store_advisories(tmp_path, advisories)
    assert load_advisories(tmp_path) == advisories
    (tmp_path / "advisories.json").write_text("{")
    with pytest.raises(AdvisoryError):
        load_advisories(tmp_path)
