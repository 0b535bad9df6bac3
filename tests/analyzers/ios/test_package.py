"""Opening iOS apps: archive, zipped bundle, folder; what is refused and what is noted."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

import pytest
from builder.ipa import write_zip
from builder.macho import Image, make_macho

from analyzers.formats.errors import UnreadableError
from analyzers.ios import code_apis, info_plist, signing, transport_security
from analyzers.ios.software import split_swift
from analyzers.ios.usage_strings import rate_text
from analyzers.model import Fact, Limitation
from analyzers.package import IosPackage, open_package, read_package
from scanner.fingerprint import read_fingerprint

if TYPE_CHECKING:
    from pathlib import Path

INFO = {"CFBundleIdentifier": "cn.a", "CFBundleExecutable": "A"}


def make_files(root: str, image: Image | None = None, **info: object) -> dict[str, bytes]:
    files = {root + "Info.plist": plistlib.dumps({**INFO, **info})}
    return files if image is None else {**files, root + "A": make_macho(image)}


def make_app(image: Image | None = None, **info: object) -> IosPackage:
    package = read_package(write_zip(make_files("Payload/A.app/", image, **info)), "a.ipa")
    assert isinstance(package, IosPackage)
    return package


def codes(items: list[Fact | Limitation]) -> list[str]:
    return [item.code for item in items if isinstance(item, Limitation)]


def test_a_zipped_bundle_is_an_app_too() -> None:
    package = read_package(write_zip(make_files("A.app/", Image())), "a.zip")
    assert isinstance(package, IosPackage)
    assert (package.sample().app_id, package.sample().platform) == ("cn.a", "ios")


def test_a_folder_is_named_as_the_fingerprint_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "A.app"
    (folder / "Frameworks").mkdir(parents=True)
    for name, content in make_files("", Image()).items():
        (folder / name).write_bytes(content)
    (folder / "empty").touch()
    (folder / "out").symlink_to("/etc/hostname")
    package = open_package(folder)
    assert isinstance(package, IosPackage)
    assert package.main is not None
    assert "A.app/out" not in package.names
    print_ = read_fingerprint(folder)
    sample = package.sample()
    assert (print_.sha256, print_.md5, print_.size) == (sample.sha256, sample.md5, sample.size)


def test_two_apps_in_one_file_are_refused() -> None:
    files = {**make_files("Payload/A.app/"), **make_files("Payload/B.app/")}
    with pytest.raises(UnreadableError, match=r"package\.several"):
        read_package(write_zip(files), "a.ipa")


@pytest.mark.parametrize("content", [b"", b"bplist00", plistlib.dumps({"CFBundleName": "x"})])
def test_a_damaged_info_plist_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"package\.plist-unreadable"):
        read_package(write_zip({"Payload/A.app/Info.plist": content}), "a.ipa")


def test_a_missing_executable_hides_the_code() -> None:
    found = list(code_apis.extract(make_app()))
    assert codes(found) == ["ios.no-executable"]
    assert found[0].hides == ("ios.code_apis",)


def test_an_encrypted_executable_hides_the_code_and_gives_weak_facts() -> None:
    image = Image(classes=("CLLocationManager",), selectors=("requestLocation",), encrypted=True)
    package = make_app(image)
    found = list(code_apis.extract(package))
    assert codes(found) == ["ios.encrypted"]
    facts = [item for item in found if isinstance(item, Fact)]
    assert {fact.subject for fact in facts} >= {"ios.location.manager"}
    assert {str(fact.confidence) for fact in facts} == {"possible"}
    states = {
        item.fields["state"] for item in info_plist.extract(package) if item.kind == "ios.usage"
    }
    assert states == set()


def test_an_unsigned_app_is_said_to_be_unsigned() -> None:
    fact = next(iter(signing.extract(make_app(Image()))))
    assert isinstance(fact, Fact)
    assert (fact.subject, fact.fields["type"]) == ("unsigned", "none")


@pytest.mark.parametrize(
    ("rows", "cleartext", "web_only"),
    [
        ({}, False, False),
        ({"NSAllowsArbitraryLoads": True}, True, False),
        ({"NSAllowsArbitraryLoads": True, "NSAllowsLocalNetworking": True}, False, False),
        ({"NSAllowsArbitraryLoadsInWebContent": True}, True, True),
    ],
)
def test_transport_security_follows_its_keys(
    rows: dict[str, bool], cleartext: bool, web_only: bool
) -> None:
    package = make_app(NSAppTransportSecurity=rows)
    fact = next(iter(transport_security.extract(package)))
    assert isinstance(fact, Fact)
    assert (fact.fields["cleartext"], fact.fields["web_only"]) == (cleartext, web_only)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "empty"),
        ("  …", "empty"),
        ("$(PRODUCT_NAME)", "placeholder"),
        ("TODO", "placeholder"),
        ("测试", "placeholder"),
        ("To scan student cards", "not_chinese"),
        ("需要您的同意才能访问相机", "no_purpose"),
        ("用于扫描校园卡", "stated"),
        ("用于添加课程", "repeated"),
    ],
)
def test_usage_strings_are_rated(text: str, state: str) -> None:
    assert rate_text(text, ["用于添加课程"]) == state


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("_TtC6Module5Class", ("Module", "Class")),
        ("JPUSHService", ("JPUSHService",)),
        ("_TtC999", ()),
    ],
)
def test_swift_names_are_split(name: str, parts: tuple[str, ...]) -> None:
    assert split_swift(name) == parts


def test_executables_beyond_the_bound_are_said_to_be_unread() -> None:
    files = make_files("Payload/A.app/", Image())
    library = make_macho(Image(library=True))
    files |= {f"Payload/A.app/Frameworks/l{n:03}.dylib": library for n in range(301)}
    package = read_package(write_zip(files), "a.ipa")
    assert len(package.binaries) == 300
    assert codes(list(code_apis.extract(package))) == ["ios.binary-unreadable"]
