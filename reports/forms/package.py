"""Bounds of a DOCX or XLSX file before a library opens it."""

from __future__ import annotations

import io
import zipfile

from reports.forms.grid import FormMismatch

MAX_INFLATED = 64 << 20
MAX_PARTS = 500


def check_package(content: bytes) -> io.BytesIO:
    """Give the file as a stream when it is a ZIP archive of bearable size.

    Raises:
        FormMismatch: it is none.
    """
    stream = io.BytesIO(content)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise FormMismatch("zip") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED:
        raise FormMismatch("size")
    stream.seek(0)
    return stream
