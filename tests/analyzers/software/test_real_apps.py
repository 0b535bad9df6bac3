"""Real apps: the matcher over their names (no code is kept) against a list told by hand."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from analyzers.knowledge.catalogue import load_catalogue
from analyzers.model import Confidence
from analyzers.software.match import match_catalogue
from analyzers.software.observed import Observed

HERE = Path(__file__).parent
APPS: dict[str, dict[str, Any]] = json.loads((HERE / "real_apps.json").read_text("utf-8"))
TRUTH = tomllib.loads((HERE / "real_apps_truth.toml").read_text("utf-8"))


def make_observed(app: dict[str, Any]) -> Observed:
    """Give every package so many made-up classes as the app has in it."""
    classes = [
        f"{package}.C{number}" if package else f"C{number}"
        for package, count in app["packages"].items()
        for number in range(count)
    ]
    return Observed(
        classes=sorted(classes),
        own=tuple(app["own"]),
        components=tuple(app["components"]),
        meta=tuple(app["meta"]),
        files=tuple(f"lib/arm64-v8a/{name}" for name in app["libraries"]),
    )


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_real_app_shows_exactly_what_is_inside(name: str) -> None:
    detections = match_catalogue(make_observed(APPS[name]), load_catalogue())
    sure = {found.id for found in detections if found.confidence != Confidence.POSSIBLE}
    assert sure == set(TRUTH[name])


def test_every_app_has_its_truth() -> None:
    assert set(APPS) == set(TRUTH)
    assert len(TRUTH) >= 10


def test_the_apps_own_code_is_no_sdk() -> None:
    own = Observed(
        classes=[f"com.baidu.location.demo.C{n}" for n in range(20)],
        own=("com.baidu.location.demo",),
    )
    assert match_catalogue(own, load_catalogue()) == ()
