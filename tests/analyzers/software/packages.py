"""Packages for the tests: the manifest of a built sample with other files beside it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from analyzers.package import AppPackage, read_package

SAMPLE = Path(__file__).resolve().parents[3] / "samples/android/campus-leaky/campus-leaky.apk"


def make_package(*, code: bool = False, **files: str | bytes) -> AppPackage:
    """Make a package of the sample's manifest, its code where wanted, and more files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            if name == "AndroidManifest.xml" or (code and name.endswith(".dex")):
                target.writestr(name, source.read(name))
        for name, content in files.items():
            target.writestr(name, content)
    return read_package(buffer.getvalue(), "made.apk")
