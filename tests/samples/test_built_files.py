"""The committed sample apps are the recorded ones, and the frozen truths are untouched."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from builder.recipe import load_recipe, load_recipes

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RECIPES = load_recipes(SAMPLES / "android")


def read_hashes(name: str) -> dict[str, str]:
    lines = (SAMPLES / name).read_text("utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def test_the_record_names_exactly_the_samples_with_a_recipe() -> None:
    built = {recipe.built.relative_to(SAMPLES).as_posix() for recipe in RECIPES}
    assert read_hashes("built.sha256").keys() == built


@pytest.mark.parametrize("record", ["built.sha256", "frozen.sha256"])
def test_recorded_files_have_their_hash(record: str) -> None:
    hashes = read_hashes(record)
    found = {path: hashlib.sha256((SAMPLES / path).read_bytes()).hexdigest() for path in hashes}
    assert found == hashes


def test_truths_of_the_accuracy_samples_are_frozen() -> None:
    names = {f"android/{name}/{file}" for name, file in (
        ("reach", "reach.apk"), ("reach", "truth.toml"),
        ("weak", "weak.apk"), ("weak", "truth.toml"),
    )}  # fmt: skip
    assert names <= read_hashes("frozen.sha256").keys()


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_sample_is_small_and_complete(recipe) -> None:
    assert recipe.built.stat().st_size < 200_000
    assert {"v1", "v2", "v3"} >= set(recipe.schemes) > set()
    assert (recipe.folder.parent / "signing" / recipe.key).is_file()
    with zipfile.ZipFile(recipe.built) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    wanted = {"AndroidManifest.xml", "classes.dex", *recipe.extra}
    wanted |= {path for path, _ in recipe.bundled} | {row["path"] for row in recipe.native}
    assert wanted <= names


def test_bundled_packages_are_the_built_ones() -> None:
    leaky = load_recipe(SAMPLES / "android" / "campus-leaky")
    assert len(leaky.bundled) == 2
    with zipfile.ZipFile(leaky.built) as archive:
        for path, sample in leaky.bundled:
            inner = load_recipe(SAMPLES / "android" / sample).built
            assert archive.read(path) == inner.read_bytes()
