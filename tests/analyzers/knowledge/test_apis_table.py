"""The API table as a whole: schema, precedence, coverage, and the questions asked of it."""

from __future__ import annotations

import re
from collections import Counter

import msgspec
import pytest

from analyzers.knowledge import apis
from analyzers.knowledge.apis.model import (
    FORMS,
    GROUPS,
    KINDS,
    REDACTIONS,
    WEIGHTS,
    WITHOUT,
)
from analyzers.knowledge.personal_types import load_personal_types

ROWS = apis.load_apis()
LINES = {"", "ar-3.1", "ar-3.2", "ar-3.3", "ar-3.4", "ar-3.5", "ar-3.6", "ar-3.8", "ar-3.9"}
DESCRIPTOR = re.compile(r"\((\[*([BCDFIJSZ]|L[\w/$]+;))*\)(V|\[*([BCDFIJSZ]|L[\w/$]+;))")


def arity(descriptor: str) -> int:
    inside = descriptor[1 : descriptor.index(")")]
    return len(re.findall(r"\[*(?:[BCDFIJSZ]|L[^;]+;)", inside))


def schema_problems(row: apis.ApiRow) -> list[str]:
    """Name what is wrong with a row."""
    checks = {
        "id": re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", row.id),
        "kind": row.kind in KINDS,
        "group": row.group in GROUPS,
        "line": row.line in LINES,
        "weight": row.weight in WEIGHTS,
        "redact": row.redact in REDACTIONS,
        "without": row.without in WITHOUT,
        "type": row.type == "" or row.type in load_personal_types(),
        "constructor": (row.kind == "constructor") <= (row.member == "<init>"),
        "name": row.name_zh and row.source,
        "permissions": all("." in permission for permission in row.permissions),
        "levels": row.levels[0] >= 1,
        "overloads": all(DESCRIPTOR.fullmatch(one) for one in row.overloads),
    }
    return [f"{row.id}: {name}" for name, right in checks.items() if not right]


def test_rows_keep_the_schema() -> None:
    assert [problem for row in ROWS for problem in schema_problems(row)] == []


def test_a_broken_row_is_noticed() -> None:
    broken = msgspec.structs.replace(ROWS[0], id="Bad", type="no.such", weight="heavy")
    assert schema_problems(broken) == ["Bad: id", "Bad: weight", "Bad: type"]


def test_line_follows_from_the_type() -> None:
    """A type has one line; only the asking for a special access is ar-3.6 whatever it opens."""
    types = load_personal_types()
    assert [
        row.id for row in ROWS if row.type and row.line not in {types[row.type].line, "ar-3.6", ""}
    ] == []


def test_argument_exists_in_every_overload() -> None:
    problems = []
    for row in ROWS:
        if (argument := row.argument) is None:
            continue
        conditions = (argument.values, argument.prefixes, argument.contains)
        if argument.form not in FORMS or any(conditions) == argument.foreign:
            problems.append(row.id)
        if any(argument.index >= arity(descriptor) for descriptor in row.found):
            problems.append(row.id)
    assert problems == []


def test_every_row_was_found_or_is_of_an_sdk() -> None:
    assert Counter(row.seen for row in ROWS)["unchecked"] == 0
    assert all(row.found for row in ROWS if not row.sdk)
    assert all(row.carriers for row in ROWS if row.runtime)
    assert all(not row.found and not row.runtime for row in ROWS if row.sdk)


def test_at_least_two_hundred_framework_methods_with_overloads() -> None:
    methods = {
        (row.cls, row.member, descriptor)
        for row in ROWS
        for descriptor in row.found
        if row.seen == "framework-14" and row.kind != "field"
    }
    assert len(methods) >= 500


def test_general_rows_come_after_the_conditional_rows_of_their_member() -> None:
    """The first row that holds wins, so a row without condition may only be the last."""
    open_rows: set[tuple[str, str, str]] = set()
    for row in ROWS:
        for descriptor in row.found:
            key = (row.cls, row.member, descriptor)
            assert key not in open_rows, f"{row.id} can never win"
            if row.argument is None:
                open_rows.add(key)


def test_checked_only_leaves_out_unchecked_rows() -> None:
    checked = apis.load_apis(checked_only=True)
    assert {row.seen for row in checked} <= {"framework-14", "java-17", "sdk"}
    assert [row for row in ROWS if row.seen != "unchecked"] == list(checked)


# What the weights promise (design section 2): by hand, apart from the data files.
DECISIVE = {
    "telephony.get_device_id": "ar-3.5", "telephony.get_imei": "ar-3.5",
    "telephony.get_subscriber_id": "ar-3.5", "settings.android_id.secure": "ar-3.5",
    "build.get_serial": "ar-3.5", "build.serial": "ar-3.5",
    "wifi_info.get_mac_address": "ar-3.5", "net.hardware_address": "ar-3.5",
    "file.mac.stream": "ar-3.5", "shell.mac.exec": "ar-3.5",
    "location.manager.get_last_known_location": "ar-3.1",
    "location.manager.request_location_updates": "ar-3.1", "telephony.get_all_cell_info": "ar-3.1",
    "contacts.query": "ar-3.2", "camera.open": "ar-3.3", "camera2.open_camera": "ar-3.3",
    "audio_record.start_recording": "ar-3.4", "media_recorder.start": "ar-3.4",
    "packages.get_installed_packages": "ar-3.5", "packages.list_activities": "ar-3.5",
    "clipboard.get_primary_clip": "ar-3.5", "sms.query": "ar-3.5", "call_log.query": "ar-3.5",
    "calendar.query": "ar-3.5", "media.images.query": "ar-3.5", "accounts.get_accounts": "ar-3.5",
    "install.package_intent.context": "ar-3.8", "install.session_commit": "ar-3.8",
}  # fmt: skip
SUPPORTING = {
    "build.model", "build.fingerprint", "telephony.get_sim_operator", "net.inet_address.get_address",
    "packages.foreign.package_info", "packages.query.activities", "geocoder.get_from_location",
    "clipboard.set_primary_clip", "sensor.register_motion", "activity_manager.get_running_app_processes",
    "wifi.get_connection_info", "location.object.get_latitude", "permission.request",
    "start.foreign.service", "environment.external_storage", "biometric.prompt",
}  # fmt: skip


@pytest.mark.parametrize(("row_id", "line"), DECISIVE.items())
def test_decisive_row(row_id: str, line: str) -> None:
    row = apis.api(row_id)
    assert row is not None
    assert (row.weight, row.line) == ("decisive", line)


@pytest.mark.parametrize("row_id", sorted(SUPPORTING))
def test_supporting_row(row_id: str) -> None:
    row = apis.api(row_id)
    assert row is not None
    assert row.weight == "supporting"


@pytest.mark.parametrize("group", sorted(set("DWLPAIKBFRNX")))
def test_every_group_of_the_regulations_has_rows(group: str) -> None:
    assert any(row.group == group for row in ROWS)


def test_abstract_members_name_the_class_that_holds_their_code() -> None:
    row = apis.api("packages.get_installed_packages")
    assert row is not None
    assert "android.app.ApplicationPackageManager" in row.carriers
    found = apis.apis_for_member("android.app.ApplicationPackageManager", "getInstalledPackages")
    assert row in found


def test_own_rows_come_before_carried_ones() -> None:
    rows = apis.apis_for_member("java.net.Inet4Address", "getHostAddress")
    assert rows[0].id == "net.inet4_address.get_host_address"


def test_all_overloads_are_listed() -> None:
    row = apis.api("telephony.get_device_id")
    assert row is not None
    assert set(row.found) == {"()Ljava/lang/String;", "(I)Ljava/lang/String;"}
    query = apis.api("contacts.query")
    assert query is not None
    assert len(query.found) == 3
    assert any("Landroid/os/Bundle;" in descriptor for descriptor in query.found)


def test_permissions_and_apis_map_both_ways() -> None:
    assert "android.permission.CAMERA" in apis.permissions_for_api("camera2.open_camera")
    assert apis.permissions_for_api("no.such_row") == ()
    opened = {row.id for row in apis.apis_for_permission("android.permission.READ_CONTACTS")}
    assert {"contacts.query", "contacts.photo"} <= opened
    assert apis.apis_for_permission("android.permission.NO_SUCH") == ()


@pytest.mark.parametrize(
    "member",
    [
        "android.content.Context#startActivity", "android.content.Context#registerReceiver",
        "android.content.pm.PackageManager#getInstalledPackages",
        "android.telephony.TelephonyManager#listen", "android.os.Environment#isExternalStorageManager",
    ],
)  # fmt: skip
def test_common_calls_never_fail_for_want_of_a_permission(member: str) -> None:
    """An ordinary app that holds nothing calls these on a phone and goes on."""
    cls, _, name = member.partition("#")
    rows = apis.apis_for_member(cls, name)
    assert rows
    assert not [row.id for row in rows if row.permissions and row.without == "throws"]


@pytest.mark.parametrize(
    ("row_id", "without"),
    [
        ("contacts.query", "throws"), ("telephony.get_imei", "throws"),
        ("location.manager.request_location_updates", "throws"), ("media.images.query", "empty"),
        ("accounts.get_accounts", "empty"), ("wifi.get_scan_results", "empty"),
        ("usage_stats.query_events", "empty"), ("audio_record.new", "nothing"),
    ],
)  # fmt: skip
def test_what_happens_without_permission(row_id: str, without: str) -> None:
    row = apis.api(row_id)
    assert row is not None
    assert row.without == without


def test_suppressed_callers_reach_their_rows() -> None:
    clipboard = apis.api("clipboard.get_primary_clip")
    location = apis.api("location.manager.get_last_known_location")
    imei = apis.api("telephony.get_imei")
    assert clipboard is not None
    assert location is not None
    assert imei is not None
    assert "android.widget." in clipboard.ignore_from
    assert "androidx.appcompat.app.TwilightManager" in location.ignore_from
    assert imei.ignore_from == ()
