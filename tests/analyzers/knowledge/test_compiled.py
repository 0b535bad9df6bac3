"""Compiled copies of data files: used while nothing changed, made anew otherwise, never needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.knowledge.compiled import load_compiled, user_cache

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Maker:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> dict[str, int]:
        self.calls += 1
        return {"calls": self.calls}


def load(tmp_path: Path, make: Maker) -> dict[str, int]:
    return load_compiled("x", [tmp_path / "data"], dict[str, int], make, tmp_path / "cache")


def test_copy_is_used_until_a_source_changes(tmp_path: Path) -> None:
    make = Maker()
    (tmp_path / "data").write_text("one", "utf-8")
    assert load(tmp_path, make) == {"calls": 1}
    assert load(tmp_path, make) == {"calls": 1}
    (tmp_path / "data").write_text("two", "utf-8")
    assert load(tmp_path, make) == {"calls": 2}


def test_damaged_copy_is_made_anew(tmp_path: Path) -> None:
    make = Maker()
    (tmp_path / "data").write_text("one", "utf-8")
    load(tmp_path, make)
    for copy in (tmp_path / "cache").iterdir():
        copy.write_bytes(b"\xc1 not what it was")
    assert load(tmp_path, make) == {"calls": 2}


def test_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    make = Maker()
    (tmp_path / "data").write_text("one", "utf-8")
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    assert load(tmp_path, make) == {"calls": 1}
    assert load(tmp_path, make) == {"calls": 2}


def test_cache_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache() == tmp_path / "appadmit"
