"""Every unreadable input: one clear line, the named exit code, nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples/android/campus-leaky/campus-leaky.apk"
APPADMIT = Path(sys.executable).parent / "appadmit"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [
        str(APPADMIT),
        "scan",
        "--no-run",
        "--workspace",
        str(home),
        "--out",
        str(home / "out"),
    ]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True, text=True, timeout=120, check=False, **options,
    )  # fmt: skip


def files_below(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file()) if folder.exists() else []


def make_missing(folder: Path) -> Path:
    return folder / "nowhere.apk"


def make_folder(folder: Path) -> Path:
    path = folder / "folder.apk"
    path.mkdir()
    return path


def make_empty(folder: Path) -> Path:
    path = folder / "empty.apk"
    path.touch()
    return path


def make_text(folder: Path) -> Path:
    path = folder / "text.apk"
    path.write_text("this is no package\n" * 100)
    return path


def make_truncated(folder: Path) -> Path:
    path = folder / "truncated.apk"
    path.write_bytes(SAMPLE.read_bytes()[:-40])
    return path


def make_cut_directory(folder: Path) -> Path:
    """The end record is whole, but the directory it points to is not."""
    data = SAMPLE.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", data, end + 12)
    path = folder / "cut-directory.apk"
    path.write_bytes(data[: offset + size // 3] + data[end:])
    return path


def make_bomb(folder: Path) -> Path:
    """A thousand and one hundred mebibytes of nothing."""
    path = folder / "bomb.apk"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("AndroidManifest.xml", bytes(100))
        block = bytes(100 << 20)
        for number in range(11):
            archive.writestr(f"assets/{number}", block)
    return path


def make_no_manifest(folder: Path) -> Path:
    path = folder / "no-manifest.apk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("classes.dex", b"dex\n035\0" + bytes(200))
        archive.writestr("resources.arsc", b"\x02\x00\x0c\x00" + bytes(100))
    return path


def make_bad_manifest(folder: Path) -> Path:
    path = folder / "bad-manifest.apk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AndroidManifest.xml", b"\x03\x00\x08\x00\xff\xff\xff\x7f" + bytes(64))
        archive.writestr("classes.dex", b"dex\n035\0" + bytes(200))
    return path


def make_plain_zip(folder: Path) -> Path:
    path = folder / "holiday-photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "sun")
    return path


def make_fifo(folder: Path) -> Path:
    path = folder / "pipe.apk"
    os.mkfifo(path)
    return path


MAKERS = [
    (make_missing, "找不到文件"),
    (make_folder, "是文件夹"),
    (make_empty, "是空文件"),
    (make_text, "不是应用文件"),
    (make_truncated, "不完整"),
    (make_cut_directory, "不完整"),
    (make_bomb, "压缩炸弹"),
    (make_no_manifest, "没有 AndroidManifest.xml"),
    (make_bad_manifest, "清单文件已损坏"),
    (make_plain_zip, "没有 AndroidManifest.xml"),
    (make_fifo, "不是普通文件"),
]


@pytest.mark.parametrize(
    ("make", "words"), MAKERS, ids=lambda value: getattr(value, "__name__", "")
)
def test_unreadable_input_ends_in_one_line_and_code_three(
    tmp_path: Path, home: Path, make: object, words: str
) -> None:
    path = make(tmp_path)
    done = run(home, "--quiet", str(path))
    assert done.returncode == 3, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("错误：")
    assert path.name in lines[0]
    assert words in lines[0]
    assert "Traceback" not in done.stderr
    assert not any(char in lines[0] for char in "{}"), lines[0]
    assert files_below(home) == []


@pytest.mark.parametrize(
    ("make", "_words"), MAKERS, ids=lambda value: getattr(value, "__name__", "")
)
def test_the_same_in_english(tmp_path: Path, home: Path, make: object, _words: str) -> None:
    path = make(tmp_path)
    done = run(home, "--quiet", "--lang", "en", str(path))
    assert done.returncode == 3
    assert done.stderr.startswith("Error: ")
    assert done.stderr.isascii(), done.stderr


def test_an_unreadable_file_does_not_stop_the_others(tmp_path: Path, home: Path) -> None:
    done = run(home, "--format", "json", str(make_text(tmp_path)), str(SAMPLE))
    assert done.returncode == 3
    assert files_below(home / "out") == ["report.json"]
    assert "汇总" in done.stdout


def test_debug_shows_where(tmp_path: Path, home: Path) -> None:
    bad = [str(APPADMIT), "scan", "--debug", "--profile", "nonsense", str(SAMPLE)]
    done = subprocess.run(bad, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Traceback" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--nonsense", "x.apk"], "没有选项"),
        ([], "缺少参数 files"),
        (["--fail-on", "sometimes", "x.apk"], "--fail-on 的值不对"),
        (["--profile", "nonsense", "x.apk"], "没有检测规范 nonsense"),
        (["--school", "nonsense", "x.apk"], "没有学校 nonsense"),
        (["--format", "html,docm", "x.apk"], "没有报告格式 docm"),
    ],
)
def test_wrong_usage_ends_with_code_two(home: Path, arguments: list[str], words: str) -> None:
    done = run(home, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.startswith("错误：")
    assert "Traceback" not in done.stderr
    assert files_below(home) == []


def test_a_workspace_that_takes_no_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    done = run(home, "--quiet", str(SAMPLE))
    assert done.returncode == 4
    assert "无法写入" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def in_small_disk(script: str) -> list[str]:
    """Run a shell script in a mount namespace with a 64 KiB disk on $DISK."""
    mount = 'mount -t tmpfs -o size=64k none "$DISK"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", f"{mount} && {script}"]


def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    probe = subprocess.run(
        in_small_disk("true"),
        env={**os.environ, "DISK": str(disk)},
        capture_output=True,
        check=False,
    )
    if probe.returncode:
        pytest.skip("this kernel gives no mount namespace to an unprivileged process")
    script = (
        'head -c 60000 /dev/zero > "$DISK/ballast"; '
        f'"{APPADMIT}" scan --no-run --quiet --workspace "$DISK/home" --out "$DISK/out" "{SAMPLE}"; '
        'echo "code $?"; find "$DISK" -name "*.part" -o -name ".probe*"'
    )
    done = subprocess.run(
        in_small_disk(script), env={**os.environ, "DISK": str(disk)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "code 4", done.stdout + done.stderr
    assert "磁盘空间不足" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_rights(tmp_path: Path, home: Path) -> None:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and setpriv is missing")
    locked = tmp_path / "locked"
    locked.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    command = [
        str(APPADMIT),
        "scan",
        "--no-run",
        "--quiet",
        "--workspace",
        str(locked / "w"),
        str(SAMPLE),
    ]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 4, done.stderr
    assert "无法写入" in done.stderr


@pytest.mark.parametrize("delay", [0.2, 0.5, 0.8])
def test_an_interruption_leaves_no_half_file(tmp_path: Path, home: Path, delay: float) -> None:
    command = [
        str(APPADMIT),
        "scan",
        "--no-run",
        "--quiet",
        "--workspace",
        str(home),
        "--out",
        str(home / "out"),
    ]
    process = subprocess.Popen([*command, *[str(SAMPLE)] * 200], stderr=subprocess.PIPE, text=True)
    time.sleep(delay + 0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "已中断" in errors
    assert "Traceback" not in errors
    assert [name for name in files_below(home) if name.endswith(".part") or name[0] == "."] == []
