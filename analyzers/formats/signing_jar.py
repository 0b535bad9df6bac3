"""Verifies the v1 (JAR) signature: block over .SF, .SF over MANIFEST.MF, MANIFEST.MF over entries."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from functools import cached_property
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


class JarFile:
    """A manifest or signature file; its sections are split when they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Take the whole file."""
        self.content = content
        self._end = match.end() if (match := SECTION_END.search(content)) else len(content)
        self.main = _read_attributes(content[: self._end])
        """Attributes of the first section."""

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Raw section and attributes by entry name; of equal names the first."""
        found: dict[str, Section] = {}
        start = self._end
        while start < len(self.content):
            match = SECTION_END.search(self.content, start)
            end = match.end() if match else len(self.content)
            raw = self.content[start:end]
            attributes = _read_attributes(raw)
            if "name" in attributes:
                found.setdefault(attributes["name"], (raw, attributes))
            start = end
        return found


def verify_jar(
    archive: ZipArchive,
    read: Callable[[str], bytes],
    newer: set[str],
    *,
    compare_entries: bool = True,
) -> SchemeResult:
    """Verify the v1 signature.

    Args:
        archive: The package.
        read: Gives the content of an entry.
        newer: Block schemes the package carries; the .SF may say that there must be some.
        compare_entries: Inflate every entry and compare its digest; without it only the signature
            and the manifest are verified.
    """
    names = [name for name in archive.by_name if SIGNATURE_FILE.fullmatch(name)]
    pairs = [(name, block) for name in names if (block := _find_block(archive, name))]
    if not pairs:
        return SchemeResult("v1", "absent")
    certificates: list[bytes] = []
    problem = ""
    try:
        manifest = JarFile(archive.read(MANIFEST, MAX_FILE))
        for name, block in pairs:
            signature_file = archive.read(name, MAX_FILE)
            signed = verify_pkcs7(archive.read(block, MAX_FILE), signature_file)
            certificates += signed.certificates
            problem = problem or signed.problem or _check_file(signature_file, manifest, newer)
        if compare_entries:
            problem = problem or _check_entries(archive, read, manifest)
    except KeyError:
        problem = "no-manifest"
    except FormatError as error:
        problem = error.code
    state = "not_checked" if problem == "algorithm" else "invalid" if problem else "verified"
    return SchemeResult("v1", state, problem, tuple(dict.fromkeys(certificates)))


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


def _check_file(signature_file: bytes, manifest: JarFile, newer: set[str]) -> str:
    """Compare a signature file with the manifest; empty where it holds."""
    signed = JarFile(signature_file)
    for number in signed.main.get("x-android-apk-signed", "").replace(" ", "").split(","):
        if number in SCHEME_NUMBERS and SCHEME_NUMBERS[number] not in newer:
            return "newer-scheme-removed"
    if _matches(signed.main, "-digest-manifest", manifest.content):
        return ""
    if not signed.sections:
        return "manifest-digest"
    for name, (_, attributes) in signed.sections.items():
        if name not in manifest.sections:
            return "manifest-digest"
        if not _matches(attributes, "-digest", manifest.sections[name][0]):
            return "manifest-digest"
    return "" if signed.sections.keys() >= manifest.sections.keys() else "entry-not-signed"


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


def _check_entries(archive: ZipArchive, read: Callable[[str], bytes], manifest: JarFile) -> str:
    """Compare every entry with the manifest; empty where all hold."""
    sections = manifest.sections
    for name in archive.by_name:
        if name.endswith("/") or UNSIGNED.fullmatch(name):
            continue
        if name not in sections:
            return "entry-not-signed"
        if not _matches(sections[name][1], "-digest", read(name)):
            return "entry-digest"
    return ""
