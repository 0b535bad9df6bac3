"""Forms of names that a clause asks for: group names (S3 二（一）) and members' names (S3 二（三）)."""

from __future__ import annotations

import re

MIN_NAME = 4
MAX_NAME = 40
_ODD = re.compile(r"[^\w\s（）()《》“”·、\-—0-9]")
_SEPARATORS = re.compile(r"[-—_+ ·|/]+")


def group_name_fits(name: str, department: str) -> bool:
    """Tell whether a group's name gives its unit and a purpose, without signs and smileys.

    The unit counts by its name or by the first two characters of it, as short forms do.
    """
    plain = name.strip()
    if not MIN_NAME <= len(plain) <= MAX_NAME or _ODD.search(plain):
        return False
    unit = department.strip()
    rest = plain.replace(unit, "") if unit and unit in plain else plain.replace(unit[:2], "", 1)
    return bool(unit) and unit[:2] in plain and len(rest) > 1


def display_name_fits(name: str, department: str) -> bool:
    """Tell whether a member's name reads unit and person: 教务处-张三, 教务张三, 教务处 张三."""
    plain = _SEPARATORS.sub("", name.strip())
    unit = department.strip()
    for start in (unit, unit.removesuffix("处").removesuffix("部"), unit[:2]):
        if start and plain.startswith(start):
            rest = plain[len(start) :].lstrip("处部院")
            return re.fullmatch(r"[\u4e00-\u9fff·]{2,8}", rest) is not None
    return False
