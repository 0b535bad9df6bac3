"""The library writer against an independent reader."""

from __future__ import annotations

import lief
import pytest
from builder.elf import MACHINES, Library, make_library


@pytest.mark.parametrize("abi", sorted(MACHINES))
def test_an_independent_reader_sees_what_was_written(abi: str) -> None:
    wanted = Library(
        abi=abi, soname="libx.so", needed=("liblog.so", "libc.so"), exports=("JNI_OnLoad", "two")
    )
    parsed = lief.ELF.parse(list(make_library(wanted)))
    assert parsed.header.machine_type.value == MACHINES[abi][0]
    assert list(parsed.libraries) == ["liblog.so", "libc.so"]
    assert [symbol.name for symbol in parsed.exported_functions] == ["JNI_OnLoad", "two"]
    assert parsed[lief.ELF.DynamicEntry.TAG.SONAME].name == "libx.so"
    names = {section.name for section in parsed.sections}
    assert {".text", ".dynsym", ".dynstr", ".hash", ".dynamic"} <= names


def test_exports_point_at_their_code() -> None:
    data = make_library(Library(abi="x86_64", soname="liby.so", exports=("a", "b")))
    parsed = lief.ELF.parse(list(data))
    for symbol in parsed.exported_functions:
        assert data[symbol.address : symbol.address + 3] == bytes.fromhex("31c0c3")


def test_a_library_without_exports_and_with_a_marker() -> None:
    data = make_library(Library(abi="arm64-v8a", soname="libz.so", marker=b"MARK"))
    assert b"MARK" in data
    assert not list(lief.ELF.parse(list(data)).exported_functions)
