"""Runs in the network namespace of a start: answers every name with an address of its own.

Standard library only. Argument: file for one JSON line per question. Addresses come from 198.18.0.0/15
(RFC 2544), in order of first asking, so that a connection can be led back to its name.
"""

from __future__ import annotations

import json
import socket
import struct
import sys
import time
from pathlib import Path

FIRST = (198 << 24) | (18 << 16) | 1
MOST = 100_000
TYPE_A, CLASS_IN = 1, 1


def read_question(packet: bytes) -> tuple[str, int, int]:
    """Give name, type and end of the question of a DNS packet (RFC 1035 section 4.1)."""
    labels, at = [], 12
    while at < len(packet) and packet[at]:
        length = packet[at]
        if length > 63:
            raise ValueError("compressed question")
        labels.append(packet[at + 1 : at + 1 + length].decode("ascii", "replace"))
        at += 1 + length
    (kind,) = struct.unpack_from("!H", packet, at + 1)
    return ".".join(labels).lower(), kind, at + 5


def make_answer(packet: bytes, end: int, address: int | None) -> bytes:
    """Give the answer: one address record, or none."""
    count = 0 if address is None else 1
    head = packet[:2] + struct.pack("!HHHHH", 0x8180, 1, count, 0, 0)
    record = b""
    if address is not None:
        record = struct.pack("!HHHIHI", 0xC00C, TYPE_A, CLASS_IN, 300, 4, address)
    return head + packet[12:end] + record


def main() -> None:
    """Answer until killed."""
    addresses: dict[str, int] = {}
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("0.0.0.0", 53))
    with Path(sys.argv[1]).open("a", encoding="utf-8") as log:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            packet, sender = server.recvfrom(2048)
            try:
                name, kind, end = read_question(packet)
            except (ValueError, struct.error, IndexError):
                continue
            if len(addresses) < MOST and name not in addresses:
                addresses[name] = FIRST + len(addresses)
                dotted = socket.inet_ntoa(struct.pack("!I", addresses[name]))
                row = {"t": time.time(), "name": name, "address": dotted}
                log.write(json.dumps(row) + "\n")
                log.flush()
            address = addresses.get(name) if kind == TYPE_A else None
            server.sendto(make_answer(packet, end, address), sender)


if __name__ == "__main__":
    main()
