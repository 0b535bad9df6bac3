"""The qualifiers of a resource value (ResTable_config), as far as choosing a value needs them."""

from __future__ import annotations

import struct

import msgspec

DEVICE_SDK = 34
"""API level of the device whose choice of values is followed."""
HANT_REGIONS = ("TW", "HK", "MO")
ANY_DENSITY = 0xFFFE
UI_MODE_TYPE, UI_MODE_NIGHT = 0x0F, 0x30
NORMAL_UI, NIGHT_YES = 1, 0x20


class Config(msgspec.Struct, frozen=True):
    """Qualifiers of one value; zero and empty mean any."""

    language: str = ""
    region: str = ""
    script: str = ""
    density: int = 0
    sdk: int = 0
    others: int = 0
    """Number of further qualifiers (orientation, screen size, night, ...)."""

    @property
    def is_default_locale(self) -> bool:
        """Tell whether no language is asked."""
        return not self.language

    @property
    def is_simplified_chinese(self) -> bool:
        """Tell whether a zh-CN device may take it (zh-TW, zh-HK and zh-Hant it may not)."""
        if self.language != "zh":
            return False
        return self.script != "Hant" and (self.script == "Hans" or self.region not in HANT_REGIONS)


def read_config(data: memoryview) -> Config:
    """Read a configuration; fields its stated size does not reach are any.

    Args:
        data: From the size field of the configuration to the end of its chunk header.
    """
    size = struct.unpack_from("<I", data, 0)[0] if len(data) >= 4 else 0
    raw = bytes(data[: min(size, len(data), 64)]).ljust(64, b"\0")
    if not any(raw[4:]):
        return Config()
    mcc, mnc = struct.unpack_from("<HH", raw, 4)
    orientation, touch, density = struct.unpack_from("<BBH", raw, 12)
    width, height, sdk = struct.unpack_from("<HHH", raw, 20)
    ui_mode = raw[29]
    unusual_ui = ui_mode & UI_MODE_TYPE > NORMAL_UI or ui_mode & UI_MODE_NIGHT == NIGHT_YES
    others: tuple[int, ...] = (
        mcc,
        mnc,
        orientation,
        touch,
        any(raw[16:19]),
        width,
        height,
        raw[28],
        unusual_ui,
    )
    others += struct.unpack_from("<HHH", raw, 30)
    return Config(
        language=_unpack_locale(raw[8:10], 0x61),
        region=_unpack_locale(raw[10:12], 0x30),
        script=raw[36:40].rstrip(b"\0").decode("latin-1"),
        density=density,
        sdk=sdk,
        others=sum(1 for other in others if other),
    )


def _unpack_locale(raw: bytes, base: int) -> str:
    """Read two letters, or three packed into five bits each."""
    if not raw[0]:
        return ""
    if raw[0] & 0x80:
        packed = (
            raw[1] & 0x1F,
            (raw[1] & 0xE0) >> 5 | (raw[0] & 0x03) << 3,
            (raw[0] & 0x7C) >> 2,
        )
        return "".join(chr(base + letter) for letter in packed)
    return raw.decode("latin-1")


def rank_default(config: Config) -> tuple[int, ...]:
    """Order configurations for a plain device in the default locale; the smallest wins."""
    locale = 0 if config.is_default_locale else 1 if config.language == "en" else 2
    return _rank(config, locale)


def rank_chinese(config: Config) -> tuple[int, ...]:
    """Order configurations for a plain zh-CN device; the smallest wins."""
    locale = 2 if config.is_default_locale else 3
    if config.is_simplified_chinese:
        locale = 0 if config.region == "CN" or config.script == "Hans" else 1
    return _rank(config, locale)


def _rank(config: Config, locale: int) -> tuple[int, ...]:
    too_new = int(config.sdk > DEVICE_SDK)
    return too_new, locale, config.others, -config.sdk
