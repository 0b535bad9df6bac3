"""Runs in the network namespace of a start: takes connections to ports that speak no HTTP.

Standard library only. Argument: file for one JSON line per connection. Says nothing, keeps the first
64 KB of what it is told.
"""

from __future__ import annotations

import base64
import contextlib
import json
import selectors
import socket
import sys
import time
from pathlib import Path
from typing import TextIO

PORTS = (
    21, 22, 25, 110, 143, 465, 587, 993, 995, 1883, 2883, 3000, 4430, 5000, 5222, 5223, 5224, 5228,
    5229, 5230, 6001, 6379, 7000, 7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009, 8000, 8001,
    8008, 8081, 8088, 8090, 8883, 8888, 9000, 9090, 9443, 10000, 14000, 19000, 28086, 50000,
)  # fmt: skip
MOST_BYTES = 64 << 10
MOST_CONNECTIONS = 2000


class Connection:
    """One connection and what came over it."""

    def __init__(self, local: tuple[str, int]) -> None:
        self.row = {"t": time.time(), "address": local[0], "port": local[1]}
        self.data = bytearray()


def main() -> None:
    """Listen until killed."""
    waiting = selectors.DefaultSelector()
    for port in PORTS:
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("0.0.0.0", port))
        server.listen(64)
        waiting.register(server, selectors.EVENT_READ, None)
    taken = 0
    with Path(sys.argv[1]).open("a", encoding="utf-8") as log:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            for key, _events in waiting.select():
                if key.data is None and isinstance(key.fileobj, socket.socket):
                    client, _peer = key.fileobj.accept()
                    taken += 1
                    if taken > MOST_CONNECTIONS:
                        client.close()
                        continue
                    waiting.register(client, selectors.EVENT_READ, Connection(client.getsockname()))
                elif isinstance(key.fileobj, socket.socket):
                    _take(waiting, key.fileobj, key.data, log)


def _take(
    waiting: selectors.BaseSelector, client: socket.socket, connection: Connection, log: TextIO
) -> None:
    part = b""
    with contextlib.suppress(OSError):
        part = client.recv(16384)
    first = not connection.data
    connection.data += part[: MOST_BYTES - len(connection.data)]
    if first or not part:
        row = {**connection.row, "body": base64.b64encode(bytes(connection.data)).decode()}
        print(json.dumps(row), file=log, flush=True)
    if not part:
        waiting.unregister(client)
        client.close()


if __name__ == "__main__":
    main()
