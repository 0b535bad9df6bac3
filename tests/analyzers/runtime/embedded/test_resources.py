"""Old resource tables get the header the runtime expects; others stay as they are."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from analyzers.runtime.embedded.resources import make_readable_resources, widen_packages


def make_table(header: int) -> bytes:
    pool = struct.pack("<HHI", 1, 28, 32) + b"\0" * 24
    head = bytearray(header)
    body = b"P" * 40
    struct.pack_into("<HHI", head, 0, 0x0200, header, header + len(body))
    struct.pack_into("<I", head, 268, header)
    struct.pack_into("<I", head, 276, header + 20)
    package = bytes(head) + body
    return struct.pack("<HHII", 2, 12, 12 + len(pool) + len(package), 1) + pool + package


def test_short_header_is_widened() -> None:
    wide = widen_packages(make_table(284))
    assert wide is not None
    assert struct.unpack_from("<I", wide, 4)[0] == len(wide)
    kind, header, size = struct.unpack_from("<HHI", wide, 44)
    assert (kind, header, size) == (0x0200, 288, 288 + 40)
    assert struct.unpack_from("<I", wide, 44 + 268)[0] == 288
    assert struct.unpack_from("<I", wide, 44 + 276)[0] == 308
    assert wide.endswith(b"P" * 40)


def test_long_header_stays() -> None:
    assert widen_packages(make_table(288)) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(data: bytes) -> None:
    assert widen_packages(data) is None or data[:2] == b"\x02\x00"


def test_copy_is_made_only_where_needed(tmp_path: Path) -> None:
    for header, copied in ((284, True), (288, False)):
        apk = tmp_path / f"{header}.apk"
        with zipfile.ZipFile(apk, "w") as archive:
            archive.writestr("resources.arsc", make_table(header))
            archive.writestr("AndroidManifest.xml", b"x")
            archive.writestr("classes.dex", b"x")
        readable = make_readable_resources(apk, tmp_path)
        assert (readable != apk) is copied
    with zipfile.ZipFile(tmp_path / "readable.apk") as archive:
        assert sorted(archive.namelist()) == ["AndroidManifest.xml", "resources.arsc"]
