"""Weaknesses on written code; the planted sample measures precision and recall."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.android import code_weaknesses
from analyzers.android.code_weak_rules import load_weaknesses
from analyzers.android.code_weak_secrets import is_random, redact
from analyzers.kinds import check_fact
from analyzers.model import Fact
from tests.analyzers.dex.dex_builder import Cls, Method, make_dex
from tests.analyzers.dex.scenes import constructor, static
from tests.analyzers.formats.axml_builder import node
from tests.analyzers.package_builder import make_manifest, make_package

CIPHER = "Ljavax/crypto/Cipher;->getInstance(Ljava/lang/String;)Ljavax/crypto/Cipher;"
LOG = "Landroid/util/Log;->d(Ljava/lang/String;Ljava/lang/String;)I"
IMEI = "Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;"
TRUST = "([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V"


def weaknesses(*classes: Cls, manifest: Any = None) -> set[str]:
    plain = manifest or make_manifest(node("application"))
    package = make_package(plain, {"classes.dex": make_dex(*classes)})
    found = [one for one in code_weaknesses.extract(package) if isinstance(one, Fact)]
    assert [problem for one in found for problem in check_fact(one)] == []
    return {one.subject for one in found}


def of_code(*code: tuple, name: str = "m") -> set[str]:
    return weaknesses(Cls("Lapp/M;", [static(name, *code, ("return-void",))]))


@pytest.mark.parametrize(
    ("text", "weak"),
    [("AES", True), ("AES/ECB/PKCS5Padding", True), ("DES/CBC/PKCS5Padding", True), ("RC4", True),
     ("AES/GCM/NoPadding", False), ("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", False)],
)  # fmt: skip
def test_ciphers(text: str, weak: bool) -> None:
    found = of_code(("const-string", 0, text), ("invoke-static", [0], CIPHER))
    assert found == ({"crypto-weak-cipher"} if weak else set())


def trust_manager(*code: tuple) -> Cls:
    check = Method("checkServerTrusted", TRUST, list(code))
    return Cls("Lapp/T;", [constructor(), check], interfaces=("Ljavax/net/ssl/X509TrustManager;",))


def test_a_trust_manager_that_checks_nothing() -> None:
    assert weaknesses(trust_manager(("return-void",))) == {"tls-trust-all"}
    ask = ("invoke-virtual", [7], "Lapp/T;->verifyChain()V")
    assert weaknesses(trust_manager(ask, ("return-void",))) == set()
    throws = [("new-instance", 0, "Ljava/lang/Error;"), ("throw", 0)]
    assert weaknesses(trust_manager(*throws)) == set()


def test_an_identifier_in_the_log() -> None:
    read = [("const/4", 0, 0), ("invoke-virtual", [0], IMEI), ("move-result-object", 1)]
    assert of_code(*read, ("invoke-static", [1, 1], LOG)) == {"identifier-in-log"}
    assert of_code(*read, ("const-string", 2, "imei"), ("invoke-static", [2, 2], LOG)) == set()


def test_an_open_provider() -> None:
    open_ = make_manifest(node("application", node("provider", name=".P", exported=True)))
    shut = make_manifest(node("application", node("provider", name=".P", exported=False)))
    assert weaknesses(Cls("La/B;"), manifest=open_) == {"open-provider"}
    assert weaknesses(Cls("La/B;"), manifest=shut) == set()


def test_an_unencrypted_address() -> None:
    url = "Ljava/net/URL;-><init>(Ljava/lang/String;)V"
    for text, weak in (("http://api.example/x", True), ("https://api.example/x", False),
                       ("http://127.0.0.1/x", False)):  # fmt: skip
        code = [("new-instance", 0, "Ljava/net/URL;"), ("const-string", 1, text),
                ("invoke-direct", [0, 1], url)]  # fmt: skip
        assert of_code(*code) == ({"cleartext-url"} if weak else set())


def test_a_secret_is_told_redacted() -> None:
    key = "LTAI" + "4Gx9QmZ2Tn7Bv5Kc8Wd3"
    package = make_package(
        make_manifest(node("application")),
        {"classes.dex": make_dex(Cls("Lapp/M;", [static("m", ("const-string", 0, key),
                                                        ("return-void",))]))},
    )  # fmt: skip
    (fact,) = code_weaknesses.extract(package)
    assert isinstance(fact, Fact)
    assert fact.subject == "secret-in-code"
    assert key not in str(fact)
    assert redact(key) == "LTAI…(24)"


@pytest.mark.parametrize(
    ("text", "random"),
    [("9f3c61d07ab84e52c1d7f06a35be2894", True), ("your_api_key_1234567", False),
     ("sec-websocket-key1", False), ("9223372036854775807", False), ("short1", False),
     ("two words 12345", False), ("PBKDF2WithHmacSHA256", False)],
)  # fmt: skip
def test_what_looks_like_a_key(text: str, random: bool) -> None:
    assert is_random(text) is random


def test_every_weakness_has_its_ids() -> None:
    known = load_weaknesses()
    assert len(known) >= 19
    for weakness in known.values():
        assert weakness.cwe.startswith("CWE-")
        assert weakness.masvs.startswith("MASVS-")
        assert weakness.confidence in ("certain", "likely", "possible")
