"""Make the files that no reader can take: small, generated, never committed.

    python samples/hostile/make.py FOLDER

What each must lead to stands in expected.toml beside this file.
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

APK = Path(__file__).resolve().parent.parent / "android" / "campus-market" / "campus-market.apk"
STAMP = (2024, 1, 1, 0, 0, 0)
END = b"PK\x05\x06"
MIB = 1 << 20


def read_apk() -> bytes:
    """Give a sound small package to damage."""
    return APK.read_bytes()


def make_zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data)
    return buffer.getvalue()


def deflate_zeros(mib: int) -> bytes:
    """Give a raw deflate stream of so many MiB of zeros, about a thousandth of that long."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * mib + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def crc_of_zeros(mib: int) -> int:
    value = 0
    for _ in range(mib):
        value = zlib.crc32(bytes(MIB), value)
    return value


def make_bomb(name: str, mib: int, declared: int | None = None) -> bytes:
    """Give an archive of one entry that inflates to ``mib`` MiB; ``declared`` is the size it states."""
    data, raw_name = deflate_zeros(mib), name.encode()
    size = mib * MIB if declared is None else declared
    fields = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0x5821, crc_of_zeros(mib), len(data), size, len(raw_name), 0
    )
    local = b"PK\x03\x04" + fields + raw_name + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields
    central += struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw_name
    end = END + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def cut_in_directory() -> bytes:
    """Give the package without the second half of its directory, the end record included."""
    data = read_apk()
    start = struct.unpack_from("<I", data, data.rindex(END) + 16)[0]
    return data[: start + (len(data) - start) // 2]


def directory_past_the_end() -> bytes:
    """Give the package with an end record that points behind the file."""
    data = bytearray(read_apk())
    struct.pack_into("<I", data, data.rindex(END) + 16, 0x7FFFFFF0)
    return bytes(data)


def without_manifest() -> bytes:
    with zipfile.ZipFile(APK) as archive:
        return make_zip({"classes.dex": archive.read("classes.dex"), "res/a.txt": b"a"})


def with_manifest(manifest: bytes) -> bytes:
    with zipfile.ZipFile(APK) as archive:
        dex = archive.read("classes.dex")
    return make_zip({"AndroidManifest.xml": manifest, "classes.dex": dex})


MAKERS: dict[str, Callable[[], bytes]] = {
    "empty.apk": lambda: b"",
    "text.apk": lambda: "这不是安装包\n".encode() * 40,
    "picture.apk": lambda: b"\x89PNG\r\n\x1a\n" + bytes(200),
    "end-record-only.apk": lambda: END + bytes(18),
    "truncated-half.apk": lambda: read_apk()[: len(read_apk()) // 2],
    "truncated-directory.apk": cut_in_directory,
    "directory-past-the-end.apk": directory_past_the_end,
    "bomb-manifest.apk": lambda: make_bomb("AndroidManifest.xml", 1024),
    "bomb-lying-manifest.apk": lambda: make_bomb("AndroidManifest.xml", 1024, declared=4000),
    "no-manifest.apk": without_manifest,
    "manifest-empty.apk": lambda: with_manifest(b""),
    "manifest-text.apk": lambda: with_manifest(b'<?xml version="1.0"?><manifest package="a.b"/>'),
    "manifest-noise.apk": lambda: with_manifest(bytes(range(256)) * 8),
    "plain.zip": lambda: make_zip({"readme.txt": b"hello", "a/b.txt": b"b"}),
}


def make_hostile(folder: Path) -> dict[str, Path]:
    """Write every file into an existing folder; give name -> path.

    ``missing.apk`` is in the result and not on disk, ``folder.apk`` is an empty folder.
    """
    paths = {name: folder / name for name in ("missing.apk", "folder.apk", *MAKERS)}
    paths["folder.apk"].mkdir(exist_ok=True)
    for name, maker in MAKERS.items():
        paths[name].write_bytes(maker())
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for made in make_hostile(target).values():
        print(made)
