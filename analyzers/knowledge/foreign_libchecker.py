"""Reading LibChecker's rules: the rule bundle (SQLite) or an archive of the rule repository."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING

from analyzers.knowledge.foreign import (
    LIBCHECKER_LICENCE,
    MAX_BYTES,
    ForeignError,
    ForeignList,
    ForeignSignature,
    make_list,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = {0: "library", 1: "component", 2: "component", 3: "component", 4: "component", 5: "class"}
"""Rule types of LibChecker (NATIVE, SERVICE, ACTIVITY, RECEIVER, PROVIDER, DEX)."""
FOLDERS = {
    "native-libs": "library",
    "services-libs": "component",
    "activities-libs": "component",
    "receivers-libs": "component",
    "providers-libs": "component",
    "dex-libs": "class",
}
MAX_RULES = 100_000
MAX_RULE = 65_536


def import_libchecker(content: bytes) -> ForeignList:
    """Read LibChecker rules.

    Raises:
        ForeignError: neither a rule bundle nor an archive of rules.
    """
    if len(content) > MAX_BYTES:
        raise ForeignError(f"larger than {MAX_BYTES} bytes")
    if content.startswith(b"SQLite format 3\0"):
        rows = list(_read_database(content))
    elif content.startswith(b"PK"):
        rows = list(_read_archive(content))
    else:
        raise ForeignError("neither a rule database nor an archive of rules")
    found = [ForeignSignature(label, type_, value) for label, type_, value in rows if value]
    return make_list("libchecker", LIBCHECKER_LICENCE, content, found, 0)


def _read_database(content: bytes) -> Iterator[tuple[str, str, str]]:
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(content)
        names = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for table in names:
            quoted = '"' + str(table).replace('"', '""') + '"'
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({quoted})")}
            if {"name", "label", "type"} <= columns:
                query = f"SELECT name, label, type FROM {quoted} LIMIT {MAX_RULES}"
                for name, label, type_ in database.execute(query):
                    if type_ in TYPES:
                        yield str(label)[:200], TYPES[type_], str(name)[:300]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ForeignError(f"damaged database: {error}") from error
    finally:
        database.close()


def _read_archive(content: bytes) -> Iterator[tuple[str, str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist()[:MAX_RULES]:
                folder, _, file = info.filename.rpartition("/")
                type_ = FOLDERS.get(folder.rpartition("/")[2])
                if type_ and file.endswith(".json") and info.file_size <= MAX_RULE:
                    label = _read_label(archive.read(info))
                    yield label or file[:-5], type_, file[:-5][:300]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ForeignError(f"damaged archive: {error}") from error


def _read_label(content: bytes) -> str:
    """Give the label of a rule file, of either generation of the format; empty where none."""
    try:
        rule = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(rule, dict):
        return ""
    if isinstance(rule.get("label"), str):
        return str(rule["label"])[:200]
    for part in rule.get("data") or ():
        label = part.get("data", {}).get("label") if isinstance(part, dict) else None
        if isinstance(label, str):
            return str(label)[:200]
    return ""
