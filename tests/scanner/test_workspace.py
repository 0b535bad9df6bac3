"""The store keeps whole files or none, and finds them again."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from analyzers.model import FactSet, Sample, Versions
from scanner.errors import EnvironmentProblem, UsageError, explain_os_error
from scanner.workspace import Workspace, write_atomically

HASHES = ["ab" * 32, "abcdef" + "0" * 58]


def make_facts(sha256: str, knowledge: str = "k1") -> FactSet:
    sample = Sample(sha256=sha256, md5="0" * 32, size=1, name="a.apk", platform="android")
    versions = Versions(tool="1", knowledge=knowledge)
    return FactSet(sample=sample, facts=(), limitations=(), coverage=(), versions=versions)


def test_facts_come_back_equal(tmp_path: Path) -> None:
    store = Workspace(tmp_path)
    facts = make_facts(HASHES[0])
    path = store.store_facts(facts)
    assert path == tmp_path / HASHES[0] / "facts" / "1+k1.json"
    assert store.load_facts(path) == facts


def test_the_latest_facts_win(tmp_path: Path) -> None:
    store = Workspace(tmp_path)
    old = store.store_facts(make_facts(HASHES[0], "k1"))
    os.utime(old, (1, 1))
    store.store_facts(make_facts(HASHES[0], "k0"))
    assert store.latest_facts(HASHES[0]).versions.knowledge == "k0"


def test_a_sample_is_found_by_prefix(tmp_path: Path) -> None:
    store = Workspace(tmp_path)
    for sha256 in HASHES:
        store.store_facts(make_facts(sha256))
    (tmp_path / "notes").mkdir()
    assert list(store.samples()) == sorted(HASHES)
    assert store.resolve("ABCDEF00") == HASHES[1]
    with pytest.raises(UsageError, match="unknown_sample"):
        store.resolve("abab")
    with pytest.raises(UsageError, match="unknown_sample"):
        store.resolve("123456")
    store.store_facts(make_facts("abcdef" + "1" * 58))
    with pytest.raises(UsageError, match="ambiguous_sample"):
        store.resolve("abcdef")


def test_nothing_stored_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing_stored"):
        Workspace(tmp_path).latest_facts(HASHES[0])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"sample": 1}', b"\xff\xfe"])
def test_a_damaged_file_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="damaged"):
        Workspace(tmp_path).load_facts(path)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match="disk_full"):
        write_atomically(tmp_path / "a" / "b" / "c.json", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.json"
    write_atomically(path, b"old")

    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["c.json"]


def test_a_file_in_the_way_is_an_environment_problem(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("not a folder")
    with pytest.raises(EnvironmentProblem, match="not_writable"):
        Workspace(tmp_path / "w").check_writable()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "environment.disk_full"),
        (errno.EDQUOT, "environment.disk_full"),
        (errno.EACCES, "environment.not_writable"),
        (errno.EROFS, "environment.not_writable"),
        (errno.EIO, "environment.os_error"),
    ],
)
def test_os_errors_are_told_apart(number: int, code: str) -> None:
    assert explain_os_error(OSError(number, "x"), "place").code == code
