"""What a school sets for its register: intervals and days that the regulations leave open."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from scanner.errors import UsageError


class Parameters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one school."""

    member_review_days: int | None = None
    patrol_days: int | None = None
    inspection_days: int | None = None
    content_counts: bool = False
    expiry_ahead_days: int = 30
    refiling_before: datetime.date
    recognition_before: datetime.date
    student_departments: tuple[str, ...]
    mass_users: int | None = None
    regulations: tuple[str, ...] = ("S0", "S1", "S2", "S3", "S4")
    """Keys of the regulations whose rules are worked out."""


def load_parameters(path: Path | None = None) -> Parameters:
    """Load the defaults, changed by a school's own file where one is given.

    Raises:
        UsageError: the file is not TOML or sets something unknown.
    """
    values: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    try:
        if path is not None:
            values |= tomllib.loads(path.read_text("utf-8"))
        return msgspec.convert(values, Parameters)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError("register.bad_parameters", file=str(path), reason=str(error)) from error
