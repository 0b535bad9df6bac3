"""android.native_libraries: the shared libraries of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.evidence import file_evidence
from analyzers.formats.elf import NativeLibrary, read_elf
from analyzers.formats.errors import FormatError
from analyzers.model import make_fact, make_limitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.model import Fact, Limitation
    from analyzers.package import AppPackage

ANALYZER = "android.native_libraries"
ABI_ORDER = ("arm64-v8a", "armeabi-v7a", "armeabi", "x86_64", "x86")
MAX_LIBRARIES = 500
MAX_BYTES = 128 << 20
UNREAD = NativeLibrary(soname="", needed=(), jni=False, stripped=False)


def extract(package: AppPackage) -> Iterator[Fact | Limitation]:
    """State every library, read from its first ABI."""
    libraries = package.native_libraries
    for count, (name, paths) in enumerate(libraries.items()):
        if count == MAX_LIBRARIES:
            yield make_limitation("native.many", analyzer=ANALYZER, limit=MAX_LIBRARIES)
            return
        abi = min(paths, key=_order)
        path = paths[abi]
        try:
            content = package.read(path, MAX_BYTES)
            library = read_elf(content)
        except FormatError as error:
            yield make_limitation(
                "native.unreadable", analyzer=ANALYZER, file=path, reason=error.code
            )
            library = UNREAD
        yield make_fact(
            "android.native_library",
            name,
            analyzer=ANALYZER,
            evidence=[file_evidence(path, ", ".join(library.needed))],
            abis=sorted(paths),
            soname=library.soname,
            needed=list(library.needed),
            jni=library.jni,
            stripped=library.stripped,
            size=package.size_of(path),
        )


def _order(abi: str) -> tuple[int, str]:
    return (ABI_ORDER.index(abi) if abi in ABI_ORDER else len(ABI_ORDER)), abi
