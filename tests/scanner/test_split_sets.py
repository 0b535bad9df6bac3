"""A folder of splits is one sample for the command too."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from tests.analyzers.test_sets import base, feature, language

APPADMIT = Path(sys.executable).parent / "appadmit"


def test_a_folder_of_splits_is_scanned_as_one_sample(tmp_path: Path) -> None:
    folder = tmp_path / "campus"
    folder.mkdir()
    members = {"base.apk": base(), "voice.apk": feature(), "zh.apk": language()}
    for name, content in members.items():
        (folder / name).write_bytes(content)
    command = [APPADMIT, "scan", "--json", "--workspace", tmp_path / "home", folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    codes = {item["code"] for item in report["limitations"]}
    assert {"package.container", "run.needs_single_package"} <= codes
    sample = report["sample"]
    hashes = sorted(hashlib.sha256(content).hexdigest() for content in members.values())
    assert sample["sha256"] == hashlib.sha256("".join(hashes).encode()).hexdigest()
    assert (sample["app_id"], sample["version_name"]) == ("cn.edu.example", "")
