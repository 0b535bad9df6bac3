"""Provisioning profiles: for which devices an iOS app was signed, by which team, until when."""

from __future__ import annotations

from datetime import datetime

import msgspec
from asn1crypto import cms

from analyzers.formats.errors import FormatError
from analyzers.formats.plist import Plain, read_plist, table_of, text_of, texts_of

PROFILE_BYTES = 4 << 20


class Provisioning(msgspec.Struct, frozen=True, kw_only=True):
    """What a profile states."""

    name: str
    uuid: str
    team: str
    team_name: str
    type: str
    """``development``, ``ad_hoc``, ``enterprise`` or ``app_store``."""
    created: str
    """ISO 8601, UTC; empty where it is not stated."""
    expires: str
    devices: int
    """Devices that are listed."""
    entitlements: dict[str, Plain]


def read_provisioning(data: bytes) -> Provisioning:
    """Read a profile (CMS around a property list); its signature is not verified.

    Raises:
        FormatError: no property list can be found in it.
    """
    if len(data) > PROFILE_BYTES:
        raise FormatError("provisioning.too-large", size=len(data))
    rows = read_plist(_content(data))
    rights = table_of(rows, "Entitlements")
    devices = texts_of(rows, "ProvisionedDevices")
    return Provisioning(
        name=text_of(rows, "Name"),
        uuid=text_of(rows, "UUID"),
        team=next(iter(texts_of(rows, "TeamIdentifier")), ""),
        team_name=text_of(rows, "TeamName"),
        type=_type(rows, rights, devices),
        created=_time(rows.get("CreationDate")),
        expires=_time(rows.get("ExpirationDate")),
        devices=len(devices),
        entitlements=rights,
    )


def _type(rows: dict[str, Plain], rights: dict[str, Plain], devices: list[str]) -> str:
    if rows.get("ProvisionsAllDevices") is True:
        return "enterprise"
    if rights.get("get-task-allow") is True:
        return "development"
    return "ad_hoc" if devices else "app_store"


def _content(data: bytes) -> bytes:
    try:
        content = cms.ContentInfo.load(data)["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        content = None
    if isinstance(content, bytes) and content:
        return content
    start, end = data.find(b"<?xml"), data.rfind(b"</plist>")
    if start < 0 or end < start:
        raise FormatError("provisioning.no-content")
    return data[start : end + len(b"</plist>")]


def _time(value: Plain) -> str:
    return value.isoformat() if isinstance(value, datetime) else ""
