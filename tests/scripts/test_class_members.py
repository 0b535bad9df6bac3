"""The reader of class files: declared members, and nothing but ValueError for anything else."""

from __future__ import annotations

import struct
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scripts.class_members import ABSTRACT, PUBLIC, STATIC, read_class, read_jar

PRIVATE, BRIDGE = 0x0002, 0x0040


def make_class(name: str, methods: list[tuple[str, str, int]]) -> bytes:
    """Make a class file with methods only; each carries one attribute that is skipped."""
    texts = [name, "java/lang/Object", "Mark", *(text for m in methods for text in m[:2])]
    pool = b"".join(b"\x01" + struct.pack(">H", len(t)) + t.encode() for t in texts)
    pool += b"\x07\x00\x01" + b"\x07\x00\x02" + b"\x05" + bytes(8)  # two classes, a long
    count = len(texts) + 2 + 2 + 1
    classes = len(texts) + 1
    body = struct.pack(">HHHHH", PUBLIC, classes, classes + 1, 0, 0)
    body += struct.pack(">H", len(methods))
    for index, (_name, _descriptor, access) in enumerate(methods):
        body += struct.pack(">HHHH", access, 4 + 2 * index, 5 + 2 * index, 1)
        body += struct.pack(">HI", 3, 2) + b"ok"
    return b"\xca\xfe\xba\xbe" + struct.pack(">HHH", 0, 52, count) + pool + body + b"\x00\x00"


METHODS = [
    ("get", "()V", PUBLIC | STATIC),
    ("get", "(I)V", PUBLIC | ABSTRACT),
    ("get", "(J)V", PRIVATE),
    ("get", "(F)V", PUBLIC | BRIDGE),
]
CLASS = make_class("a/B$C", METHODS)


def test_members_that_others_can_call() -> None:
    read = read_class(CLASS)
    assert (read.name, read.parent, read.interfaces, read.fields) == (
        "a.B$C", "java.lang.Object", (), (),
    )  # fmt: skip
    found = read.methods_named("get")
    assert [one.descriptor for one in found] == ["()V", "(I)V"]
    assert [(one.static, one.abstract) for one in found] == [(True, False), (False, True)]


def test_jar_gives_only_the_wanted_packages(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.jar", "w") as jar:
        jar.writestr("a/B$C.class", CLASS)
        jar.writestr("b/D.class", make_class("b/D", []))
        jar.writestr("a/readme.txt", b"no class")
    assert [one.name for one in read_jar(tmp_path / "x.jar", ("a/",))] == ["a.B$C"]


@pytest.mark.parametrize("data", [b"", b"\xca\xfe\xba\xbe", b"PK\x03\x04" + bytes(40), CLASS[:-20]])
def test_what_is_no_class_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no class file"):
        read_class(data)


@given(st.integers(0, len(CLASS) - 1), st.integers(0, 255))
def test_changed_bytes_never_raise_anything_else(place: int, byte: int) -> None:
    data = bytearray(CLASS)
    data[place] = byte
    try:
        read = read_class(bytes(data))
    except ValueError as error:
        assert str(error)
    else:
        assert isinstance(read.name, str)
