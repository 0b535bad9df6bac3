"""android.network_security reads the configuration or states the platform's default."""

from __future__ import annotations

import pytest

from analyzers.android.network_security import extract
from analyzers.package import AppPackage
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Node, Reference, make_axml, node
from tests.analyzers.package_builder import codes_of, facts_of, make_manifest, make_package

PATH = "res/xml/network.xml"


def package(config: Node | bytes | None, target: int = 33, **attributes: object) -> AppPackage:
    table = make_arsc({"xml": {"network": {"": PATH}}})
    if config is not None:
        attributes["networkSecurityConfig"] = Reference(0x7F010000)
    content = make_axml(config) if isinstance(config, Node) else config
    files = {PATH: content} if content else {}
    return make_package(
        make_manifest(node("application", **attributes), target=target), files, table
    )


def trust(config: Node, target: int = 33, **attributes: object) -> dict[str, tuple[object, ...]]:
    facts = facts_of(extract(package(config, target, **attributes)), "android.network_security")
    return {
        subject: (
            f["cleartext"],
            f["user_cas"],
            f["pins"],
            f["include_subdomains"],
            f["from_config"],
        )
        for subject, f in facts.items()
    }


@pytest.mark.parametrize(
    ("target", "attributes", "cleartext", "user_cas"),
    [
        (33, {}, False, False),
        (27, {}, True, False),
        (23, {}, True, True),
        (33, {"usesCleartextTraffic": True}, True, False),
        (23, {"usesCleartextTraffic": False}, False, True),
    ],
)
def test_defaults(
    target: int, attributes: dict[str, bool], cleartext: bool, user_cas: bool
) -> None:
    facts = facts_of(extract(package(None, target, **attributes)), "android.network_security")
    assert (facts["base"]["cleartext"], facts["base"]["user_cas"]) == (cleartext, user_cas)
    assert facts["base"]["from_config"] is False


USER = node(
    "trust-anchors",
    node("certificates", plain_src="system"),
    node("certificates", plain_src="user"),
)


def test_a_configuration_is_read() -> None:
    pins = node(
        "pin-set", node("pin", text="a"), node("pin", text="b"), plain_expiration="2020-01-01"
    )
    inner = node("domain-config", node("domain", text="Inner.example.cn"))
    config = node(
        "network-security-config",
        node("base-config", USER, plain_cleartextTrafficPermitted="false"),
        node("domain-config", node("domain", text="a.example.cn", plain_includeSubdomains="true"), pins, inner,
             plain_cleartextTrafficPermitted=True),
        node("debug-overrides", USER),
    )  # fmt: skip
    assert trust(config, target=27) == {
        "base": (False, True, 0, False, True),
        "debug": (False, True, 0, False, True),
        "a.example.cn": (True, True, 2, True, True),
        "inner.example.cn": (True, True, 2, False, True),
    }


def test_an_expired_pin_set_is_told() -> None:
    config = node(
        "network-security-config",
        node(
            "domain-config",
            node("domain", text="x"),
            node("pin-set", node("pin"), plain_expiration="2020-01-01"),
        ),
        node(
            "domain-config",
            node("domain", text="y"),
            node("pin-set", node("pin"), plain_expiration="2999-01-01"),
        ),
    )
    facts = facts_of(extract(package(config)), "android.network_security")
    assert [facts[name]["pins_expired"] for name in ("x", "y")] == [True, False]


def test_the_manifest_switch_does_not_count_beside_a_configuration() -> None:
    assert trust(node("network-security-config"), usesCleartextTraffic=True)["base"][0] is False


@pytest.mark.parametrize("content", [b"", b"garbage" * 10])
def test_an_unreadable_configuration_is_a_limitation(content: bytes) -> None:
    assert codes_of(extract(package(content))) == ["network_security.unreadable"]
