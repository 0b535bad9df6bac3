"""Builds zip files field by field, so that every field can lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")


@dataclass
class Entry:
    """One entry; what is not given is what an ordinary tool would write."""

    name: str | bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    stored_size: int | None = None
    needed: int = 20
    stored: bytes | None = None
    offset: int | None = None
    """Header offset the directory states instead of the real one."""
    local: dict[str, int | bytes] = field(default_factory=dict)
    """Fields of the local header that differ: name, flags, method, crc, size, stored_size, needed."""

    def __post_init__(self) -> None:
        self.name = self.name.encode() if isinstance(self.name, str) else self.name
        if self.stored is None:
            engine = zlib.compressobj(6, zlib.DEFLATED, -15)
            deflated = engine.compress(self.content) + engine.flush()
            self.stored = deflated if self.method == 8 else self.content
        self.crc = zlib.crc32(self.content) if self.crc is None else self.crc
        self.size = len(self.content) if self.size is None else self.size
        self.stored_size = len(self.stored) if self.stored_size is None else self.stored_size

    def of_local(self, name: str) -> int | bytes:
        return self.local.get(name, getattr(self, name))

    def write_local(self) -> bytes:
        name = self.of_local("name")
        header = LOCAL.pack(
            b"PK\x03\x04", self.of_local("needed"), self.of_local("flags"), self.of_local("method"),
            0, 0, self.of_local("crc"), self.of_local("stored_size"), self.of_local("size"),
            len(name), 0,
        )  # fmt: skip
        return header + name + self.stored

    def write_central(self, offset: int) -> bytes:
        header = CENTRAL.pack(
            b"PK\x01\x02", 20, self.needed, self.flags, self.method, 0, 0, self.crc,
            self.stored_size, self.size, len(self.name), 0, 0, 0, 0, 0,
            offset if self.offset is None else self.offset,
        )  # fmt: skip
        return header + self.name


def make_zip(
    *entries: Entry,
    prefix: bytes = b"",
    shifted: bool = True,
    gap: bytes = b"",
    comment: bytes = b"",
    suffix: bytes = b"",
    count: int | None = None,
    disk: int = 0,
) -> bytes:
    """Write a zip.

    Args:
        entries: In order.
        prefix: Bytes in front.
        shifted: Offsets count the prefix in, as Android wants them.
        gap: Bytes between the directory and the end record.
        comment: Comment of the end record.
        suffix: Bytes behind the end.
        count: Number of entries the end record states instead of the real one.
        disk: Disk number the end record states.
    """
    base = len(prefix) if shifted else 0
    body, directory = bytearray(), bytearray()
    for entry in entries:
        directory += entry.write_central(base + len(body))
        body += entry.write_local()
    stated = len(entries) if count is None else count
    end = END.pack(
        b"PK\x05\x06", disk, 0, stated & 0xFFFF, stated & 0xFFFF, len(directory),
        base + len(body), len(comment),
    )  # fmt: skip
    return prefix + bytes(body) + bytes(directory) + gap + end + comment + suffix
