"""Runs inside mitmproxy: answers every request itself and writes down what was asked.

One JSON line per exchange to the file named by APPADMIT_FLOWS. Nothing is ever passed on.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mitmproxy import http  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from mitmproxy import tls

MOST_BODY = 512 << 10
MOST_HEADERS = 60
MOST_FLOWS = 5_000


class Catcher:
    """Catches everything."""

    def __init__(self) -> None:
        self._log = Path(os.environ["APPADMIT_FLOWS"]).open("a", encoding="utf-8")  # noqa: SIM115
        self._written = 0

    def running(self) -> None:
        """Tell that the proxy listens."""
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    def request(self, flow: http.HTTPFlow) -> None:
        """Write a request down and answer it with an empty object."""
        asked = flow.request
        headers = [(name[:100], value[:2000]) for name, value in asked.headers.items(multi=True)]
        self._write(
            kind="http",
            scheme="https" if flow.client_conn.tls_established else "http",
            host=str(flow.client_conn.sni or asked.host_header or ""),
            address=flow.client_conn.sockname[0],
            port=flow.client_conn.sockname[1],
            method=asked.method,
            path=asked.path[:8000],
            headers=headers[:MOST_HEADERS],
            body=base64.b64encode((asked.raw_content or b"")[:MOST_BODY]).decode(),
        )
        flow.response = http.Response.make(200, b"{}", {"content-type": "application/json"})

    def websocket_message(self, flow: http.HTTPFlow) -> None:
        """Write down what is sent over a web socket."""
        message = flow.websocket.messages[-1] if flow.websocket else None
        if message is not None and message.from_client:
            self._write(
                kind="websocket",
                scheme="https" if flow.client_conn.tls_established else "http",
                host=str(flow.client_conn.sni or flow.request.host_header or ""),
                address=flow.client_conn.sockname[0],
                port=flow.client_conn.sockname[1],
                body=base64.b64encode(message.content[:MOST_BODY]).decode(),
            )

    def tls_failed_client(self, data: tls.TlsData) -> None:
        """Write down a handshake that the app broke off (pinned certificates)."""
        self._write(
            kind="handshake",
            scheme="https",
            host=str(data.context.client.sni or ""),
            address=data.context.client.sockname[0],
            port=data.context.client.sockname[1],
        )

    def _write(self, **row: object) -> None:
        self._written += 1
        if self._written <= MOST_FLOWS:
            self._log.write(json.dumps({"t": time.time(), **row}) + "\n")
            self._log.flush()


addons = [Catcher()]
