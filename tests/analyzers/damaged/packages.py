"""Packages that depart from what ordinary tools write: every trick packers are known for.

``PACKAGES`` maps an id of truth.toml to a function that writes the package. All start from the
same ordinary package: id cn.edu.example, permission CAMERA, exported activity .Main, label Campus.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.analyzers.formats.apk_signer import part
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Builder, Node, Reference, chunk, make_axml, node
from tests.analyzers.formats.zip_builder import Entry, make_zip
from tests.analyzers.package_builder import make_manifest

ROOT = Path(__file__).resolve().parents[3]
LABEL = Reference(0x7F010000)
TABLE = make_arsc({"string": {"name": {"": "Campus"}, "loop": {"": ("ref", 0x7F010001)}}})
ASSET = Entry("assets/notes.txt", b"notes " * 30)


def tree(label: object = LABEL, **application: object) -> Node:
    return make_manifest(
        node("uses-permission", name="android.permission.CAMERA"),
        node(
            "application", node("activity", name=".Main", exported=True), label=label, **application
        ),
    )


ORDINARY = make_axml(tree())


@cache
def real_dex() -> bytes:
    with zipfile.ZipFile(ROOT / "samples/android/campus-clean/campus-clean.apk") as archive:
        return archive.read("classes.dex")


def manifest(content: bytes = ORDINARY, **fields: object) -> Entry:
    return Entry("AndroidManifest.xml", content, **fields)


def table(content: bytes = TABLE, **fields: object) -> Entry:
    return Entry("resources.arsc", content, method=fields.pop("method", 0), **fields)


def dex(name: str = "classes.dex", content: bytes | None = None, **fields: object) -> Entry:
    return Entry(name, real_dex() if content is None else content, **fields)


def package(*more: Entry, first: Entry | None = None, **options: object) -> bytes:
    """Write the ordinary package with more entries, or with another first one."""
    return make_zip(first or manifest(), table(), dex(), *more, **options)


def xml(builder: Builder | None = None, **options: object) -> bytes:
    """Write the ordinary package with an odd manifest."""
    return package(first=manifest((builder or Builder()).write(tree(), **options)))


def crc(entry: Entry) -> Entry:
    entry.crc = (entry.crc or 0) ^ 0x1234
    return entry


def many(count: int, *, honest: bool) -> bytes:
    """Write so many empty entries, with a zip64 record or with a count that wraps."""
    if not honest:
        return package(*(Entry(f"assets/{number}", method=0) for number in range(count - 3)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for entry in (manifest(), table(), dex()):
            archive.writestr(entry.name.decode(), entry.content)
        for number in range(count - 3):
            archive.writestr(f"assets/{number}", b"")
    return target.getvalue()


def quine() -> bytes:
    """Two entries that share one local header and its data."""
    shared = Entry("assets/a", b"a" * 99, method=0)
    other = Entry("assets/b", b"a" * 99, method=0, stored=b"", stored_size=99)
    whole = make_zip(manifest(), table(), dex(), shared)
    other.offset = whole.index(b"PK\x03\x04", whole.index(b"assets/a") - 34)
    return make_zip(manifest(), table(), dex(), shared, other)


def nested_data() -> bytes:
    """An entry whose local header lies inside the data of another."""
    inner = Entry("assets/in", b"inner" * 9, method=0)
    outer = Entry("assets/out", inner.write_local() + b"tail", method=0)
    whole = make_zip(manifest(), table(), dex(), outer)
    inner.offset = whole.index(b"assets/out") + len("assets/out")
    ghost = Entry(
        "assets/in", b"inner" * 9, method=0, stored=b"", stored_size=45, offset=inner.offset
    )
    return make_zip(manifest(), table(), dex(), outer, ghost)


def extended(size: int) -> bytes:
    """A manifest whose root chunk states a size of its own."""
    return xml(size=size)


def with_pool_offset(offset: int) -> bytes:
    """Give one string an offset outside the pool: it reads as empty."""
    content = bytearray(ORDINARY)
    count = struct.unpack_from("<I", content, 16)[0]
    struct.pack_into("<I", content, 36 + 4 * (count - 1), offset)
    return package(first=manifest(bytes(content)))


def with_count(extra: int) -> bytes:
    """Let the permission element state more attributes than it has."""
    content = bytearray(ORDINARY)
    place = content.index(struct.pack("<HHHH", 20, 20, 1, 0))
    struct.pack_into("<H", content, place + 4, 1 + extra)
    return package(first=manifest(bytes(content)))


def broken_dex(change: Callable[[bytearray], None]) -> bytes:
    content = bytearray(real_dex())
    change(content)
    return package(dex("classes2.dex", bytes(content)))


def poke(offset: int, value: int) -> Callable[[bytearray], None]:
    return lambda content: struct.pack_into("<I", content, offset, value)


def arsc(content: bytes, **fields: object) -> bytes:
    return make_zip(manifest(), table(content, **fields), dex())


def block(value: bytes) -> bytes:
    """Put a v2 block with this value in front of the directory."""
    whole = bytearray(package())
    start = struct.unpack_from("<I", whole, len(whole) - 6)[0]
    pair = struct.pack("<QI", len(value) + 4, 0x7109871A) + value
    size = struct.pack("<Q", len(pair) + 24)
    added = size + pair + size + b"APK Sig Block 42"
    struct.pack_into("<I", whole, len(whole) - 6, start + len(added))
    return bytes(whole[:start]) + added + bytes(whole[start:])


def recompressed(entry: Entry) -> Entry:
    """Deflate the content in blocks that are not compressed, as some tools write it."""
    engine = zlib.compressobj(0, zlib.DEFLATED, -15)
    entry.stored = engine.compress(entry.content) + engine.flush()
    entry.stored_size = len(entry.stored)
    return entry


ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
SECOND = make_axml(make_manifest(node("application"), package="cn.edu.second"))
PACKAGES: dict[str, Callable[[], bytes]] = {
    "ordinary": package,
    "crc-manifest": lambda: package(first=crc(manifest())),
    "crc-dex": lambda: make_zip(manifest(), table(), crc(dex())),
    "crc-asset": lambda: package(crc(Entry("assets/a", b"x" * 9))),
    "encrypted-manifest": lambda: package(first=manifest(flags=1)),
    "encrypted-all": lambda: make_zip(manifest(flags=1), table(flags=1), dex(flags=1)),
    "encrypted-local": lambda: package(first=manifest(local={"flags": 1})),
    "strong-encryption": lambda: package(Entry("assets/a", b"x", flags=0x41)),
    "twice-manifest": lambda: package(manifest(SECOND)),
    "twice-dex": lambda: package(dex(content=b"dex\n035\0" + bytes(200))),
    "twice-asset": lambda: package(ASSET, Entry("assets/notes.txt", b"other")),
    "parent-asset": lambda: package(Entry("assets/../../../etc/cron.d/x", b"x")),
    "parent-library": lambda: package(Entry("lib/x86/../../../../data/x.so", b"x")),
    "parent-backslash": lambda: package(Entry("assets\\..\\..\\x", b"x")),
    "absolute-unix": lambda: package(Entry("/data/local/tmp/x", b"x")),
    "absolute-windows": lambda: package(Entry("C:\\Windows\\x.dll", b"x")),
    "entries-70000": lambda: many(70_000, honest=True),
    "entries-wrapped": lambda: many(70_000, honest=False),
    "method-manifest": lambda: package(first=manifest(method=0x5A1C)),
    "method-table": lambda: arsc(TABLE, method=99),
    "method-asset": lambda: package(Entry("assets/a", b"x", method=12)),
    "method-deflated-manifest": lambda: package(
        first=manifest(method=0x7777, stored=Entry("m", ORDINARY).stored)
    ),
    "version-local": lambda: package(first=manifest(local={"needed": 0xFF})),
    "version-directory": lambda: package(first=manifest(needed=0xFFFF, local={"needed": 20})),
    "overlap-shared": quine,
    "overlap-inner": nested_data,
    "prefix-script": lambda: package(prefix=b"#!/bin/sh\nexit\n"),
    "prefix-dex": lambda: package(prefix=real_dex()),
    "prefix-elf": lambda: package(prefix=ELF),
    "prefix-unadjusted": lambda: package(prefix=b"unadjusted", shifted=False),
    "suffix": lambda: package(suffix=b"\0" * 9),
    "comment": lambda: package(comment=b"built by a packer" * 9),
    "comment-fake-end": lambda: package(comment=b"PK\x05\x06" + bytes(30)),
    "gap": lambda: package(gap=b"hidden data"),
    "hidden-entry": lambda: package(Entry("assets/hidden", b"x"), count=3),
    "volume": lambda: package(disk=1),
    "size-small": lambda: package(Entry("assets/a", b"x" * 999, size=9, local={"size": 9})),
    "size-large": lambda: package(Entry("assets/a", b"x" * 9, size=999, local={"size": 999})),
    "size-stored": lambda: package(
        Entry("assets/a", b"x" * 9, method=0, size=5, local={"size": 5})
    ),
    "size-local-zero": lambda: package(
        first=manifest(local={"size": 0, "stored_size": 0, "crc": 0})
    ),
    "local-name": lambda: package(first=manifest(local={"name": b"AndroidManifest.xmX"})),
    "local-method": lambda: package(first=manifest(local={"method": 0})),
    "local-missing": lambda: package(Entry("assets/a", b"x", offset=3)),
    "local-outside": lambda: package(Entry("assets/a", b"x", offset=0x7FFFFFF0)),
    "folder-manifest": lambda: package(Entry("AndroidManifest.xml/a", b"x")),
    "folder-dex": lambda: package(Entry("classes.dex/", b"")),
    "name-latin": lambda: package(Entry(b"assets/\xe9t\xe9", b"x")),
    "name-zero": lambda: package(Entry("assets/a\0b", b"x")),
    "stored-blocks": lambda: package(first=recompressed(manifest())),
    "dex-not-inflated": lambda: package(dex("classes2.dex", b"x" * 50, stored=b"\xff" * 20)),
    "dex-no-header": lambda: package(dex("classes2.dex", b"encrypted" * 40)),
    "dex-cut": lambda: package(dex("classes2.dex", real_dex()[:150])),
    "dex-strings-outside": lambda: broken_dex(poke(0x3C, 0x7FFFFFFF)),
    "dex-count-huge": lambda: broken_dex(poke(0x58, 0x00FFFFFF)),
    "dex-empty": lambda: package(dex("classes2.dex", b"")),
    "xml-type": lambda: xml(kind=0),
    "xml-type-text": lambda: xml(kind=0x1234),
    "xml-chunk-before": lambda: xml(before=chunk(0x0042, b"", bytes(64))),
    "xml-chunk-two": lambda: xml(
        before=chunk(0x0F00, bytes(8), b"") + chunk(0x0777, b"", bytes(4))
    ),
    "xml-strings-huge": lambda: xml(Builder(stated_strings=0x00FFFFFF)),
    "xml-strings-huge-utf8": lambda: xml(Builder(stated_strings=9999, utf8=True)),
    "xml-string-outside": lambda: with_pool_offset(0x00FFFFFF),
    "xml-node-header": lambda: xml(Builder(node_header=24)),
    "xml-attribute-size": lambda: xml(Builder(attribute_size=24)),
    "xml-attribute-wide": lambda: xml(Builder(attribute_size=40, utf8=True)),
    "xml-attribute-count": lambda: with_count(40),
    "xml-names-hidden": lambda: xml(Builder(hide_names=True)),
    "xml-size-long": lambda: extended(0x00FFFFFF),
    "xml-trailing": lambda: xml(after=b"\0" * 16),
    "xml-text": lambda: package(
        first=manifest(b'<?xml version="1.0"?><manifest package="cn.edu.example"/>')
    ),
    "xml-cut-in-pool": lambda: package(first=manifest(ORDINARY[:60])),
    "arsc-cut": lambda: arsc(TABLE[: len(TABLE) // 2]),
    "arsc-garbage": lambda: arsc(b"\xff" * 300),
    "arsc-compressed": lambda: arsc(TABLE, method=8),
    "arsc-strings-huge": lambda: arsc(TABLE[:20] + struct.pack("<I", 0x00FFFFFF) + TABLE[24:]),
    "arsc-loop": lambda: package(first=manifest(make_axml(tree(Reference(0x7F010001))))),
    "arsc-missing": lambda: make_zip(manifest(), dex()),
    "block-no-signer": lambda: block(part()),
    "block-garbage": lambda: block(b"\xff" * 40),
    "jar-garbage": lambda: package(
        Entry("META-INF/A.SF", b"x"), Entry("META-INF/A.RSA", b"\x30\x80garbage")
    ),
    "library-garbage": lambda: package(
        Entry("lib/arm64-v8a/libx.so", b"\x7fELF\x02\x01" + b"\xff" * 90)
    ),
    "network-config-garbage": lambda: package(
        first=manifest(make_axml(tree(networkSecurityConfig=Reference(0x7F010000))))
    ),
    "bundled-garbage": lambda: package(Entry("assets/a.apk", b"PK\x03\x04" + bytes(400))),
}
