from __future__ import annotations

import subprocess
import sys

import pytest

from reports.formats import FORMATS, render_file
from tests.reports.campus import make_campus

STARTS = {
    "html": b"\n<!DOCTYPE html>" , "json": b"{", "pdf": b"%PDF", "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04", "sarif": b"{",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_gives_a_file_of_its_kind(name: str, lang: str) -> None:
    assert render_file(name, make_campus(), lang).lstrip().startswith(STARTS[name].lstrip())


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        render_file("exe", make_campus(), "zh")


def test_a_page_needs_no_office_library() -> None:
    program = (
        "import sys; import reports.formats, reports.html, reports.json, reports.summary\n"
        "print([one for one in ('openpyxl', 'docx', 'typst', 'docxtpl') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
