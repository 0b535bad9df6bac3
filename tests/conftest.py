"""Fixtures of the whole suite, and the closing list of what was not proved."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the user's own workspace and cache."""
    monkeypatch.setenv("APPADMIT_HOME", str(tmp_path / "appadmit-home"))
    monkeypatch.setenv("APPADMIT_CACHE", str(tmp_path / "appadmit-cache"))
    monkeypatch.delenv("APPADMIT_LANG", raising=False)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose system part is missing, and say which."""
    for mark in item.iter_markers("system"):
        for part in mark.args:
            if shutil.which(part) is None:
                pytest.skip(f"system part {part} is missing (make system-deps)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was skipped and is therefore unproved."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    reasons = Counter(
        (report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr))
        for report in skipped
    )
    terminalreporter.section("not proved by this run")
    for reason, count in reasons.most_common():
        terminalreporter.line(f"{count} × {reason.removeprefix('Skipped: ')}")
        for report in skipped:
            if isinstance(report.longrepr, tuple) and report.longrepr[2] == reason:
                terminalreporter.line(f"    {report.nodeid}")
