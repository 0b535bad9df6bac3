"""Which row an access belongs to is decided by its argument, as the table says."""

from __future__ import annotations

import pytest

from analyzers.runtime.channel import ChannelReader, Message
from analyzers.runtime.events import read_access, requested_permissions
from tests.analyzers.runtime.fakes import KEY, make_event

MANAGER = "android.content.pm.PackageManager"
QUERY = "(Landroid/content/Intent;I)Ljava/util/List;"
INFO = "(Ljava/lang/String;I)Landroid/content/pm/PackageInfo;"


def message(owner: str, member: str, **fields: object) -> Message:
    read = ChannelReader(KEY).read(make_event(0, owner, member, **fields))
    assert isinstance(read, Message)
    return read


def row_of(owner: str, member: str, **fields: object) -> str:
    access = read_access(message(owner, member, **fields), package="cn.edu.app")
    return access.row.id if access is not None else ""


@pytest.mark.parametrize(
    ("categories", "listed"),
    [("android.intent.category.LAUNCHER", True), ("", True), ("cn.edu.app.category.PAGE", False)],
)
def test_listing_apps_is_told_from_looking_for_own_pages(categories: str, listed: bool) -> None:
    intent = f"android.intent.action.MAIN\n\n\n{categories}"
    found = row_of(MANAGER, "queryIntentActivities", desc=QUERY, args=[intent, "0", MANAGER])
    assert (found == "packages.list_activities") is listed


def test_own_package_is_no_other_app() -> None:
    assert (
        row_of(MANAGER, "getPackageInfo", desc=INFO, args=["com.other", "0"])
        == "packages.foreign.package_info"
    )
    assert row_of(MANAGER, "getPackageInfo", desc=INFO, args=["cn.edu.app", "0"]) == ""


def test_receiver_arguments_are_found_behind_the_parameters() -> None:
    found = row_of(
        "java.lang.ProcessBuilder",
        "start",
        desc="()Ljava/lang/Process;",
        args=["getprop ro.serialno"],
    )
    assert found == "shell.serial.process"


def test_requests_give_their_names() -> None:
    asked = message("android.app.Activity", "requestPermissions", desc="([Ljava/lang/String;I)V",
                    args=["android.permission.CAMERA android.permission.READ_SMS", "1"])  # fmt: skip
    assert requested_permissions(asked) == (
        "android.permission.CAMERA",
        "android.permission.READ_SMS",
    )


@pytest.mark.parametrize("fields", [{"args": 7}, {"stack": [1]}, {"count": "x"}])
def test_lines_of_another_shape_are_no_access(fields: dict[str, object]) -> None:
    assert row_of("android.telephony.TelephonyManager", "getDeviceId", **fields) == ""
