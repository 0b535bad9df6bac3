"""The linters, the layer contract and the type checker are part of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=root, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "format", "--check", "--no-cache", "."),
        ("ruff", "check", "--no-cache", "."),
        ("lint-imports", "--config", "setup.cfg", "--no-cache"),
        ("mypy",),
    ],
    ids=["format", "lint", "layers", "types"],
)
def test_tool_finds_nothing(root: Path, command: tuple[str, ...]) -> None:
    done = run(root, *command)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


FORBIDDEN = [
    ("analyzers/intruder.py", "import profiles.model\n"),
    ("analyzers/intruder.py", "from scanner import config\n"),
    ("profiles/intruder.py", "from analyzers.formats import zip\n"),
    ("profiles/intruder.py", "import reports.view\n"),
    ("reports/intruder.py", "from profiles.evaluate import evaluate\n"),
    ("analyzers/formats/intruder.py", "from analyzers.model import Fact\n"),
]


@pytest.mark.parametrize(("place", "line"), FORBIDDEN)
def test_a_forbidden_import_breaks_the_layer_contract(
    root: Path, tmp_path: Path, place: str, line: str
) -> None:
    """The contract can fail: a copy of the packages with one wrong import is refused."""
    for package in ("analyzers", "profiles", "reports", "scanner"):
        for source in (root / package).rglob("*.py"):
            copy = tmp_path / source.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    (tmp_path / "setup.cfg").write_bytes((root / "setup.cfg").read_bytes())
    (tmp_path / place).write_text(line)
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from importlinter.cli import lint_imports\n"
        "sys.exit(lint_imports(config_filename='setup.cfg', no_cache=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "intruder" in done.stdout
