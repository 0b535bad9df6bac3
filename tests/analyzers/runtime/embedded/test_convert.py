"""Code that an optimiser shortened runs as it should after conversion."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.compile import class_path
from analyzers.runtime.embedded.convert import make_jar
from analyzers.runtime.errors import ConversionError

FOO = """
.class public LFoo;
.super Ljava/lang/Object;
.method public toString()Ljava/lang/String;
    .registers 2
    const-string v0, "foo without constructor"
    return-object v0
.end method
"""
MAIN = """
.class public LMain;
.super Ljava/lang/Object;
.method public static main([Ljava/lang/String;)V
    .registers 4
    new-instance v0, LFoo;
    invoke-direct {v0}, Ljava/lang/Object;-><init>()V
    sget-object v1, Ljava/lang/System;->out:Ljava/io/PrintStream;
    invoke-virtual {v1, v0}, Ljava/io/PrintStream;->println(Ljava/lang/Object;)V
    return-void
.end method
"""


@pytest.fixture
def apk(installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("Foo", FOO), ("Main", MAIN)):
        (tmp_path / f"{name}.smali").write_text(text, "utf-8")
    path = os.pathsep.join(class_path("convert"))
    command = [str(places.java()), "-cp", path, "com.googlecode.d2j.smali.SmaliCmd"]
    subprocess.run(
        [*command, "-o", str(tmp_path / "classes.dex"), str(tmp_path)],
        check=True,
        capture_output=True,
    )
    package = tmp_path / "app.apk"
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(tmp_path / "classes.dex", "classes.dex")
    known = places.environment()
    monkeypatch.setattr(places, "environment", lambda: known)
    monkeypatch.setattr(places, "cache_root", lambda: tmp_path / "cache")
    return package


def test_a_removed_constructor_is_given_back(apk: Path) -> None:
    converted = make_jar([apk])
    assert (converted.failed, converted.classes, converted.cached) == ((), 2, False)
    command = [
        str(places.java()),
        "-cp",
        str(converted.jar),
        "Main",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "foo without constructor"
    assert make_jar([apk]).cached


def test_a_package_without_code_is_refused(apk: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.apk"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("x", b"")
    with pytest.raises(ConversionError, match=r"runtime\.conversion_failed"):
        make_jar([empty])
