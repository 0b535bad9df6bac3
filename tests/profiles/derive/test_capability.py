"""Impossible accesses and unused permissions."""

from __future__ import annotations

import pytest

from profiles.derive import derive_facts
from profiles.derive.capability import load_gates
from tests.builders import make_a_fact
from tests.profiles.made import load_admission, make_facts

ADMISSION = load_admission()
EXAMINED = ("android.package", "android.permissions")


def package(**fields: str) -> object:
    return make_a_fact("android.package", "cn.example", **fields)


def permission(name: str, **fields: object) -> object:
    return make_a_fact("android.permission.declared", f"android.permission.{name}", **fields)


def impossible(*facts: object, coverage: tuple[str, ...] = EXAMINED) -> set[str]:
    derived = derive_facts(make_facts(*facts, coverage=coverage), ADMISSION)
    return {f.subject for f in derived.of_kind("derived.impossible_access")}


def test_nothing_declared_makes_every_gated_line_impossible() -> None:
    assert impossible(package()) == {"ar-3.1", "ar-3.2", "ar-3.3", "ar-3.4"} == set(load_gates())


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("CAMERA", "ar-3.3"),
        ("RECORD_AUDIO", "ar-3.4"),
        ("READ_CONTACTS", "ar-3.2"),
        ("ACCESS_COARSE_LOCATION", "ar-3.1"),
        ("ACCESS_WIFI_STATE", "ar-3.1"),
        ("BLUETOOTH_SCAN", "ar-3.1"),
        ("ACCESS_MEDIA_LOCATION", "ar-3.1"),
    ],
)
def test_declared_permission_makes_its_line_possible(name: str, line: str) -> None:
    assert impossible(package(), permission(name)) == set(load_gates()) - {line}


def test_shared_user_or_incomplete_view_proves_nothing() -> None:
    assert impossible(package(shared_user_id="cn.other")) == set()
    assert impossible(package(), coverage=("android.package",)) == set()
    assert impossible() == set()


def test_unused_permission_only_where_the_code_was_read() -> None:
    facts = (
        permission("CAMERA", level="dangerous", types=["camera"]),
        permission("READ_SMS", level="dangerous", types=["sms"]),
        permission("INTERNET", level="normal"),
        make_a_fact("code.api", "camera.open", type="camera"),
    )
    for coverage, expected in (((), set()), (("code.apis",), {"android.permission.READ_SMS"})):
        derived = derive_facts(make_facts(*facts, coverage=coverage), ADMISSION)
        assert {f.subject for f in derived.of_kind("derived.permission_unused")} == expected


def test_storage_and_kindred_location_permissions_are_not_called_unused() -> None:
    facts = (
        permission("READ_EXTERNAL_STORAGE", level="dangerous", types=["storage.files"]),
        permission("ACCESS_COARSE_LOCATION", level="dangerous", types=["location.coarse"]),
        make_a_fact("code.api", "location.last", type="location.precise"),
    )
    derived = derive_facts(make_facts(*facts, coverage=("code.apis",)), ADMISSION)
    assert list(derived.of_kind("derived.permission_unused")) == []


def test_call_without_any_permission_that_opens_it_is_told_once() -> None:
    camera = make_a_fact("code.api", "camera.open", line="ar-3.3", weight="decisive", site="a")
    again = make_a_fact("code.api", "camera.open", line="ar-3.3", weight="decisive", site="b")
    minor = make_a_fact("code.api", "camera.info", line="ar-3.3", weight="supporting")
    other = make_a_fact("code.api", "contacts.query", line="ar-3.2", weight="decisive")
    facts = (package(), permission("READ_CONTACTS"), camera, again, minor, other)
    derived = derive_facts(make_facts(*facts, coverage=EXAMINED), ADMISSION)
    (told,) = derived.of_kind("derived.used_not_declared")
    assert (told.subject, told.fields["line"]) == ("camera.open", "ar-3.3")
