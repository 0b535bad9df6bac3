"""The recipe of a sample: what its package is made of (recipe.toml beside its source)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Recipe:
    """One sample app."""

    folder: Path
    """Folder that holds recipe.toml, AndroidManifest.xml, res, assets and src."""
    sources: tuple[str, ...]
    """Source roots relative to the folder."""
    key: str
    """File name of the key in samples/android/signing."""
    schemes: tuple[str, ...]
    """Signing schemes to apply: v1, v2, v3."""
    min_sdk: int
    """minSdkVersion, for the dexer and the signer."""
    resource_package: str = ""
    """Java package of the generated R class; empty: the manifest's."""
    bundled: tuple[tuple[str, str], ...] = ()
    """Pairs of path inside the package and the sample whose built file goes there."""
    native: tuple[dict[str, Any], ...] = field(default=())
    """Native libraries to write: path, abi, soname, needed, exports."""

    manifest_texts: dict[str, str] = field(default_factory=dict)
    """Tokens of the manifest and the text that takes their place after compiling."""
    extra: dict[str, str] = field(default_factory=dict)
    """Further files: name inside the package and text."""

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def built(self) -> Path:
        return self.folder / f"{self.name}.apk"


def load_recipe(folder: Path) -> Recipe:
    """Read one recipe.

    Raises:
        KeyError: when a needed key is missing.
    """
    row = tomllib.loads((folder / "recipe.toml").read_text("utf-8"))
    return Recipe(
        folder=folder,
        sources=tuple(row["sources"]),
        key=row["key"],
        schemes=tuple(row["schemes"]),
        min_sdk=row["min_sdk"],
        resource_package=row.get("resource_package", ""),
        bundled=tuple((item["path"], item["sample"]) for item in row.get("bundled", [])),
        native=tuple(row.get("native", [])),
        manifest_texts=row.get("manifest_texts", {}),
        extra=row.get("extra", {}),
    )


def load_recipes(android: Path) -> list[Recipe]:
    """Read all recipes, bundled samples before those that carry them."""
    recipes = [load_recipe(path.parent) for path in sorted(android.glob("*/recipe.toml"))]
    carried = {sample for recipe in recipes for _, sample in recipe.bundled}
    return sorted(recipes, key=lambda recipe: (recipe.name not in carried, recipe.name))
