"""Protection levels in words (PermissionInfo of the platform)."""

from __future__ import annotations

BASE_MASK = 0xF
APPOP_FLAG = 0x40
BASES = {0: "normal", 1: "dangerous", 2: "signature", 3: "signature", 4: "signature"}
"""3 is the old signatureOrSystem, 4 internal: an ordinary app can get neither."""


def level_name(protection: int) -> str:
    """Name a protectionLevel.

    Signature permissions that a user can grant in the settings (appop) are ``special``.
    """
    base = BASES.get(protection & BASE_MASK, "unknown")
    return "special" if base == "signature" and protection & APPOP_FLAG else base
