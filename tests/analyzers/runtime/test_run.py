"""A run clears away what a killed one left, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from analyzers.runtime.run import _clear_leftovers


@pytest.mark.parametrize(
    ("name", "finished", "hours", "kept"),
    [
        ("20260101T000000-0a1b2c3d", False, 5, False),
        ("20260101T000000-0a1b2c3d", False, 0, True),
        ("20260101T000000-0a1b2c3d", True, 5, True),
        ("Tagebuch-T-1", False, 5, True),
    ],
)
def test_only_old_unfinished_runs_go(
    tmp_path: Path, name: str, finished: bool, hours: int, kept: bool
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "start-0.jsonl").write_bytes(b"")
    if finished:
        (folder / "run.json").write_bytes(b"{}")
    then = time.time() - hours * 3600
    os.utime(folder, (then, then))
    _clear_leftovers(tmp_path)
    assert folder.exists() is kept
