"""The rule that splits the SDK corpus; it was committed before any signature was written."""

from __future__ import annotations

import hashlib

HELD_OUT_BELOW = 90
"""Last byte of the digest below this: held out (90 of 256, 35 %)."""


def is_held_out(sdk_id: str, version: str) -> bool:
    """Say whether this version of an SDK belongs to the held-out part."""
    digest = hashlib.sha256(f"{sdk_id}:{version}".encode()).digest()
    return digest[-1] < HELD_OUT_BELOW
