"""The committed result of the check against the framework jar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyzers.knowledge.apis import ApiError, load_apis
from analyzers.knowledge.apis.framework import FRAMEWORK_FILE, load_framework

if TYPE_CHECKING:
    from pathlib import Path


def test_result_names_the_jar_it_was_made_from() -> None:
    first = FRAMEWORK_FILE.read_text("utf-8").splitlines()[0]
    assert "org.robolectric:android-all:14-robolectric-10818077" in first
    assert "SHA-256" in first


def test_every_line_belongs_to_a_row() -> None:
    named = {(row.cls, row.member) for row in load_apis()}
    assert set(load_framework()) <= named


def test_abstract_members_have_carriers() -> None:
    members = load_framework()["android.content.pm.PackageManager", "getInstalledPackages"]
    assert len(members) == 2
    assert all("android.app.ApplicationPackageManager" in one.carriers for one in members)
    assert not any(one.static for one in members)


def test_missing_file_means_nothing_was_checked(tmp_path: Path) -> None:
    assert load_framework(tmp_path / "none.tsv") == {}


def test_broken_line_is_refused_by_number(tmp_path: Path) -> None:
    path = tmp_path / "f.tsv"
    path.write_text("# head\na\tb\tc\n", "utf-8")
    with pytest.raises(ApiError, match=r"f\.tsv:2: 3 columns"):
        load_framework(path)
