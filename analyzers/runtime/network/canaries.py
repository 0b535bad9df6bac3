"""Recognises seeded values in what an app sends, however it has wrapped them.

A value is looked for as it is and in the shapes that SDKs use: upper and lower case, with and
without separators, reversed, URL-, base64- and hex-encoded, as MD5, SHA-1 and SHA-256 of any of
these. What is looked through is unwrapped layer by layer: percent-encoding, base64, hex, gzip,
zlib, raw deflate, JSON strings. Protobuf needs no unwrapping: its strings stand as they are.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import urllib.parse
import zlib
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 8
"""A value shorter than this could turn up by chance and is not looked for."""
DEEPEST = 6
MAX_LAYERS = 200
MAX_BYTES = 8 << 20
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
_SEPARATORS = re.compile(r"[^0-9A-Za-z]")


class Hit(msgspec.Struct, frozen=True, order=True):
    """A seeded value that was recognised."""

    name: str
    type: str
    encoding: str
    """How it was wrapped, outermost first: ``gzip+base64+plain``, ``url+reversed``, ``md5``."""


class Needle(msgspec.Struct, frozen=True):
    """One byte string to look for."""

    data: bytes
    name: str
    type: str
    encoding: str


def make_needles(values: dict[str, str]) -> tuple[Needle, ...]:
    """Make all byte strings that betray the values.

    Args:
        values: ``name type`` -> value, as a run records its canaries.
    """
    needles: dict[bytes, Needle] = {}
    for key, value in values.items():
        name, _, kind = key.partition(" ")
        for data, encoding in _shapes(value):
            if len(data) >= SHORTEST:
                needles.setdefault(data, Needle(data, name, kind, encoding))
    return tuple(needles.values())


def _shapes(value: str) -> Iterator[tuple[bytes, str]]:
    bare = _SEPARATORS.sub("", value) if value.isascii() else value
    spellings = dict.fromkeys(
        (value, value.upper(), value.lower(), bare, bare.upper(), bare.lower())
    )
    for spelling in spellings:
        if len(spelling.encode()) < SHORTEST:
            continue
        yield spelling.encode(), "plain"
        yield spelling[::-1].encode(), "reversed"
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, spelling.encode(), usedforsecurity=False)
            yield digest.hexdigest().encode(), name
            yield digest.hexdigest().upper().encode(), name
            yield digest.digest(), name
        if not spelling.isascii():
            escaped = spelling.encode("unicode_escape")
            yield escaped, "json"
            yield spelling.encode("utf-16-le"), "utf-16"


def find_canaries(data: bytes, needles: Iterable[Needle]) -> tuple[Hit, ...]:
    """Give the values recognised in some bytes, in whatever layers they lie."""
    wanted = tuple(needles)
    hits: set[Hit] = set()
    for layer, path in _layers(data[:MAX_BYTES]):
        for needle in wanted:
            if needle.data in layer:
                hits.add(Hit(needle.name, needle.type, "+".join((*path, needle.encoding))))
    return tuple(sorted(_shortest(hits)))


def _shortest(hits: set[Hit]) -> Iterator[Hit]:
    """Of several ways to the same value keep the simplest."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in sorted(hits):
        key = (hit.name, hit.type)
        if key not in best or hit.encoding.count("+") < best[key].encoding.count("+"):
            best[key] = hit
    return iter(best.values())


def _layers(data: bytes) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """Give the bytes and everything that can be unwrapped from them, breadth first."""
    queue: list[tuple[bytes, tuple[str, ...]]] = [(data, ())]
    seen = {hashlib.sha256(data).digest()}
    given, total = 0, 0
    while queue and given < MAX_LAYERS and total < 4 * MAX_BYTES:
        layer, path = queue.pop(0)
        given += 1
        total += len(layer)
        yield layer, path
        if len(path) >= DEEPEST:
            continue
        for inner, name in _unwrap(layer):
            digest = hashlib.sha256(inner).digest()
            if len(inner) >= SHORTEST and digest not in seen:
                seen.add(digest)
                queue.append((inner, (*path, name)))


def _unwrap(data: bytes) -> Iterator[tuple[bytes, str]]:
    if b"%" in data:
        yield urllib.parse.unquote_to_bytes(data), "url"
    for reversed_too in (data, data[::-1]) if len(data) <= 65536 else (data,):
        backwards = reversed_too is not data
        for match in list(_BASE64.finditer(reversed_too))[:64]:
            decoded = _from_base64(match.group())
            if decoded is not None:
                yield decoded, "reversed base64" if backwards else "base64"
    for match in list(_HEX.finditer(data))[:64]:
        yield binascii.unhexlify(match.group()), "hex"
    yield from _inflate(data)


def _from_base64(text: bytes) -> bytes | None:
    plain = text.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    plain = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return None


def _inflate(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Unpack compressed data, at the start or behind a short head."""
    for at in [index for mark in (b"\x1f\x8b\x08", b"\x78\x9c", b"\x78\x01", b"\x78\xda", b"\x78\x5e")
               for index in _places(data, mark)]:  # fmt: skip
        found = _decompress(data[at:], 47)
        if found:
            yield found, "gzip" if data[at] == 0x1F else "deflate"
    raw = _decompress(data, -15)
    if raw:
        yield raw, "deflate"


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    for _ in range(8):
        if at < 0:
            return
        yield at
        at = data.find(mark, at + 1)


def _decompress(data: bytes, window: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        return unpacker.decompress(data, MAX_BYTES)
    except zlib.error:
        return b""
