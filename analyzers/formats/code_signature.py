"""The code signature of a Mach-O file: who signed it and what it may do (<kern/cs_blobs.h>).

The hashes of the pages are not compared: a phone does that, and a resigned copy passes it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import msgspec
from asn1crypto import cms

from analyzers.formats.certificates import Certificate, read_certificate
from analyzers.formats.errors import FormatError
from analyzers.formats.plist import Plain, read_plist

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPER_BLOB, DIRECTORY, ENTITLEMENTS, WRAPPER = 0xFADE0CC0, 0xFADE0C02, 0xFADE7171, 0xFADE0B01
TEAM_VERSION = 0x20200
AD_HOC = 0x2
MAX_BLOBS = 64
MAX_CERTIFICATES = 16


class CodeSignature(msgspec.Struct, frozen=True, kw_only=True):
    """What a code signature states."""

    identifier: str = ""
    team: str = ""
    ad_hoc: bool = True
    """No certificate stands behind it."""
    entitlements: dict[str, Plain] = {}
    certificates: tuple[Certificate, ...] = ()
    """The signer's certificate first."""
    problem: str = ""
    """Code of the part that could not be read; empty where all could."""


def read_code_signature(data: bytes | memoryview) -> CodeSignature:
    """Read the blobs of a signature.

    Raises:
        FormatError: the outer structure is damaged.
    """
    view = memoryview(data)
    fields = CodeSignature()
    for magic, blob in _blobs(view):
        if magic == DIRECTORY and not fields.identifier:
            fields = _take_directory(fields, blob)
        elif magic == ENTITLEMENTS:
            try:
                rights = read_plist(bytes(blob[8:]))
            except FormatError as error:
                fields = msgspec.structs.replace(fields, problem=error.code)
            else:
                fields = msgspec.structs.replace(fields, entitlements=rights)
        elif magic == WRAPPER and len(blob) > 8:
            found = read_signers(bytes(blob[8:]))
            problem = fields.problem or ("" if found else "signature.certificates")
            fields = msgspec.structs.replace(
                fields, certificates=found, ad_hoc=not found, problem=problem
            )
    return fields


def read_signers(message: bytes) -> tuple[Certificate, ...]:
    """Give the certificates of a CMS message, the signer's first; empty where it is damaged."""
    try:
        content = cms.ContentInfo.load(message)["content"]
        signers = {info["sid"].chosen["serial_number"].native for info in content["signer_infos"]}
        chosen = [item.chosen for item in content["certificates"]][:MAX_CERTIFICATES]
        chosen.sort(key=lambda item: item.serial_number not in signers)
        return tuple(read_certificate(item.dump()) for item in chosen)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return ()


def _blobs(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    magic, _, count = _unpack(">3I", data, 0)
    if magic != SUPER_BLOB or count > MAX_BLOBS:
        raise FormatError("signature.magic")
    for place in range(count):
        _, offset = _unpack(">2I", data, 12 + place * 8)
        kind, size = _unpack(">2I", data, offset)
        if size < 8 or offset + size > len(data):
            raise FormatError("signature.damaged-blob")
        yield kind, data[offset : offset + size]


def _take_directory(fields: CodeSignature, blob: memoryview) -> CodeSignature:
    _, _, version, flags, _, name = _unpack(">6I", blob, 0)
    team = _unpack(">I", blob, 48)[0] if version >= TEAM_VERSION else 0
    return msgspec.structs.replace(
        fields,
        identifier=_text(blob, name),
        team=_text(blob, team) if team else "",
        ad_hoc=bool(flags & AD_HOC) or not fields.certificates,
    )


def _text(data: memoryview, start: int) -> str:
    return bytes(data[start : start + 400]).partition(b"\0")[0].decode("utf-8", "replace")


def _unpack(layout: str, data: memoryview, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(layout, data, at)
    except struct.error as error:
        raise FormatError("signature.truncated") from error
