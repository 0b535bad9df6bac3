"""A phone's seeded values are plausible, recognisable and the same for the same seed."""

from __future__ import annotations

from pathlib import Path

from analyzers.knowledge.personal_types import load_personal_types
from analyzers.runtime.embedded.seeds import make_canaries, write_seeds


def luhn_holds(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def test_identifiers_are_plausible() -> None:
    values = {canary.name: canary.value for canary in make_canaries("a")}
    assert len(values["imei"]) == 15
    assert luhn_holds(values["imei"])
    assert luhn_holds(values["iccid"])
    assert len(values["android_id"]) == 16
    assert int(values["android_id"], 16) > 0


def test_same_seed_same_phone() -> None:
    assert make_canaries("a") == make_canaries("a")
    assert make_canaries("a") != make_canaries("b")


def test_types_are_those_of_knowledge() -> None:
    assert {canary.type for canary in make_canaries("a")} <= set(load_personal_types())


def test_file_is_ascii_properties(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", make_canaries("a"), ("android.permission.CAMERA",))
    lines = (tmp_path / "seeds").read_text("ascii").splitlines()
    assert "dangerous=android.permission.CAMERA" in lines
    assert any(line.startswith("contact=\\u8054\\u7cfb\\u4eba") for line in lines)
