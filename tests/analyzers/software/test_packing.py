"""Packers: two kinds of evidence are certain, one library is only possible, look-alikes are none."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.knowledge.packers import PackerError, load_packers
from analyzers.model import Confidence
from analyzers.software.observed import Observed
from analyzers.software.packing import Marks, find_missing, match_packers

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
