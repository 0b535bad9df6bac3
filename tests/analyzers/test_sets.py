"""Split sets in every wrapping are one app: splits joined, members named, signers compared."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.android import archive, components, permissions, signing
from analyzers.formats.errors import UnreadableError
from analyzers.package import AppPackage, open_package, open_set, read_package
from tests.analyzers.formats.apk_signer import make_signed
from tests.analyzers.formats.arsc_builder import make_arsc
from tests.analyzers.formats.axml_builder import Node, Reference, node
from tests.analyzers.formats.proto_builder import make_proto_table, make_proto_xml
from tests.analyzers.formats.zip_builder import Entry, make_zip
from tests.analyzers.package_builder import codes_of, facts_of, make_entries, make_manifest

LABEL = Reference(0x7F010000)
CAMERA, NFC = "android.permission.CAMERA", "android.permission.NFC"


def manifest_of_base() -> Node:
    application = node("application", node("activity", name=".Main", exported=True), label=LABEL)
    return make_manifest(node("uses-permission", name=CAMERA), application)


def manifest_of_split(name: str, *children: Node) -> Node:
    return node("manifest", *children, plain_package="cn.edu.example", plain_split=name)


def base(kind: str = "rsa") -> bytes:
    table = make_arsc({"string": {"name": {"": "Campus"}}})
    entries = make_entries(manifest_of_base(), {"classes.dex": b"dex base"}, table)
    return make_signed(*entries, schemes=("v2",), kind=kind)


def feature(kind: str = "rsa") -> bytes:
    inside = node("application", node("service", name=".Voice"), node("activity", name=".Main"))
    manifest = manifest_of_split("voice", node("uses-permission", name=NFC), inside)
    files = {"classes.dex": b"dex voice", "lib/x86/libv.so": b"\x7fELF"}
    return make_signed(*make_entries(manifest, files), schemes=("v2",), kind=kind)


def language() -> bytes:
    table = make_arsc({"string": {"name": {"zh-CN": "校园通"}}})
    return make_signed(*make_entries(manifest_of_split("config.zh"), table=table), schemes=("v2",))


def as_apks() -> bytes:
    return make_zip(
        Entry("toc.pb", b"\x0a\x00"),
        Entry("splits/base-master.apk", base(), method=0),
        Entry("splits/base-zh.apk", language(), method=0),
        Entry("splits/voice-master.apk", feature(), method=0),
        Entry("standalones/standalone-x86.apk", base("short"), method=0),
    )


def as_xapk() -> bytes:
    return make_zip(
        Entry("manifest.json", b"{}"),
        Entry("config.zh.apk", language()),
        Entry("cn.edu.example.apk", base()),
        Entry("voice.apk", feature()),
        Entry("icon.png", b"x"),
    )


def as_apkm() -> bytes:
    return make_zip(
        Entry("base.apk", base()),
        Entry("split_config.zh.apk", language()),
        Entry("split_voice.apk", feature()),
        Entry("info.json", b"{}"),
    )


def in_folder(folder: Path) -> AppPackage:
    for name, content in (("a-voice.apk", feature()), ("base.apk", base()), ("z.apk", language())):
        (folder / name).write_bytes(content)
    return open_package(folder)


def as_arguments(folder: Path) -> AppPackage:
    in_folder(folder)
    return open_set(sorted(folder.glob("*.apk"), reverse=True), "campus")


WRAPPINGS: dict[str, Callable[[Path], AppPackage]] = {
    "apks": lambda _: read_package(as_apks(), "x.apks"),
    "xapk": lambda _: read_package(as_xapk(), "x.xapk"),
    "apkm": lambda _: read_package(as_apkm(), "x.apkm"),
    "folder": in_folder,
    "arguments": as_arguments,
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_set_is_one_app(wrapping: str, tmp_path: Path) -> None:
    package = WRAPPINGS[wrapping](tmp_path)
    sample = package.sample()
    assert (sample.app_id, sample.label, sample.label_zh) == ("cn.edu.example", "Campus", "校园通")
    assert set(sample.members) == {
        hashlib.sha256(one()).hexdigest() for one in (base, language, feature)
    }
    assert sample.abis == ("x86",)
    assert [content for _, content in package.dex_entries()] == [b"dex base", b"dex voice"]
    assert {state.state for state in package.signing.schemes if state.scheme == "v2"} == {
        "verified"
    }


def test_each_split_is_named_as_the_place() -> None:
    package = read_package(as_xapk(), "x.xapk")
    declared = {one.subject: one for one in permissions.extract(package)}
    assert declared[CAMERA].evidence[0].location.file == "AndroidManifest.xml"
    assert declared[NFC].evidence[0].location.file == "voice.apk!/AndroidManifest.xml"
    found = {one.subject: one for one in components.extract(package)}
    assert found.keys() == {"cn.edu.example.Main", "cn.edu.example.Voice"}
    assert (
        found["cn.edu.example.Voice"].evidence[0].location.file == "voice.apk!/AndroidManifest.xml"
    )
    assert package.read("voice.apk!/lib/x86/libv.so") == b"\x7fELF"
    assert codes_of(archive.extract(package)) == ["package.container"]


def test_the_id_of_loose_files_follows_from_their_hashes(tmp_path: Path) -> None:
    hashes = sorted(hashlib.sha256(one()).hexdigest() for one in (base, language, feature))
    assert (
        in_folder(tmp_path).sample().sha256 == hashlib.sha256("".join(hashes).encode()).hexdigest()
    )


def test_a_container_keeps_the_hash_of_its_file() -> None:
    sample = read_package(as_xapk(), "x.xapk").sample()
    assert sample.sha256 == hashlib.sha256(as_xapk()).hexdigest()


def test_a_split_of_another_signer_breaks_the_set() -> None:
    package = read_package(
        make_zip(Entry("base.apk", base()), Entry("v.apk", feature("short"))), "x"
    )
    schemes = facts_of(signing.extract(package), "android.signing.scheme")
    assert schemes["v2"] == {"state": "invalid", "problem": "v.apk: signer-differs"}


def test_a_package_in_a_plain_zip() -> None:
    package = read_package(
        make_zip(Entry("delivery/campus.apk", base()), Entry("readme.txt", b"x")), "x.zip"
    )
    assert package.manifest.package == "cn.edu.example"
    assert package.sample().members == ()
    assert package.is_container
    assert package.dex_entries() == [("classes.dex", b"dex base")]


def test_a_universal_package_is_taken_alone() -> None:
    package = read_package(make_zip(Entry("toc.pb"), Entry("universal.apk", base())), "x.apks")
    assert len(package.members) == 1


def test_standalone_packages_are_taken_where_there_are_no_splits() -> None:
    files = make_zip(Entry("standalones/a.apk", base()), Entry("standalones/b.apk", base()))
    assert read_package(files, "x.apks").manifest.package == "cn.edu.example"


def test_variants_that_are_left_out_are_told() -> None:
    package = read_package(
        make_zip(Entry("v1.apk", base("short")), Entry("v2.apk", base())), "x.zip"
    )
    assert package.skipped == ("v1.apk",)
    assert package.signing.signers[0].public_key_algorithm == "RSA-2048"
    assert codes_of(archive.extract(package)) == ["package.container", "package.variants-skipped"]


def test_a_damaged_split_leaves_the_others() -> None:
    package = read_package(
        make_zip(Entry("base.apk", base()), Entry("v.apk", b"garbage")), "x.xapk"
    )
    assert package.damaged == {"v.apk": "zip.no-end-record"}
    assert codes_of(archive.extract(package)) == ["package.container", "package.part-damaged"]


OTHER = make_signed(
    *make_entries(make_manifest(node("application"), package="cn.edu.other")), schemes=("v2",)
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (make_zip(Entry("v.apk", feature())), "package.no-base"),
        (feature(), "package.no-base"),
        (make_zip(Entry("a.apk", base()), Entry("b.apk", OTHER)), "package.several"),
        (make_zip(Entry("a.apk", b"garbage")), "package.no-base"),
        (make_zip(Entry("Payload/Campus.app/Info.plist", b"x")), "package.plist-unreadable"),
        (make_zip(Entry("notes.txt", b"x")), "package.no-manifest"),
    ],
)
def test_what_is_no_set_is_named(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_package(content, "x")
    assert caught.value.code == code


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        open_package(tmp_path)
    assert caught.value.code == "package.folder"


def make_bundle() -> bytes:
    table = make_proto_table({"string": {"name": {"": "Campus", "zh-CN": "校园通"}}})
    voice = manifest_of_split("voice", node("uses-permission", name=NFC))
    return make_zip(
        Entry("BundleConfig.pb", b"x"),
        Entry("base/manifest/AndroidManifest.xml", make_proto_xml(manifest_of_base())),
        Entry("base/resources.pb", table),
        Entry("base/dex/classes.dex", b"dex base"),
        Entry("base/root/kotlin/a", b"x"),
        Entry("voice/manifest/AndroidManifest.xml", make_proto_xml(voice)),
        Entry("voice/dex/classes.dex", b"dex voice"),
        Entry("voice/lib/x86/libv.so", b"x"),
    )


def test_a_bundle_is_one_app() -> None:
    package = read_package(make_bundle(), "x.aab")
    sample = package.sample()
    assert (sample.app_id, sample.label, sample.label_zh) == ("cn.edu.example", "Campus", "校园通")
    assert (sample.target_sdk, sample.abis, sample.signer) == (33, ("x86",), None)
    assert facts_of(permissions.extract(package), "android.permission.declared").keys() == {
        CAMERA,
        NFC,
    }
    assert package.dex_entries() == [
        ("classes.dex", b"dex base"),
        ("voice!/classes.dex", b"dex voice"),
    ]
    assert package.read("kotlin/a") == b"x"
    assert sample.members == ()


@pytest.mark.system("aapt2")
def test_what_aapt2_links_is_read_in_both_forms(tmp_path: Path) -> None:
    """The same source, linked as a package and as a bundle's module, gives the same manifest."""
    framework = Path("/usr/share/android-framework-res/framework-res.apk")
    if not framework.is_file() or shutil.which("aapt2") is None:
        pytest.skip("system part android-framework-res is missing (make system-deps)")
    source = Path(__file__).resolve().parents[2] / "samples/android/campus-clean"
    subprocess.run(
        ["aapt2", "compile", "--dir", source / "res", "-o", tmp_path / "res.zip"], check=True
    )
    trees = []
    for form in ([], ["--proto-format"]):
        target = tmp_path / "out.zip"
        link = [
            "aapt2",
            "link",
            *form,
            "-I",
            framework,
            "--manifest",
            source / "AndroidManifest.xml",
        ]
        subprocess.run([*link, "-o", target, tmp_path / "res.zip"], check=True, capture_output=True)
        if form:
            with (
                zipfile.ZipFile(target) as archive_,
                zipfile.ZipFile(tmp_path / "x.aab", "w") as bundle,
            ):
                for name in archive_.namelist():
                    inner = (
                        "manifest/AndroidManifest.xml" if name == "AndroidManifest.xml" else name
                    )
                    bundle.writestr(f"base/{inner}", archive_.read(name))
            target = tmp_path / "x.aab"
        package = open_package(target)
        sample = package.sample()
        trees.append(
            (sample.app_id, sample.label, sample.label_zh, sample.version_code, package.icon is not None,
             sorted(one.name for one in package.manifest.uses_permissions),
             [(one.name, one.exported) for one in package.manifest.components], package.manifest.application.flags)
        )  # fmt: skip
    assert trees[0] == trees[1]
