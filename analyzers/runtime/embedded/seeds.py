"""The seeded values of a phone: made per run, plausible, and recognisable wherever they turn up."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from analyzers.runtime.embedded.jars import HERE

if TYPE_CHECKING:
    from pathlib import Path


class Canary(msgspec.Struct, frozen=True):
    """One seeded value that stands for a personal-information type."""

    name: str
    type: str
    """Personal-information type of knowledge."""
    value: str


@cache
def _phone() -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / "phone.toml").read_text("utf-8"))


def make_canaries(seed: str) -> tuple[Canary, ...]:
    """Make the identifiers of one phone; the same seed gives the same phone."""
    chance = random.Random(seed)
    canaries = []
    for name, row in _phone()["canary"].items():
        kind, _, pattern = row.partition(" ")
        canaries.append(Canary(name, kind, _fill(pattern, chance)))
    return tuple(canaries)


def _fill(pattern: str, chance: random.Random) -> str:
    """Fill a pattern: ``9`` any digit, ``x`` any hex digit, ``L`` the Luhn digit, else itself."""
    text = ""
    for sign in pattern:
        if sign == "9":
            text += str(chance.randrange(10))
        elif sign == "x":
            text += f"{chance.randrange(16):x}"
        elif sign == "L":
            text += _luhn(text)
        else:
            text += sign
    return text


def _luhn(digits: str) -> str:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def write_seeds(path: Path, canaries: tuple[Canary, ...], dangerous: tuple[str, ...]) -> None:
    """Write what the driver reads, a Java properties file in ASCII."""
    values = {**_phone()["fixed"], **{canary.name: canary.value for canary in canaries}}
    values["dangerous"] = ",".join(dangerous)
    lines = [f"{name}={_escape(value)}" for name, value in values.items()]
    path.write_text("\n".join(lines) + "\n", "ascii")


def _escape(value: str) -> str:
    text = value.replace("\\", "\\\\")
    return "".join(sign if sign.isascii() else f"\\u{ord(sign):04x}" for sign in text)
