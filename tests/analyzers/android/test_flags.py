"""android.flags states switches as the platform reads them."""

from __future__ import annotations

import pytest

from analyzers.android.flags import extract, load_flags
from tests.analyzers.formats.axml_builder import node
from tests.analyzers.package_builder import facts_of, make_manifest, make_package


def flags(target: int = 33, **attributes: object) -> dict[str, dict[str, object]]:
    manifest = make_manifest(node("application", **attributes), target=target)
    return facts_of(extract(make_package(manifest)), "android.application.flag")


def test_every_flag_is_stated() -> None:
    assert flags().keys() == load_flags().keys()


@pytest.mark.parametrize(
    ("name", "target", "value"),
    [
        ("debuggable", 33, False),
        ("allowBackup", 33, True),
        ("usesCleartextTraffic", 27, True),
        ("usesCleartextTraffic", 28, False),
        ("requestLegacyExternalStorage", 28, True),
        ("requestLegacyExternalStorage", 29, False),
    ],
)
def test_defaults(name: str, target: int, value: bool) -> None:
    assert flags(target)[name] == {"value": value, "explicit": False}


def test_written_values_win() -> None:
    found = flags(debuggable=True, allowBackup=False, testOnly=True)
    assert found["debuggable"] == {"value": True, "explicit": True}
    assert found["allowBackup"] == {"value": False, "explicit": True}
    assert found["testOnly"] == {"value": True, "explicit": True}


def test_without_an_application_nothing_is_stated() -> None:
    assert list(extract(make_package(make_manifest()))) == []
