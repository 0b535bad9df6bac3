"""Packages are opened by content, and described as a sample."""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from analyzers.formats.errors import UnreadableError
from analyzers.formats.limits import Limits
from analyzers.package import open_package, read_package
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Reference, make_axml, node
from tests.analyzers.formats.zip_builder import Entry, make_zip
from tests.analyzers.package_builder import make_manifest, make_package

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples/android").glob("campus-*/campus-*.apk"))


def png(color: tuple[int, int, int, int], edge: int = 64) -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", (edge, edge), color).save(target, "PNG")
    return target.getvalue()


def with_icon(files: dict[str, bytes], path: str = "res/icon.png"):
    table = make_arsc({"drawable": {"icon": {"": path}, "front": {"": "res/front.png"}}})
    return make_package(
        make_manifest(node("application", icon=Reference(0x7F010000))), files, table
    )


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 2


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_androguard_reads_the_same(path: Path) -> None:
    from androguard.core.apk import APK
    from loguru import logger

    logger.remove()
    logging.disable(logging.CRITICAL)
    oracle = APK(str(path))
    package = open_package(path)
    manifest, sample = package.manifest, package.sample()
    assert manifest.package == oracle.get_package()
    assert sample.version_name == oracle.get_androidversion_name()
    assert str(sample.version_code) == oracle.get_androidversion_code()
    assert str(manifest.target_sdk) == oracle.get_target_sdk_version()
    plain = {
        use.name for use in manifest.uses_permissions if not use.sdk23_only
    }  # it skips the others
    assert plain == set(oracle.get_permissions())
    assert sample.label == oracle.get_app_name()
    for kind, names in (("activity", oracle.get_activities()), ("service", oracle.get_services()),
                        ("receiver", oracle.get_receivers()), ("provider", oracle.get_providers())):  # fmt: skip
        assert {one.name for one in manifest.components if one.type == kind} == set(names)
    assert list(package.names) == oracle.get_files()
    assert [content for _, content in package.dex_entries()] == list(oracle.get_all_dex())
    assert sample.signer.sha256 == hashlib.sha256(oracle.get_certificates()[0].dump()).hexdigest()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_described_by_its_hashes(path: Path) -> None:
    sample, content = open_package(path).sample(), path.read_bytes()
    assert sample.sha256 == hashlib.sha256(content).hexdigest()
    assert sample.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert (sample.size, sample.name) == (len(content), path.name)


def write(folder: Path, content: bytes) -> Path:
    path = folder / "x.apk"
    path.write_bytes(content)
    return path


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x" * 40)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package.empty"),
        (b"plain text" * 10, "package.not-a-zip"),
        (b"PK\x03\x04 cut", "zip.no-end-record"),
        (zipped("readme.txt"), "package.no-manifest"),
        (zipped("AndroidManifest.xml"), "package.manifest-unreadable"),
    ],
)
def test_what_is_no_package_is_named(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        open_package(write(tmp_path, content))
    assert caught.value.code == code


def test_missing_folders_and_large_files_are_named(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "none.apk", "package.missing"),
        (write(tmp_path, bytes(99)), "package.too-large"),
    ):
        with pytest.raises(UnreadableError) as caught:
            open_package(path, Limits(file_bytes=98))
        assert caught.value.code == code


def test_dex_files_come_in_the_order_of_loading() -> None:
    names = [
        "classes10.dex",
        "classes2.dex",
        "classes.dex",
        "classes1.dex",
        "assets/classes.dex",
        "classes02.dex",
    ]
    package = make_package(files={name: name.encode() for name in names})
    assert [name for name, _ in package.dex_entries()] == [
        "classes.dex",
        "classes2.dex",
        "classes10.dex",
    ]


def test_a_damaged_dex_is_left_out_and_named() -> None:
    manifest = Entry("AndroidManifest.xml", make_axml(make_manifest(node("application"))))
    damaged = Entry("classes2.dex", b"x", stored=b"\xff\xff\xff")
    package = read_package(make_zip(manifest, Entry("classes.dex", b"dex"), damaged), "x")
    assert [name for name, _ in package.dex_entries()] == ["classes.dex"]
    assert package.damaged == {"classes2.dex": "zip.damaged-entry"}


def test_libraries_are_listed_by_abi() -> None:
    package = make_package(
        files={"lib/x86/liba.so": b"", "lib/arm64-v8a/liba.so": b"", "lib/notes.txt": b""}
    )
    assert package.native_libraries == {
        "liba.so": {"x86": "lib/x86/liba.so", "arm64-v8a": "lib/arm64-v8a/liba.so"}
    }
    assert package.abis == ("arm64-v8a", "x86")


def test_a_broken_resource_table_leaves_the_rest() -> None:
    package = make_package(
        make_manifest(node("application", label=Reference(0x7F010000))), table=bytes(50)
    )
    assert package.resources is None
    assert package.manifest.application.label == "@0x7f010000"
    assert package.damaged == {"resources.arsc": "arsc.header"}


def test_an_icon_is_written_anew() -> None:
    package = with_icon({"res/icon.png": png((255, 0, 0, 255), 400)})
    drawn = Image.open(io.BytesIO(base64.b64decode(package.sample().icon_png)))
    assert (drawn.format, drawn.size, drawn.getpixel((5, 5))) == (
        "PNG",
        (144, 144),
        (255, 0, 0, 255),
    )
    assert not package.icon.transparent


def test_an_adaptive_icon_gives_its_foreground() -> None:
    adaptive = make_axml(node("adaptive-icon", node("foreground", drawable=Reference(0x7F010001))))
    package = with_icon(
        {"res/icon.xml": adaptive, "res/front.png": png((0, 0, 0, 0))}, "res/icon.xml"
    )
    assert package.icon.path == "res/front.png"
    assert package.icon.transparent


@pytest.mark.parametrize(
    ("background", "transparent"),
    [("res/empty.png", True), ("res/full.png", False), ("res/vector.xml", None)],
)
def test_a_background_may_show_what_the_foreground_does_not(
    background: str, transparent: bool | None
) -> None:
    layers = (
        node("foreground", drawable=Reference(0x7F010001)),
        node("background", drawable=Reference(0x7F010002)),
    )
    table = make_arsc(
        {
            "drawable": {
                "icon": {"": "res/icon.xml"},
                "front": {"": "res/empty.png"},
                "back": {"": background},
            }
        }
    )
    files = {
        "res/icon.xml": make_axml(node("adaptive-icon", *layers)),
        "res/empty.png": png((9, 9, 9, 0)),
        "res/full.png": png((9, 9, 9, 255)),
        "res/vector.xml": make_axml(node("vector")),
    }
    package = make_package(
        make_manifest(node("application", icon=Reference(0x7F010000))), files, table
    )
    assert package.icon.transparent is transparent


@pytest.mark.parametrize("content", [b"GIF89a" + bytes(40), png((1, 2, 3, 255))[:60], b""])
def test_an_icon_that_cannot_be_drawn_is_empty(content: bytes) -> None:
    package = with_icon({"res/icon.png": content})
    assert package.icon is None
    assert package.sample().icon_png == ""


def test_a_huge_icon_is_not_decoded() -> None:
    assert with_icon({"res/icon.png": png((1, 2, 3, 255), 5000)}).icon is None
