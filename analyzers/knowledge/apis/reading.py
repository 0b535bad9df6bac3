"""Reads the data files of the API table into rows: defaults, classes, and matrices."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec

from analyzers.knowledge.apis.model import ApiError, ApiRow
from analyzers.knowledge.personal_types import full_permission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Raw = dict[str, Any]

_FILE_KEYS = ("class", "matrix")
_METHOD_KEYS = ("suffix", "label", "index", "form")
_TARGET_KEYS = ("prefix", "values", "prefixes", "contains", "skip")


def read_rows(path: Path) -> Iterator[ApiRow]:
    """Read one data file.

    A file holds defaults at the top level, ``[[class]]`` tables with further defaults and their
    ``rows``, and ``[[matrix]]`` tables that cross ``methods`` with ``targets`` (each content
    provider with each way to reach one; they come first). The nearer value wins over the farther.

    Raises:
        ApiError: when the file breaks the schema.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ApiError(f"{path.name}: {error}") from error
    defaults = {key: value for key, value in table.items() if key not in _FILE_KEYS}
    for raw in [*_matrix_rows(table, defaults), *_class_rows(table, defaults)]:
        yield _read_row(path.name, raw)


def _class_rows(table: Raw, defaults: Raw) -> Iterator[Raw]:
    for block in table.get("class", ()):
        shared = {**defaults, **{key: value for key, value in block.items() if key != "rows"}}
        for row in block["rows"]:
            yield {**shared, **row}


def _matrix_rows(table: Raw, defaults: Raw) -> Iterator[Raw]:
    for matrix in table.get("matrix", ()):
        shared: Raw = {k: v for k, v in matrix.items() if k not in ("methods", "targets")}
        for target in matrix["targets"]:
            for method in matrix["methods"]:
                if method["suffix"] not in target.get("skip", ()):
                    yield {**defaults, **shared, **_cross(target, method)}


def _cross(target: Raw, method: Raw) -> Raw:
    condition: Raw = {
        key: target[key] for key in ("values", "prefixes", "contains") if key in target
    }
    argument: Raw = {"index": method["index"], "form": method["form"], **condition}
    row = {key: value for key, value in target.items() if key not in _TARGET_KEYS}
    row.update((key, value) for key, value in method.items() if key not in _METHOD_KEYS)
    row["id"] = f"{target['prefix']}.{method['suffix']}"
    row["name_zh"] = f"{target['name_zh']}（{method['label']}）"
    row["argument"] = argument
    return row


def _read_row(file: str, raw: Raw) -> ApiRow:
    if "kind" not in raw:
        raw = {**raw, "kind": "constructor" if raw.get("member") == "<init>" else "method"}
    names = raw.get("permissions", ())
    raw = {**raw, "permissions": [full_permission(name) for name in names]}
    if raw.get("sdk"):
        raw = {**raw, "seen": "sdk", "runtime": False}
    try:
        return msgspec.convert(raw, ApiRow)
    except msgspec.ValidationError as error:
        raise ApiError(f"{file}: {raw.get('id', '?')}: {error}") from error
