"""The generated unreadable files are what they claim to be, and the same on every run."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tomllib
import zipfile
import zlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "samples" / "hostile"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def make():
    spec = importlib.util.spec_from_file_location("hostile_make", FOLDER / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def files(make, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make.make_hostile(tmp_path_factory.mktemp("hostile"))


def test_every_file_has_an_expectation(files: dict[str, Path]) -> None:
    assert files.keys() == EXPECTED.keys()
    for row in EXPECTED.values():
        assert row["exit"] == 3
        assert row["about"]


def test_files_are_small_and_made_as_named(files: dict[str, Path]) -> None:
    assert not files["missing.apk"].exists()
    assert files["folder.apk"].is_dir()
    sizes = {name: path.stat().st_size for name, path in files.items() if path.is_file()}
    assert sizes.keys() == files.keys() - {"missing.apk", "folder.apk"}
    assert max(sizes.values()) < 2 << 20
    assert sizes["empty.apk"] == 0


@pytest.mark.parametrize(
    "name", ["text.apk", "picture.apk", "truncated-half.apk", "truncated-directory.apk"]
)
def test_no_directory_can_be_found(files: dict[str, Path], name: str) -> None:
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(files[name])


def test_archives_without_a_manifest(files: dict[str, Path]) -> None:
    for name in ("no-manifest.apk", "plain.zip", "end-record-only.apk"):
        with zipfile.ZipFile(files[name]) as archive:
            assert "AndroidManifest.xml" not in archive.namelist()


@pytest.mark.parametrize(
    ("name", "declared"), [("bomb-manifest.apk", 1 << 30), ("bomb-lying-manifest.apk", 4000)]
)
def test_bombs_unfold_far_beyond_their_length(
    files: dict[str, Path], name: str, declared: int
) -> None:
    with zipfile.ZipFile(files[name]) as archive:
        (entry,) = archive.infolist()
    assert entry.file_size == declared
    start = entry.header_offset + 30 + len(entry.filename)
    data = files[name].read_bytes()[start : start + entry.compress_size]
    unfolded = zlib.decompressobj(-15).decompress(data, 128 << 20)
    assert len(unfolded) == 128 << 20


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(
    "name",
    ["end-record-only.apk", "directory-past-the-end.apk", "bomb-lying-manifest.apk",
     "manifest-text.apk", "manifest-noise.apk"],
)  # fmt: skip
def test_the_command_refuses_it_in_one_line(
    files: dict[str, Path], tmp_path: Path, cache: Path, name: str
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    done = subprocess.run(
        [Path(sys.executable).parent / "appadmit", "scan", "--no-run", "--quiet",
         "--workspace", home, "--out", out, files[name]],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "APPADMIT_CACHE": str(cache)},
    )  # fmt: skip
    assert done.returncode == EXPECTED[name]["exit"]
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
    assert not [path for path in (*home.rglob("*"), *out.rglob("*")) if path.is_file()]


def test_the_maker_is_deterministic(make) -> None:
    for name in ("truncated-directory.apk", "no-manifest.apk", "manifest-noise.apk"):
        assert make.MAKERS[name]() == make.MAKERS[name]()
