"""Packers: two kinds of evidence are certain, one library is only possible, look-alikes are none."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.knowledge.packers import PackerError, load_packers
from analyzers.model import Confidence, Fact, Limitation
from analyzers.software import packers, sdks
from analyzers.software.observed import Observed
from analyzers.software.packing import Marks, find_missing, is_code_hidden, match_packers
from tests.analyzers.software.packages import make_package

LIB = "lib/arm64-v8a/"


def find(marks: Marks | None = None, **observed: Any) -> dict[str, Confidence]:
    found = match_packers(Observed(**observed), load_packers(), marks or Marks())
    return {packing.id: packing.confidence for packing in found}


@pytest.mark.parametrize(
    ("packer", "files", "components"),
    [
        ("360-jiagu", ["assets/libjiagu.so"], ["com.stub.StubApp"]),
        ("bangcle-free", [LIB + "libSecShell.so"], ["com.secapk.wrapper.ApplicationWrapper"]),
        ("bangcle-ent", [LIB + "libDexHelper.so", "assets/classes0.jar"], []),
        ("ijiami-free", [LIB + "libexecmain.so", "assets/ijiami.dat"], []),
        ("ijiami-ent", [LIB + "libexecv3.so", "assets/ijiami.ajm"], []),
        ("tencent-legu", [LIB + "libshella-4.1.so", "tencent_stub"], []),
        ("baidu", [LIB + "libbaiduprotect.so", "assets/baiduprotect1.jar"], []),
        ("ali-jaq", [LIB + "libmobisec.so", "assets/aliprotect.dat"], []),
        ("yidun", [LIB + "libnesec.so"], ["com.netease.nis.wrapper.Entry"]),
        ("payegis", [LIB + "libegis.so"], ["com.payegis.FirstApplication"]),
        ("dingxiang", [LIB + "libx3g.so", "assets/csn1.data"], []),
        ("kiwisec", [LIB + "libkwscmm.so"], ["com.kiwivm.security.StubApplication"]),
        ("manxi", ["assets/mxsafe.config", LIB + "libdSafeShell.so"], []),
        ("virbox", [LIB + "libvirbox64.so"], ["virbox.StubApp"]),
        ("nesun", [LIB + "libzprotect.so", ".zprotect"], []),
        ("dpt-shell", ["assets/i11111i111.zip", LIB + "libdpt.so"], []),
        ("liapp", [LIB + "libliapp.so", "assets/LIAPP.ini"], []),
        ("dexprotector", [LIB + "libalice.so", "assets/dp.mp3"], []),
        ("appsealing", [LIB + "libcovault.so", "assets/appsealing.dex"], []),
    ],
)
def test_two_kinds_of_evidence_are_certain(
    packer: str, files: list[str], components: list[str]
) -> None:
    found = find(files=tuple(files), components=tuple(components))
    assert found[packer] == Confidence.CERTAIN


def test_one_library_is_only_possible() -> None:
    assert find(files=(LIB + "libnesec.so",)) == {"yidun": Confidence.POSSIBLE}


def test_a_stub_class_alone_is_likely_and_case_does_not_matter() -> None:
    assert find(components=("com.stub.STUBAPP",)) == {"360-jiagu": Confidence.LIKELY}


@pytest.mark.parametrize(
    "name",
    ["libexec.so", "libshell.so", "libjni.so", "libloader.so", "libmd.so", "libsgmain.so",
     "libsgsecuritybody.so", "libBugly.so", "libmsaoaidsec.so", "lib39285EFA.so",
     "libxgVipSecurity.so", "libbaiduprotect_sec_jni.so", "libshield.so"],
)  # fmt: skip
def test_look_alikes_are_no_packer(name: str) -> None:
    assert find(files=(LIB + name,)) == {}


@pytest.mark.parametrize("asset", ["assets/classes.jar", "assets/res.zip", "assets/dex.dat"])
def test_common_assets_are_no_packer(asset: str) -> None:
    assert find(files=(asset,)) == {}


def test_promon_needs_its_elf_sections() -> None:
    marks = Marks(elf={".ncc": LIB + "libshield.so"})
    assert find(marks, files=(LIB + "libshield.so",)) == {"promon": Confidence.CERTAIN}


def test_a_changed_upx_mark_names_the_packer() -> None:
    assert find(Marks(magic={"AJM!": LIB + "libx.so"})) == {"ijiami-ent": Confidence.LIKELY}


def test_missing_classes_are_counted() -> None:
    seen = Observed(classes=("com.stub.StubApp",), components=("com.stub.StubApp", "a.Main"))
    assert find_missing(seen) == ("a.Main",)


def test_the_catalogue_holds_all_packers_with_sources() -> None:
    packers = load_packers()
    assert len(packers) == 52
    assert [i for i, packer in packers.items() if not packer.sources] == []
    named = [i for i, p in packers.items() if p.classes or p.libraries or p.assets or p.magic]
    assert set(packers) - set(named) == {"appdome"}


def test_a_broken_packer_file_is_told_line_by_line(tmp_path: Any) -> None:
    broken = tmp_path / "packers.toml"
    broken.write_text(
        '[a]\nname = "A"\nvendor = ""\nkind = "odd"\n[b]\nname = 1\nvendor = ""\nkind = "guard"\n'
        '[c]\nname = "C"\nvendor = ""\nkind = "guard"\nweak = ["libx.so"]\n'
    )
    with pytest.raises(PackerError) as error:
        load_packers(broken)
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == ["a", "b", "c"]


def test_hidden_code_is_told_by_a_sure_packer_or_by_missing_classes() -> None:
    packers = load_packers()
    packed = Observed(files=("assets/libjiagu.so",), components=("com.stub.StubApp",))
    emptied = Observed(classes=("a.A",), components=("a.A", "b.B", "b.C", "b.D"))
    plain = Observed(classes=("a.A", "b.B", "b.C"), components=("a.A", "b.B", "b.C", "b.D"))
    assert [is_code_hidden(seen, packers) for seen in (packed, emptied, plain)] == [
        True, True, False,
    ]  # fmt: skip


def test_a_packed_package_says_what_cannot_be_judged() -> None:
    package = make_package(**{"assets/libjiagu.so": b"\x7fELF", "assets/.appkey": "x"})
    fact, limitation = packers.extract(package)
    assert isinstance(fact, Fact)
    assert (fact.subject, fact.confidence, fact.fields["hides_code"]) == (
        "360-jiagu", Confidence.CERTAIN, True,
    )  # fmt: skip
    assert isinstance(limitation, Limitation)
    assert limitation.code == "software.packed"
    assert limitation.params["missing"] == limitation.params["components"] > 5
    assert "software.sdks" in limitation.hides


def test_an_unknown_packer_is_told_by_the_missing_classes() -> None:
    (limitation,) = packers.extract(make_package())
    assert limitation.code == "software.code-missing"


def test_behind_a_packer_sdks_are_told_by_manifest_and_incomplete() -> None:
    package = make_package(**{"assets/libjiagu.so": b"\x7fELF", "assets/.appkey": "x"})
    found = list(sdks.extract(package))
    likely = {f.subject for f in found if isinstance(f, Fact) and f.confidence == "likely"}
    assert {"getui-push", "jpush", "pangle-cn"} <= likely
    assert [f.code for f in found if isinstance(f, Limitation)] == ["software.sdks-hidden"]
