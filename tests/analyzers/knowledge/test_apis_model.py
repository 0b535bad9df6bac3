"""When an argument fulfils the condition of a row."""

from __future__ import annotations

import pytest

from analyzers.knowledge.apis import Argument

CONTACTS = Argument(index=0, form="uri", prefixes=("content://com.android.contacts",))
OTHERS = Argument(index=0, form="package", foreign=True)
LISTING = Argument(index=0, form="command", prefixes=("ps",), contains=("pm list packages",))
BOOT = Argument(index=1, form="filter", values=("android.intent.action.BOOT_COMPLETED",))
MAC = Argument(index=0, form="path", values=("/sys/class/net/wlan0/address",), prefixes=("/p/",))
KEY = Argument(index=1, form="string", values=("android_id",))

CASES = [
    (CONTACTS, "content://com.android.contacts", True),
    (CONTACTS, "content://com.android.contacts/data/phones", True),
    (CONTACTS, "content://com.android.contacts?limit=1", True),
    (CONTACTS, "com.android.contacts", True),
    (CONTACTS, "content://com.android.contacts.other/1", False),
    (CONTACTS, "content://settings/secure", False),
    (CONTACTS, "", False),
    (OTHERS, "com.tencent.mm", True),
    (OTHERS, "cn.edu.campus", False),
    (OTHERS, "", False),
    (LISTING, "ps", True),
    (LISTING, "ps -A", True),
    (LISTING, "psql", False),
    (LISTING, "sh -c pm list packages -3", True),
    (BOOT, "a.b.C android.intent.action.BOOT_COMPLETED", True),
    (BOOT, "android.intent.action.BOOT_COMPLETED_2", False),
    (MAC, "/sys/class/net/wlan0/address", True),
    (MAC, "/sys/class/net/wlan0/mtu", False),
    (MAC, "/p/x", True),
    (KEY, "android_id", True),
    (KEY, "bluetooth_name", False),
]


@pytest.mark.parametrize(("condition", "text", "expected"), CASES)
def test_holds(condition: Argument, text: str, expected: bool) -> None:
    assert condition.holds(text, "cn.edu.campus") is expected
