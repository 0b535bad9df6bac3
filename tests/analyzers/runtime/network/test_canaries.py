"""Seeded values are found in every wrapping, and never where they are not."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import random
import urllib.parse
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.runtime.network.canaries import find_canaries, make_needles

VALUES = {
    "imei device.imei": "867530012345678",
    "android_id device.android_id": "9f86d081884c7d65",
    "mac device.mac": "3c:5a:b4:1f:2e:3d",
    "contact contacts": "联系人9f0a1b2c",
    "clipboard clipboard": "note-5e884898da",
}
NEEDLES = make_needles(VALUES)


def protobuf(text: bytes) -> bytes:
    inner = b"\x0a" + bytes([len(text)]) + text
    return b"\x08\x96\x01\x12" + bytes([len(inner)]) + inner


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda value: b"id=" + value + b"&x=1",
    "reversed": lambda value: value.decode()[::-1].encode(),
    "url": lambda value: urllib.parse.quote(value, safe="").encode(),
    "url-twice": lambda value: urllib.parse.quote(urllib.parse.quote(value, safe="")).encode(),
    "base64": lambda value: base64.b64encode(b'{"a":"' + value + b'"}'),
    "base64url": lambda value: base64.urlsafe_b64encode(b"\xff\xfe" + value).rstrip(b"="),
    "hex": lambda value: value.hex().encode(),
    "hex-upper": lambda value: b"d=" + value.hex().upper().encode(),
    "md5": lambda value: hashlib.md5(value, usedforsecurity=False).hexdigest().encode(),
    "md5-upper": lambda value: (
        hashlib.md5(value, usedforsecurity=False).hexdigest().upper().encode()
    ),
    "sha1": lambda value: hashlib.sha1(value, usedforsecurity=False).hexdigest().encode(),
    "sha256": lambda value: hashlib.sha256(value).hexdigest().encode(),
    "sha256-bytes": lambda value: hashlib.sha256(value).digest(),
    "md5-of-upper": lambda value: (
        hashlib.md5(value.decode().upper().encode(), usedforsecurity=False).hexdigest().encode()
    ),
    "gzip": lambda value: gzip.compress(b'{"k":"' + value + b'"}'),
    "zlib": lambda value: zlib.compress(b"k=" + value),
    "deflate": lambda value: zlib.compress(b"k=" + value)[2:-4],
    "json": lambda value: json.dumps({"d": {"v": value.decode()}}).encode(),
    "protobuf": protobuf,
    "gzip-base64-json": lambda value: base64.b64encode(
        gzip.compress(json.dumps({"body": base64.b64encode(value).decode()}).encode())
    ),
    "gzip-behind-head": lambda value: b"\x00\x01\x02\x03" + gzip.compress(protobuf(value)),
    "url-base64-gzip": lambda value: (
        b"data=" + urllib.parse.quote(base64.b64encode(gzip.compress(value))).encode()
    ),
    "hex-of-gzip": lambda value: gzip.compress(value).hex().encode(),
    "without-separators": lambda value: value.replace(b":", b"").replace(b"-", b"").upper(),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("key", VALUES)
def test_value_is_found_in_every_wrapping(key: str, wrapping: str) -> None:
    wrapped = WRAPPINGS[wrapping](VALUES[key].encode())
    hits = find_canaries(wrapped, NEEDLES)
    name, kind = key.split(" ")
    assert [(hit.name, hit.type) for hit in hits] == [(name, kind)]


def test_encoding_is_told_outermost_first() -> None:
    data = base64.b64encode(gzip.compress(b"x=" + VALUES["imei device.imei"].encode()))
    assert [hit.encoding for hit in find_canaries(data, NEEDLES)] == ["base64+gzip+plain"]


def make_decoy(number: int) -> bytes:
    """Traffic as analytics SDKs send it, with other people's values of the same shapes."""
    chance = random.Random(number)
    other = {
        "imei": "".join(str(chance.randrange(10)) for _ in range(15)),
        "android_id": f"{chance.getrandbits(64):016x}",
        "mac": ":".join(f"{chance.randrange(256):02x}" for _ in range(6)),
        "sign": hashlib.sha256(str(number).encode()).hexdigest(),
        "time": str(1_700_000_000_000 + number),
        "list": [chance.getrandbits(31) for _ in range(number % 40)],
    }
    text = json.dumps(other).encode()
    shapes = (
        text,
        gzip.compress(text),
        base64.b64encode(text),
        urllib.parse.quote(text).encode(),
        base64.b64encode(gzip.compress(text)),
        chance.randbytes(400),
        protobuf(other["imei"].encode()),
    )
    return shapes[number % len(shapes)]


def test_decoys_give_no_hit() -> None:
    found = [number for number in range(700) if find_canaries(make_decoy(number), NEEDLES)]
    assert found == []


def test_a_bomb_is_bounded() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * (64 << 20)))
    assert find_canaries(bomb, NEEDLES) == ()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_survived(data: bytes) -> None:
    assert isinstance(find_canaries(data, NEEDLES), tuple)
