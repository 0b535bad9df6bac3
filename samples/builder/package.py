"""Build one sample: compile, dex, link resources, pack, align and sign, always the same bytes."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from builder.elf import Library, make_library
from builder.patching import disguise, reveal

if TYPE_CHECKING:
    from pathlib import Path

    from builder.recipe import Recipe
    from builder.toolchain import Toolchain

STAMP = (2024, 1, 1, 0, 0, 0)
STORED = (".arsc", ".png", ".apk", ".so")
KEY_PASSWORD = "android"


def build_sample(recipe: Recipe, tools: Toolchain, stubs: Path, built: dict[str, bytes]) -> bytes:
    """Give the bytes of the signed package.

    Args:
        recipe: what to build.
        tools: checked tools.
        stubs: compiled compile-only stubs.
        built: bytes of the samples built before, by name, for bundled packages.
    """
    work = tools.folder()
    members = _link_resources(recipe, tools, work)
    members["classes.dex"] = _compile(recipe, tools, stubs, work)
    members |= _read_assets(recipe.folder / "assets")
    members |= {path: built[sample] for path, sample in recipe.bundled}
    members |= {path: text.encode() for path, text in recipe.extra.items()}
    for row in recipe.native:
        members[row["path"]] = make_library(_library(row))
    unsigned = work / "unsigned.apk"
    _write_zip(unsigned, members)
    tools.run("zipalign", "-f", "-p", "4", unsigned, work / "aligned.apk")
    return _sign(recipe, tools, work / "aligned.apk", work / "signed.apk")


def compile_stubs(source: Path, tools: Toolchain) -> Path:
    """Compile the compile-only stubs; give the class folder."""
    out = tools.folder()
    files = sorted(source.rglob("*.java"))
    tools.run(*_javac(), "-Xprefer:source", "-cp", tools.classes, "-d", out, *files)
    return out


def _javac() -> list[str]:
    return ["javac", "--release", "8", "-encoding", "UTF-8", "-g", "-nowarn", "-Xlint:-options",
            "-implicit:none"]  # fmt: skip


def _compile(recipe: Recipe, tools: Toolchain, stubs: Path, work: Path) -> bytes:
    roots = [recipe.folder / source for source in recipe.sources]
    files = sorted(path for root in roots for path in root.rglob("*.java"))
    files += sorted((work / "generated").rglob("*.java"))
    classes = work / "classes"
    classes.mkdir()
    tools.run(*_javac(), "-cp", f"{stubs}:{tools.classes}", "-d", classes, *files)
    dex = work / "dex"
    dex.mkdir()
    tools.run(
        "java", "-cp", tools.dexer, "com.android.tools.r8.D8", "--debug",
        "--min-api", str(recipe.min_sdk), "--lib", tools.classes, "--classpath", stubs,
        "--output", dex, *sorted(classes.rglob("*.class")),
    )  # fmt: skip
    return (dex / "classes.dex").read_bytes()


def _link_resources(recipe: Recipe, tools: Toolchain, work: Path) -> dict[str, bytes]:
    linked, manifest = work / "linked.apk", work / "AndroidManifest.xml"
    source = (recipe.folder / "AndroidManifest.xml").read_text("utf-8")
    manifest.write_text(disguise(source, recipe.manifest_texts), "utf-8")
    command: list[str | Path] = [
        "aapt2", "link", "-I", tools.platform, "--manifest", manifest, "--java", work / "generated", "-o", linked,
    ]  # fmt: skip
    if recipe.resource_package:
        command += ["--custom-package", recipe.resource_package]
    resources = recipe.folder / "res"
    if resources.is_dir():
        compiled = work / "compiled.zip"
        tools.run("aapt2", "compile", "--no-crunch", "--dir", resources, "-o", compiled)
        command.append(compiled)
    tools.run(*command)
    with zipfile.ZipFile(linked) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["AndroidManifest.xml"] = reveal(members["AndroidManifest.xml"], recipe.manifest_texts)
    return members


def _read_assets(folder: Path) -> dict[str, bytes]:
    return {
        f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _library(row: dict[str, object]) -> Library:
    fields = {key: value for key, value in row.items() if key != "path"}
    lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    return Library(**{**fields, **lists})


def _write_zip(path: Path, members: dict[str, bytes]) -> None:
    first = ("AndroidManifest.xml", "classes.dex", "resources.arsc")
    names = sorted(members, key=lambda name: (name not in first, name))
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, STAMP)
            stored = name.endswith(STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name], compresslevel=9)


def _sign(recipe: Recipe, tools: Toolchain, source: Path, target: Path) -> bytes:
    key = recipe.folder.parent / "signing" / recipe.key
    switches = [
        word
        for scheme in ("v1", "v2", "v3")
        for word in (f"--{scheme}-signing-enabled", str(scheme in recipe.schemes).lower())
    ]
    tools.run(
        "apksigner", "sign", "--ks", key, "--ks-pass", f"pass:{KEY_PASSWORD}",
        "--min-sdk-version", str(recipe.min_sdk), "--v4-signing-enabled", "false", *switches,
        "--in", source, "--out", target,
    )  # fmt: skip
    return target.read_bytes()
