"""The count rules P-8, P-9, P-10: one group per work, one app per audience, one per matter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

AUDIENCES = {"学生": ("学生", "办事服务"), "教职工": ("教职工", "管理服务"), "公众": ("公众", "")}
"""S1 第五条, S4 三（四）: audience -> the audience's word and the service that counts (empty: any)."""
SAME_AUDIENCE = {"教师": "教职工"}


def one_app_keys(audience: Iterable[str], services: Iterable[str]) -> tuple[str, ...]:
    """P-9: give the audiences for which an app is the one app (学生, 教职工, 公众)."""
    people = {SAME_AUDIENCE.get(word, word) for word in audience}
    offered = set(services)
    return tuple(
        name
        for name, (who, service) in AUDIENCES.items()
        if who in people and (not service or service in offered)
    )


def find_duplicates(
    items: Iterable[T], keys: Callable[[T], Iterable[tuple[str, ...]]]
) -> dict[tuple[str, ...], tuple[T, ...]]:
    """Give the keys that more than one item has, with these items in order.

    A key with an empty part is none: what is not filled in equals nothing.
    """
    groups: dict[tuple[str, ...], list[T]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            if all(part.strip() for part in key):
                groups[tuple(part.strip() for part in key)].append(item)
    return {key: tuple(found) for key, found in groups.items() if len(found) > 1}
