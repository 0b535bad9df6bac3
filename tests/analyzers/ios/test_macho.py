"""Mach-O files: what is read of a written one, and that nothing but FormatError comes out."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from builder.apple_signing import make_signature
from builder.macho import Image, make_macho
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.code_signature import read_code_signature
from analyzers.formats.errors import FormatError
from analyzers.formats.macho import MachO, is_macho, read_macho
from analyzers.formats.provisioning import read_provisioning

SIGNATURE = make_signature("cn.example", "TEAM123456", {"get-task-allow": True}, None)
IMAGE = Image(
    dylibs=("/usr/lib/libobjc.A.dylib", "@rpath/A.framework/A"),
    weak_dylibs=("/System/Library/Frameworks/AdSupport.framework/AdSupport",),
    classes=("CLLocationManager",),
    functions=("uname",),
    selectors=("requestLocation", "viewDidLoad"),
    own_methods=("neverSent",),
    own_classes=("Own",),
    texts=("https://a.example/",),
    minimum_os=(13, 4),
    signature=SIGNATURE,
)
CONTENT = make_macho(IMAGE)


def read_everything(content: bytes) -> MachO:
    code = read_macho(content)
    _ = code.symbols, code.class_names, code.selectors, code.texts
    if code.signature:
        start, size = code.signature
        read_code_signature(code.data[start : start + size])
    return code


def test_a_written_file_is_read() -> None:
    code = read_everything(CONTENT)
    assert is_macho(CONTENT[:8])
    assert (code.cpu, code.platform, code.minimum_os, code.pie) == ("arm64", "ios", "13.4", True)
    assert [(dylib.path.rpartition("/")[2], dylib.weak) for dylib in code.dylibs] == [
        ("libobjc.A.dylib", False),
        ("A", False),
        ("AdSupport", True),
    ]
    assert code.symbols.imported == ("_OBJC_CLASS_$_CLLocationManager", "_uname")
    assert code.symbols.defined == ("_OBJC_CLASS_$_Own",)
    assert code.class_names == ("Own",)
    assert code.texts == b"https://a.example/\0"
    assert code.encrypted is None


@pytest.mark.parametrize("chained", [False, True])
def test_only_sent_selectors_count(chained: bool) -> None:
    content = make_macho(Image(selectors=("a:", "b"), own_methods=("c",), chained=chained))
    assert read_macho(content).selectors == {"a:", "b"}


def test_method_names_stand_in_where_no_reference_can_be_followed() -> None:
    assert read_macho(make_macho(Image(own_methods=("c", "d")))).selectors == {"c", "d"}


def test_encrypted_code_shows_its_imports_only() -> None:
    code = read_macho(make_macho(Image(classes=("X",), selectors=("a",), encrypted=True)))
    assert code.encrypted is not None
    assert (code.selectors, code.class_names, code.texts) == (frozenset(), (), b"")
    assert code.symbols.imported == ("_OBJC_CLASS_$_X",)


def test_of_a_universal_file_the_part_of_a_phone_is_read() -> None:
    other = bytearray(make_macho(Image(texts=("other",))))
    other[4:8] = struct.pack("<I", 0x01000007)
    head = struct.pack(">2I", 0xCAFEBABE, 2)
    head += struct.pack(">5I", 0x01000007, 3, 0x4000, len(other), 14)
    head += struct.pack(">5I", 0x0100000C, 0, 0x4000 + len(other), len(CONTENT), 14)
    code = read_macho(head.ljust(0x4000, b"\0") + bytes(other) + CONTENT)
    assert code.architectures == ("x86_64", "arm64")
    assert code.cpu == "arm64"
    assert "_uname" in code.symbols.imported


def test_an_ad_hoc_signature_names_its_identifier_and_rights() -> None:
    signature = read_code_signature(SIGNATURE)
    assert (signature.identifier, signature.team) == ("cn.example", "TEAM123456")
    assert signature.ad_hoc
    assert signature.entitlements == {"get-task-allow": True}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe\0\0\0\x40" + bytes(100),
        b"\xca\xfe\xba\xbe\0\0\0\x01" + bytes(8) + b"\xff\xff\xff\xff" + bytes(12),
        CONTENT[:100],
        CONTENT[:16] + b"\xff\xff\xff\x7f" + CONTENT[20:],
    ],
)
def test_damaged_files_are_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_everything(content)


CHANGES = st.lists(
    st.tuples(st.integers(0, 1200), st.sampled_from([0, 1, 0x7F, 0x80, 0xFF])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=500, deadline=None)
@given(CHANGES)
def test_only_format_errors_come_out_of_changed_headers(changes: list[tuple[int, int]]) -> None:
    content = bytearray(CONTENT)
    for at, value in changes:
        content[at] = value
    try:
        code = read_everything(bytes(content))
    except FormatError:
        return
    assert len(code.architectures) >= 1


@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_only_format_errors_come_out_of_changed_signatures(changes: list[tuple[int, int]]) -> None:
    content = bytearray(SIGNATURE)
    for at, value in changes:
        content[at % len(content)] = value
    try:
        signature = read_code_signature(content)
    except FormatError:
        return
    assert signature.certificates == ()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_only_format_errors_come_out_of_any_profile(content: bytes) -> None:
    for profile in (content, b"<?xml" + content + b"</plist>", b"0\x82" + content):
        with pytest.raises(FormatError):
            read_provisioning(profile)


def test_a_certificate_of_no_known_version_keeps_its_digest() -> None:
    key = Path(__file__).resolve().parents[3] / "samples/android/signing/campus-release-key.p12"
    signature = make_signature("cn.example", "", {}, key, b"android")
    version = bytes.fromhex("a003020102")
    assert signature.count(version) == 1
    changed = signature.replace(version, bytes.fromhex("a00302017f"))
    first = read_code_signature(changed).certificates[0]
    assert (first.subject, len(first.sha256)) == ("", 64)
