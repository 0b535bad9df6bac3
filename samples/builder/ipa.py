"""Builds an .ipa from its recipe (samples/ios/*/recipe.toml); the same recipe gives the same bytes."""

from __future__ import annotations

import io
import plistlib
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from builder.apple_signing import make_profile, make_signature
from builder.macho import Image, make_macho

KEY = Path(__file__).resolve().parents[1] / "android/signing/campus-release-key.p12"
PASSWORD = b"android"
EXECUTABLE = 0o100755 << 16


def make_ipa(folder: Path) -> bytes:
    """Build the sample of a folder."""
    recipe = tomllib.loads((folder / "recipe.toml").read_text("utf-8"))
    root = f"Payload/{recipe['name']}.app/"
    files = {
        root + "Info.plist": plistlib.dumps(recipe["info"], fmt=plistlib.FMT_BINARY),
        root + recipe["info"]["CFBundleExecutable"]: _main(recipe),
    }
    for language, rows in recipe.get("strings", {}).items():
        content = "".join(f'"{key}" = "{text}";\n' for key, text in rows.items())
        files[f"{root}{language}.lproj/InfoPlist.strings"] = content.encode("utf-16")
    if "manifest" in recipe:
        files[root + "PrivacyInfo.xcprivacy"] = plistlib.dumps(recipe["manifest"])
    if "profile" in recipe:
        files[root + "embedded.mobileprovision"] = make_profile(recipe["profile"], KEY, PASSWORD)
    for framework in recipe.get("frameworks", []):
        files.update(_framework(root, framework))
    return write_zip(files)


def write_zip(files: dict[str, bytes]) -> bytes:
    """Write a zip with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, EXECUTABLE
            entry.create_system = 3
            archive.writestr(entry, content)
    return out.getvalue()


def _main(recipe: dict[str, Any]) -> bytes:
    row = recipe["signature"]
    signed = KEY if row["signed"] else None
    signature = make_signature(
        row["identifier"], row["team"], recipe.get("entitlements", {}), signed, PASSWORD
    )
    return make_macho(Image(**_tuples(recipe["binary"]), signature=signature))


def _framework(root: str, row: dict[str, Any]) -> dict[str, bytes]:
    folder = f"{root}Frameworks/{row['name']}.framework/"
    info = {"CFBundleExecutable": row["name"], **row["info"]}
    image = Image(**_tuples(row["binary"]), library=True)
    found = {
        folder + "Info.plist": plistlib.dumps(info),
        folder + row["name"]: make_macho(image),
    }
    if "manifest" in row:
        found[folder + "PrivacyInfo.xcprivacy"] = plistlib.dumps(row["manifest"])
    return found


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
