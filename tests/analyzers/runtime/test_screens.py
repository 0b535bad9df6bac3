"""The screen descriptions are well formed, complete, and the unseen half is as it was frozen."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SCREENS = Path(__file__).parent / "screens"
FILES = sorted(SCREENS.glob("*seen/*.json"))
CLASSES = {"privacy_prompt", "permission_prompt", "splash", "login", "main"}
NODE = {"class": str, "id": str, "text": str, "role": str, "clickable": bool, "children": list}
ROLES = {
    "layout",
    "text",
    "button",
    "checkbox",
    "switch",
    "edit",
    "image",
    "web",
    "link",
    "progress",
}


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(found for child in node["children"] for found in walk(child))]


def controls(tree: dict[str, Any], wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Give the nodes that a reference names."""
    return [
        node
        for node in walk(tree)
        if (not wanted["id"] or node["id"] == wanted["id"])
        and (not wanted["text"] or node["text"] == wanted["text"])
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_screen_is_well_formed(path: Path) -> None:
    screen = read(path)
    assert set(screen) == {"name", "what", "lang", "window", "expected", "tree"}
    assert screen["name"] == path.stem
    assert screen["lang"] in {"zh", "en"}
    assert screen["window"] in {"activity", "dialog", "popup"}
    for node in walk(screen["tree"]):
        assert all(isinstance(node[key], kind) for key, kind in NODE.items())
        assert node["role"] in ROLES
        assert (node["checked"] is not None) == (node["role"] in {"checkbox", "switch"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_expectation_names_one_control_each(path: Path) -> None:
    screen = read(path)
    expected = screen["expected"]
    assert {expected["class"], *expected["also"]} <= CLASSES | {"unknown"}
    for key in ("agree", "refuse", "tick_first"):
        if expected[key] is not None:
            assert len(controls(screen["tree"], expected[key])) == 1, key
    if expected["class"] not in {"privacy_prompt", "permission_prompt"}:
        assert expected["agree"] is None
        assert expected["refuse"] is None
    texts = " ".join(node["text"] for node in walk(screen["tree"]))
    assert all(link in texts for link in expected["policy_links"])


def test_there_are_enough_screens_of_every_kind() -> None:
    halves = Counter(path.parent.name for path in FILES)
    assert sum(halves.values()) >= 80
    assert halves["unseen"] >= 40
    for half in halves:
        kinds = Counter(
            read(path)["expected"]["class"] for path in FILES if path.parent.name == half
        )
        assert set(kinds) == CLASSES
        assert kinds["privacy_prompt"] >= 20


def test_unseen_half_is_as_it_was_frozen() -> None:
    lines = (SCREENS / "unseen" / "MANIFEST.sha256").read_text("utf-8").splitlines()
    frozen = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FILES
        if path.parent.name == "unseen"
    }
    assert found == frozen
