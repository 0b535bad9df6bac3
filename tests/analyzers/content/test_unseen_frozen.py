"""The texts that the readers were never fitted to stand as they were frozen, all of them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

UNSEEN = Path(__file__).resolve().parent / "unseen"
MANIFEST = {
    path: digest
    for digest, path in (
        line.split("  ", 1) for line in (UNSEEN / "MANIFEST.sha256").read_text("utf-8").splitlines()
    )
}


def test_the_manifest_names_every_file_and_no_other() -> None:
    present = {path.relative_to(UNSEEN).as_posix() for path in UNSEEN.rglob("*.toml")}
    assert present == MANIFEST.keys()
    assert len(present) > 90


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_a_frozen_text_is_untouched(name: str) -> None:
    assert hashlib.sha256((UNSEEN / name).read_bytes()).hexdigest() == MANIFEST[name]


@pytest.mark.parametrize("group", ["policies", "screens"])
def test_the_halves_are_of_like_size_and_share_no_text(group: str) -> None:
    first, second = (
        {tuple(read_texts(path)) for path in (UNSEEN / group / half).glob("*.toml")}
        for half in ("first", "second")
    )
    assert abs(len(first) - len(second)) <= 2
    assert not first & second


def read_texts(path: Path) -> list[str]:
    table = tomllib.loads(path.read_text("utf-8"))
    return table["strings"] if "strings" in table else [table["text"]]
