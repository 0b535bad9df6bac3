"""The list of jars is complete, and a jar that is not the listed one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.runtime.embedded.jars import Jar, check_jar, jars_for, load_jars
from analyzers.runtime.errors import InstallError


def test_every_role_is_served_and_no_two_jars_collide() -> None:
    names = [jar.file_name for jar in load_jars()]
    assert len(names) == len(set(names))
    assert all(len(jar.sha256) == 64 for jar in load_jars())
    assert len(jars_for("framework")) == 1
    for role in ("host", "convert", "compile"):
        assert jars_for(role)


def test_a_changed_jar_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jar"
    path.write_bytes(b"x")
    right = Jar(
        "g",
        "a",
        "1",
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        1,
        ("host",),
    )
    check_jar(right, path)
    path.write_bytes(b"y")
    with pytest.raises(InstallError, match=r"runtime\.jar_differs"):
        check_jar(right, path)
    with pytest.raises(InstallError, match=r"runtime\.jar_missing"):
        check_jar(right, tmp_path / "none.jar")
