"""android.native_libraries states the shared libraries."""

from __future__ import annotations

from analyzers.android.native_libraries import extract
from tests.analyzers.formats.test_elf import make_elf
from tests.analyzers.package_builder import codes_of, facts_of, make_package


def test_a_library_is_read_from_its_first_abi() -> None:
    arm = make_elf(["JNI_OnLoad"], soname="libx.so", needed=("libc.so",))
    files = {"lib/x86/libx.so": b"\x7fELF broken", "lib/arm64-v8a/libx.so": arm}
    found = list(extract(make_package(files=files)))
    assert codes_of(found) == []
    assert facts_of(found, "android.native_library") == {
        "libx.so": {
            "abis": ["arm64-v8a", "x86"], "soname": "libx.so", "needed": ["libc.so"], "jni": True,
            "stripped": True, "size": len(arm),
        }
    }  # fmt: skip
    assert found[0].evidence[0].location.file == "lib/arm64-v8a/libx.so"


def test_what_is_no_library_is_stated_with_a_limitation() -> None:
    found = list(extract(make_package(files={"lib/x86/libx.so": b"encrypted" * 9})))
    assert codes_of(found) == ["native.unreadable"]
    assert facts_of(found, "android.native_library")["libx.so"]["jni"] is False


def test_files_elsewhere_are_no_libraries() -> None:
    assert list(extract(make_package(files={"assets/libx.so": make_elf([])}))) == []
