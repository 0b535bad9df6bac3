"""The tools that turn a sample's source into an APK, and the fetched files they need.

Java compiler and runtime (JDK 17), aapt2, zipalign and apksigner come from the system; the
dexer and the class library come from a package of real-inputs.tsv and the platform's
resources from another, both checked by SHA-256.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("java", "javac", "aapt2", "zipalign", "apksigner")
SECONDS = 300
# SHA-256 of the fetched files (scripts/data/real-inputs.tsv)
DEXER = "821c30c27e8fd14248434998b09d564c5a8d54a55a95f8443e6cb9a4ba0e4fcb.jar"
CLASSES = "1ce4aeadbc2939d35c9ac9c152c26e765d92b1769b9f643b5f7172a3ec51a8d7.jar"
PLATFORM = "053917e41b0a0c10f1f60d8c2f404419f3a33ac9d781580931e294c437fb1a19.apk"


class ToolError(RuntimeError):
    """A tool is missing or failed; the message says which and why."""


@dataclass(frozen=True)
class Toolchain:
    """Checked paths of everything the build needs."""

    dexer: Path
    classes: Path
    platform: Path
    temporary: Path

    def run(self, *command: str | Path) -> None:
        """Run one tool and raise with its last words if it fails."""
        result = subprocess.run(
            [str(part) for part in command], capture_output=True, timeout=SECONDS, check=False
        )
        if result.returncode:
            words = (result.stdout + result.stderr).decode("utf-8", "replace").strip()
            raise ToolError(f"{command[0]} failed: {words[-3000:]}")

    def folder(self) -> Path:
        """Give a fresh empty folder."""
        return Path(tempfile.mkdtemp(dir=self.temporary))


def load_toolchain(cache: Path, temporary: Path) -> Toolchain:
    """Find the tools and check the fetched files.

    Raises:
        ToolError: when a tool or file is missing or a hash differs.
    """
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing:
        raise ToolError(f"not installed: {', '.join(missing)} (make system-deps)")
    paths = [cache / "files" / name for name in (DEXER, CLASSES, PLATFORM)]
    for path in paths:
        if not path.is_file():
            raise ToolError(f"{path.name} is not in {cache}: run scripts/fetch-inputs")
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
            raise ToolError(f"{path} does not have the SHA-256 of its name")
    return Toolchain(*paths, temporary)
