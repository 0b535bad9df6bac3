"""The catalogue of hooks carries every framework row, once a member."""

from __future__ import annotations

from analyzers.knowledge.apis import load_apis
from analyzers.runtime.embedded.catalogue import ATTRIBUTION, make_catalogue


def rows() -> list[list[str]]:
    return [line.split("\t") for line in make_catalogue(load_apis()).splitlines()]


def test_every_member_stands_once() -> None:
    keys = [(row[0], row[1], row[2]) for row in rows()]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 200
    assert {("method", *pair) for pair in ATTRIBUTION} <= set(keys)


def test_permissions_are_asked_only_where_a_phone_throws() -> None:
    asked = {(row[1], row[2]): row[4] for row in rows()}
    assert asked["android.telephony.TelephonyManager", "getCellLocation"]
    assert asked["android.content.ContentResolver", "query"] == "content"
    assert asked["android.accounts.AccountManager", "getAccounts"] == ""
    assert asked["android.content.Context", "startActivity"] == ""


def test_identifiers_closed_since_android_10_are_marked() -> None:
    closed = {(row[1], row[2]) for row in rows() if row[5] == "1"}
    assert ("android.telephony.TelephonyManager", "getImei") in closed
    assert ("android.provider.Settings$Secure", "getString") not in closed
