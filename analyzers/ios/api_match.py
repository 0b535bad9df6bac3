"""Which rows of the API table a binary reaches: by imported classes and functions, and selectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.ios.tables import ApiRow, load_ios_apis
from analyzers.ios_package import Binary, IosPackage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.formats.macho import MachO

CLASS = "_OBJC_CLASS_$_"
SYSTEM_SWIFT = "libswift"


class ApiHit(msgspec.Struct, frozen=True):
    """One row that a binary reaches."""

    id: str
    row: ApiRow
    binary: Binary
    apis: tuple[str, ...]
    """``Class selector``, class or function names that were found."""
    certain: bool
    """The selectors could be read, or none is needed."""


def is_own(binary: Binary) -> bool:
    """Tell whether a binary is the app's or an SDK's, not the Swift runtime's copy."""
    return not binary.name.startswith(SYSTEM_SWIFT)


def match_apis(package: IosPackage) -> tuple[ApiHit, ...]:
    """Find the rows of every binary, in the order of the binaries and the table."""
    return tuple(
        hit
        for binary in package.binaries
        if is_own(binary)
        for id_, row in load_ios_apis().items()
        if (hit := _match(id_, row, binary)) is not None
    )


def imported_names(code: MachO) -> frozenset[str]:
    """Give imported functions and constants without underscore and variant suffix."""
    return frozenset(
        name.removeprefix("_").partition("$INODE64")[0].partition("$UNIX2003")[0]
        for name in code.symbols.imported
    )


def _match(id_: str, row: ApiRow, binary: Binary) -> ApiHit | None:
    code = binary.code
    imported = set(code.symbols.imported)
    classes = [name for name in row.classes if CLASS + name in imported]
    classes += [name for name in row.texts if _has_text(code.texts, name)]
    sent = [selector for selector in row.selectors if selector in code.selectors]
    functions = [name for name in row.functions if "_" + name in imported]
    hidden = code.is_hidden("__objc_methname")
    found = list(functions)
    if classes and (sent or not row.selectors):
        found += list(_name(classes, sent))
    elif classes and hidden:
        return ApiHit(id_, row, binary, tuple(classes), certain=False)
    return ApiHit(id_, row, binary, tuple(found), certain=True) if found else None


def _name(classes: list[str], selectors: list[str]) -> Iterator[str]:
    if not selectors:
        yield from classes
    yield from (f"{'/'.join(classes)} {selector}" for selector in selectors)


def _has_text(texts: bytes, name: str) -> bool:
    mark = name.encode() + b"\0"
    return texts.startswith(mark) or b"\0" + mark in texts
