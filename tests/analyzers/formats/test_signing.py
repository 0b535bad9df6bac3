"""Signatures are verified as apksigner verifies them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.formats.errors import FormatError
from analyzers.formats.signing import read_signing
from analyzers.formats.signing_model import Signing
from analyzers.formats.zip import ZipArchive
from tests.analyzers.formats.apk_signer import (
    der,
    make_certificate,
    make_signed,
    sign_block,
    sign_v1,
)
from tests.analyzers.formats.zip_builder import Entry, make_zip

ENTRIES = (
    Entry("AndroidManifest.xml", b"manifest" * 30),
    Entry("classes.dex", b"dex\n" * 2000, method=0),
)


def read(package: bytes, **options: int) -> Signing:
    archive = ZipArchive(package)
    return read_signing(archive, archive.read, **options)


def states(signing: Signing) -> dict[str, str]:
    return {
        one.scheme: one.problem or one.state for one in signing.schemes if one.state != "absent"
    }


@pytest.mark.parametrize(
    ("schemes", "kind", "algorithm"),
    [
        (("v1",), "rsa", 0),
        (("v2",), "rsa", 0x0103),
        (("v1", "v2", "v3"), "rsa", 0x0104),
        (("v2", "v3", "v3.1"), "rsa", 0x0101),
        (("v2",), "rsa", 0x0102),
        (("v3",), "ec", 0x0201),
        (("v2",), "ec", 0x0202),
        (("v2",), "rsa", 0x0421),
        (("v2",), "ec", 0x0423),
    ],
)
def test_good_signatures_verify(schemes: tuple[str, ...], kind: str, algorithm: int) -> None:
    options = {"kind": kind, "algorithm": algorithm} if algorithm else {}
    signing = read(make_signed(*ENTRIES, schemes=schemes, **options))
    assert states(signing) == dict.fromkeys(schemes, "verified")
    assert [one.der for one in signing.signers] == [der(make_certificate(kind))]


def test_an_unsigned_package_has_no_signer() -> None:
    signing = read(make_zip(*ENTRIES))
    assert states(signing) == {}
    assert signing.signers == ()


def test_an_idsig_beside_the_package_is_not_checked() -> None:
    assert states(read(make_zip(*ENTRIES), idsig=True)) == {"v4": "not_checked"}


def test_a_changed_entry_breaks_v1() -> None:
    entries = sign_v1(list(ENTRIES))
    entries[1] = Entry("classes.dex", b"DEX\n" * 2000, method=0)
    assert states(read(make_zip(*entries))) == {"v1": "entry-digest"}


def test_an_added_entry_breaks_v1() -> None:
    package = make_zip(*sign_v1(list(ENTRIES)), Entry("classes2.dex", b"x"))
    assert states(read(package)) == {"v1": "entry-not-signed"}


def test_a_changed_manifest_breaks_v1() -> None:
    entries = sign_v1(list(ENTRIES))
    entries[2] = Entry("META-INF/MANIFEST.MF", entries[2].content.replace(b"1.0", b"1.1"))
    assert states(read(make_zip(*entries))) == {"v1": "manifest-digest"}


def test_a_changed_signature_file_breaks_v1() -> None:
    entries = sign_v1(list(ENTRIES))
    entries[3] = Entry("META-INF/CERT.SF", entries[3].content + b"X: y\r\n")
    assert states(read(make_zip(*entries))) == {"v1": "signed-attributes"}


def test_a_removed_block_is_noticed_by_v1() -> None:
    entries = sign_v1(list(ENTRIES), header="X-Android-APK-Signed: 2, 3\r\n")
    assert states(read(make_zip(*entries))) == {"v1": "newer-scheme-removed"}
    assert states(read(sign_block(make_zip(*entries), ("v2", "v3"))))["v1"] == "verified"


def test_a_removed_v3_is_noticed_by_v2() -> None:
    from tests.analyzers.formats.apk_signer import part

    attribute = part((0xBEEFF00D).to_bytes(4, "little") + (3).to_bytes(4, "little"))
    package = make_zip(*ENTRIES)
    assert states(read(sign_block(package, ("v2",), attributes=attribute))) == {
        "v2": "newer-scheme-removed"
    }
    both = sign_block(package, ("v2", "v3"), attributes=attribute)
    assert states(read(both)) == {"v2": "verified", "v3": "verified"}


@pytest.mark.parametrize("scheme", ["v2", "v3"])
def test_a_changed_byte_breaks_the_block_schemes(scheme: str) -> None:
    package = bytearray(make_signed(*ENTRIES, schemes=(scheme,)))
    package[len(package) // 4] ^= 1
    assert states(read(bytes(package))) == {scheme: "content-digest"}


def test_a_changed_signature_breaks_the_block_schemes() -> None:
    package = make_signed(*ENTRIES, schemes=("v2",))
    place = package.rindex(der(make_certificate())[:40]) - 40
    broken = package[:place] + bytes([package[place] ^ 1]) + package[place + 1 :]
    assert states(read(broken))["v2"] in (
        "signature",
        "content-digest",
        "truncated",
        "algorithms-differ",
    )


def test_an_unknown_algorithm_is_not_checked() -> None:
    package = make_signed(*ENTRIES, schemes=("v2",), algorithm=0x0103)
    changed = package.replace((0x0103).to_bytes(4, "little"), (0x0999).to_bytes(4, "little"))
    assert states(read(changed)) == {"v2": "algorithm"}


def test_entries_are_not_compared_again_where_no_device_looks() -> None:
    entries = sign_v1(list(ENTRIES))
    entries[1] = Entry("classes.dex", b"DEX\n" * 2000, method=0)
    package = sign_block(make_zip(*entries), ("v2",))
    assert states(read(package, min_sdk=23)) == {"v1": "entry-digest", "v2": "verified"}
    assert states(read(package, min_sdk=24)) == {"v1": "verified", "v2": "verified"}


def test_a_certificate_is_described() -> None:
    certificate = read(make_signed(*ENTRIES)).signers[0]
    assert certificate.subject == "C=CN,CN=Campus"
    assert (certificate.serial, certificate.not_before) == ("1234", "2024-01-01T00:00:00Z")
    assert (certificate.public_key_algorithm, certificate.signature_algorithm) == (
        "RSA-2048",
        "SHA256-RSA",
    )
    assert len(certificate.public_key) == 512
    assert not certificate.weak


def test_a_short_key_is_weak() -> None:
    assert read(make_signed(*ENTRIES, schemes=("v2",), kind="short")).signers[0].weak


SIGNED = make_signed(*ENTRIES, schemes=("v1", "v2", "v3"))


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=200, deadline=None)
def test_changed_bytes_never_verify_and_raise_only_format_errors(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    data = bytearray(SIGNED)
    for _ in range(changes):
        place = draw.randrange(len(data))
        data[place] ^= draw.randrange(1, 256)
    if bytes(data) == SIGNED:
        return
    try:
        found = states(read(bytes(data)))
    except FormatError as error:
        assert error.code.startswith(("zip.", "package."))
    else:
        assert found.get("v2") != "verified" or found.get("v3") != "verified"
