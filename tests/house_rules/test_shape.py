"""Sizes, names and places of the code (DESIGN §8)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("analyzers", "profiles", "reports", "scanner")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MAX_MODULE, MAX_FUNCTION = 400, 60
VAGUE = {"utils", "util", "helper", "helpers", "manager", "common", "data", "info", "misc"}
SOURCES = [
    *MODULES,
    *(ROOT / "scripts").iterdir(),
    *(ROOT / "samples").rglob("*.java"),
    *(ROOT / "samples").rglob("*.py"),
    *(ROOT / "analyzers").rglob("*.java"),
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_keeps_the_size_budget(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= MAX_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "no module docstring"
    assert path.stem not in VAGUE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_has_no_assert_and_no_global_statement(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not isinstance(node, ast.Assert | ast.Global), f"line {node.lineno}"


def test_third_party_objects_stay_in_their_module() -> None:
    """LIEF only in formats; androguard nowhere in the product."""
    for path in MODULES:
        text = path.read_text("utf-8")
        if "formats" not in path.parts:
            assert not re.search(r"^\s*(import lief|from lief)", text, re.M), name_of(path)
        assert not re.search(r"^\s*(import androguard|from androguard)", text, re.M), name_of(path)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_place_of_this_machine_in_the_sources(path: Path) -> None:
    if path.is_file() and path.suffix in {"", ".py", ".java"}:
        text = path.read_text("utf-8")
        assert not re.search(r"/work/(main|shared|inputs)|/root/", text)
