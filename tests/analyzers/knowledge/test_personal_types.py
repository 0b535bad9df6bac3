"""The closed list of personal-information types."""

from __future__ import annotations

import re

import pytest

from analyzers.knowledge.apis import load_apis
from analyzers.knowledge.personal_types import (
    PersonalType,
    full_permission,
    load_personal_types,
    types_for_permission,
)

TYPES = load_personal_types()

# The recurring list of the national test scenes (IMEI, IMSI, MAC, app list, location, contacts,
# call log, calendar, SMS, own number, pictures, sound and video), by hand.
RECURRING = [
    "device.imei", "device.imsi", "device.mac", "apps.installed", "location.precise", "contacts",
    "call_log", "calendar", "sms", "device.phone_number", "media.images", "media.audio",
    "media.video",
]  # fmt: skip


@pytest.mark.parametrize("one", TYPES.values(), ids=lambda one: one.id)
def test_type_keeps_the_schema(one: PersonalType) -> None:
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", one.id)
    assert one.name_zh
    assert one.name_en
    assert one.sensitive == bool(one.basis)
    assert one.basis in {"", "pipl-28", "practice"}
    assert one.line in {"", "ar-3.1", "ar-3.2", "ar-3.3", "ar-3.4", "ar-3.5"}
    assert one.words


@pytest.mark.parametrize("type_id", RECURRING)
def test_recurring_list_is_there_and_each_has_a_decisive_row(type_id: str) -> None:
    assert type_id in TYPES
    assert any(row.type == type_id and row.weight == "decisive" for row in load_apis())


@pytest.mark.parametrize(
    ("permission", "type_id", "line"),
    [
        ("ACCESS_FINE_LOCATION", "location.precise", "ar-3.1"),
        ("READ_CONTACTS", "contacts", "ar-3.2"),
        ("CAMERA", "camera", "ar-3.3"),
        ("RECORD_AUDIO", "microphone", "ar-3.4"),
        ("READ_PHONE_STATE", "device.imei", "ar-3.5"),
        ("READ_SMS", "sms", "ar-3.5"),
        ("BODY_SENSORS", "sensor.body", "ar-3.5"),
    ],
)
def test_permission_opens_its_type(permission: str, type_id: str, line: str) -> None:
    opened = {one.id: one.line for one in types_for_permission(f"android.permission.{permission}")}
    assert opened[type_id] == line


def test_short_permission_names_become_full() -> None:
    assert full_permission("CAMERA") == "android.permission.CAMERA"
    assert full_permission("com.x.PERMISSION") == "com.x.PERMISSION"


def test_statute_classes_are_sensitive_and_identifiers_are_not() -> None:
    for type_id in ("biometric.face", "health.record", "finance.account", "location.track"):
        assert TYPES[type_id].basis == "pipl-28"
    assert not TYPES["device.imei"].sensitive
