"""Reads what the listeners of a start wrote down. They took it from the app: foreign input."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILE = 64 << 20
MAX_LINE = 2 << 20
_Row = TypeVar("_Row", bound=msgspec.Struct)


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange with the network."""

    time: float
    """Seconds since 1970."""
    host: str
    scheme: str
    """``http``, ``https``, ``tcp`` or ``dns``."""
    port: int = 0
    data: bytes = b""
    """Everything that was sent: request line, headers, body."""
    body: bytes = b""
    broken: bool = False
    """The app broke the handshake off (it pins certificates)."""


class _Name(msgspec.Struct, frozen=True):
    t: float
    name: str
    address: str


class _Flow(msgspec.Struct, frozen=True):
    t: float
    kind: str
    scheme: str
    host: str
    address: str
    port: int
    method: str = ""
    path: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


class _Raw(msgspec.Struct, frozen=True):
    t: float
    address: str
    port: int
    body: str


def read_exchanges(directory: Path) -> Iterator[Exchange]:
    """Give all exchanges of one start; lines that do not fit are left out."""
    names = {row.address: row for row in _rows(directory / "names.jsonl", _Name)}
    reached: set[str] = set()
    for flow in _rows(directory / "flows.jsonl", _Flow):
        host = _plain_host(flow.host) or _name_of(names, flow.address)
        reached.add(host)
        body = _decode(flow.body)
        head = " ".join((flow.method, flow.path)) + "\n"
        head += "\n".join(f"{name}: {value}" for name, value in flow.headers)
        yield Exchange(
            time=flow.t,
            host=host,
            scheme=flow.scheme if flow.scheme in ("http", "https") else "tcp",
            port=flow.port,
            data=head.encode("utf-8", "surrogateescape") + b"\n\n" + body,
            body=body,
            broken=flow.kind == "handshake",
        )
    for raw in _rows(directory / "raw.jsonl", _Raw):
        host = _name_of(names, raw.address)
        reached.add(host)
        body = _decode(raw.body)
        yield Exchange(time=raw.t, host=host, scheme="tcp", port=raw.port, data=body, body=body)
    for row in names.values():
        if row.name not in reached:
            yield Exchange(time=row.t, host=row.name[:253], scheme="dns")


def _rows(path: Path, shape: type[_Row]) -> Iterator[_Row]:
    if not path.is_file() or path.is_symlink() or path.stat().st_size > MAX_FILE:
        return
    decoder = msgspec.json.Decoder(shape)
    with path.open("rb") as file:
        for line in file:
            if len(line) <= MAX_LINE:
                try:
                    yield decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    continue


def _name_of(names: dict[str, _Name], address: str) -> str:
    known = names.get(address)
    return known.name[:253] if known is not None else address[:64]


def _plain_host(host: str) -> str:
    name, _, port = host.rpartition(":")
    return (name if port.isdigit() and name else host).lower()[:253]


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""
