"""Verifies the v1 (JAR) signature: block over .SF, .SF over MANIFEST.MF, MANIFEST.MF over entries."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING

from analyzers.formats.errors import FormatError
from analyzers.formats.pkcs7 import verify_pkcs7
from analyzers.formats.signing_model import SchemeResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzers.formats.zip import ZipArchive

MANIFEST = "META-INF/MANIFEST.MF"
SIGNATURE_FILE = re.compile(r"META-INF/[^/]+\.SF", re.IGNORECASE)
BLOCK_SUFFIXES = (".RSA", ".DSA", ".EC")
UNSIGNED = re.compile(r"META-INF/([^/]+\.(SF|RSA|DSA|EC)|SIG-[^/]*|MANIFEST\.MF)", re.IGNORECASE)
DIGESTS = {"SHA-512": "sha512", "SHA-384": "sha384", "SHA-256": "sha256", "SHA1": "sha1",
           "SHA-1": "sha1", "MD5": "md5"}  # fmt: skip
SCHEME_NUMBERS = {"2": "v2", "3": "v3"}
MAX_FILE = 32 << 20
SECTION_END = re.compile(rb"(?:\r\n|\n|\r(?!\n)){2}")
LINE_END = re.compile(r"\r\n|\n|\r")
Section = tuple[bytes, dict[str, str]]


def verify_jar(archive: ZipArchive, read: Callable[[str], bytes], newer: set[str]) -> SchemeResult:
    """Verify the v1 signature.

    Args:
        archive: The package.
        read: Gives the content of an entry.
        newer: Block schemes the package carries; the .SF may say that there must be some.
    """
    names = [name for name in archive.by_name if SIGNATURE_FILE.fullmatch(name)]
    pairs = [(name, block) for name in names if (block := _find_block(archive, name))]
    if not pairs:
        return SchemeResult("v1", "absent")
    certificates: list[bytes] = []
    problem = ""
    try:
        manifest = read_sections(archive.read(MANIFEST, MAX_FILE))
        for name, block in pairs:
            signature_file = archive.read(name, MAX_FILE)
            signed = verify_pkcs7(archive.read(block, MAX_FILE), signature_file)
            certificates += signed.certificates
            problem = problem or signed.problem or _check_file(signature_file, manifest, newer)
        problem = problem or _check_entries(archive, read, manifest)
    except KeyError:
        problem = "no-manifest"
    except FormatError as error:
        problem = error.code
    state = "not_checked" if problem == "algorithm" else "invalid" if problem else "verified"
    return SchemeResult("v1", state, problem, tuple(dict.fromkeys(certificates)))


def read_sections(content: bytes) -> tuple[bytes, dict[str, str], dict[str, Section]]:
    """Split a manifest or signature file.

    Returns:
        The whole file, its main attributes, and per entry name the raw section with its attributes.
    """
    main: dict[str, str] = {}
    sections: dict[str, Section] = {}
    start = 0
    while start < len(content):
        match = SECTION_END.search(content, start)
        end = match.end() if match else len(content)
        raw = content[start:end]
        attributes = _read_attributes(raw)
        if start == 0:
            main = attributes
        elif "name" in attributes:
            sections.setdefault(attributes["name"], (raw, attributes))
        start = end
    return content, main, sections


def _read_attributes(raw: bytes) -> dict[str, str]:
    """Read ``Key: value`` lines; a line that starts with a space goes on with the one before."""
    text = LINE_END.sub("\n", raw.decode(errors="backslashreplace")).replace("\n ", "")
    rows = (line.partition(": ") for line in text.split("\n") if ": " in line)
    return {key.lower(): value for key, _, value in rows}


def _find_block(archive: ZipArchive, name: str) -> str:
    stem = name[:-3]
    for suffix in BLOCK_SUFFIXES:
        for candidate in (stem + suffix, stem + suffix.lower()):
            if candidate in archive:
                return candidate
    return ""


def _check_file(
    signature_file: bytes,
    manifest: tuple[bytes, dict[str, str], dict[str, Section]],
    newer: set[str],
) -> str:
    """Compare a signature file with the manifest; empty where it holds."""
    whole, _, sections = manifest
    _, main, signed = read_sections(signature_file)
    for number in main.get("x-android-apk-signed", "").replace(" ", "").split(","):
        if number in SCHEME_NUMBERS and SCHEME_NUMBERS[number] not in newer:
            return "newer-scheme-removed"
    if _matches(main, "-digest-manifest", whole):
        return ""
    if not signed:
        return "manifest-digest"
    for name, (_, attributes) in signed.items():
        if name not in sections or not _matches(attributes, "-digest", sections[name][0]):
            return "manifest-digest"
    return "" if signed.keys() >= sections.keys() else "entry-not-signed"


def _matches(attributes: dict[str, str], suffix: str, content: bytes) -> bool:
    """Compare the strongest digest that is stated with the content."""
    for label, name in DIGESTS.items():
        stated = attributes.get(label.lower() + suffix)
        if stated is not None:
            digest = hashlib.new(name, content, usedforsecurity=False).digest()
            try:
                return base64.b64decode(stated, validate=False) == digest
            except binascii.Error:
                return False
    return False


def _check_entries(
    archive: ZipArchive,
    read: Callable[[str], bytes],
    manifest: tuple[bytes, dict[str, str], dict[str, Section]],
) -> str:
    """Compare every entry with the manifest; empty where all hold."""
    sections = manifest[2]
    for name in archive.by_name:
        if name.endswith("/") or UNSIGNED.fullmatch(name):
            continue
        if name not in sections:
            return "entry-not-signed"
        if not _matches(sections[name][1], "-digest", read(name)):
            return "entry-digest"
    return ""
