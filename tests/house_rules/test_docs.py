"""The documents name what exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_reference_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/reference-docs", "--check"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_pages_name_no_place_of_this_machine(page: Path) -> None:
    assert not re.search(r"/work/|/root/|/tmp/|\.cache/", page.read_text("utf-8"))


def test_readmes_name_the_same_commands() -> None:
    chinese, english = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.en.md"))
    command = re.compile(
        r"appadmit (scan|evaluate|report|profiles|doctor|declaration|evidence|review|knowledge|runtime)\b"
    )
    assert command.findall(chinese) == command.findall(english)
    assert "make demo" in chinese
    assert "make test" in chinese


def test_every_command_of_the_readme_exists() -> None:
    reference = (ROOT / "docs/reference.md").read_text("utf-8")
    text = (ROOT / "README.md").read_text("utf-8")
    for name in set(re.findall(r"bin/appadmit ([a-z]+)", text)):
        assert re.search(rf"### `appadmit {name}\b", reference), name
    for option in set(re.findall(r"(--[a-z][a-z-]+)", text)):
        assert f"`{option}`" in reference, option
