"""Looking up a resource: the choice of a plain device, references followed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from analyzers.formats.resource_config import Config, rank_chinese, rank_default

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analyzers.formats.typed_value import TypedValue

MAX_DEPTH = 20


class Resources(ABC):
    """The resources of an app, wherever they are stored."""

    @abstractmethod
    def values(self, resource: int) -> list[tuple[Config, TypedValue]]:
        """Give the value of a resource in every configuration, references not followed."""

    @abstractmethod
    def name(self, resource: int) -> str:
        """Give ``type/key`` of a resource, empty where it is unknown."""

    @abstractmethod
    def ids(self, type_name: str) -> Iterator[int]:
        """Give the ids of all resources of a type, such as ``string``, in order."""

    def resolve(self, resource: int, *, chinese: bool = False) -> TypedValue | None:
        """Give the value a plain device takes, references followed.

        Args:
            resource: Resource id.
            chinese: Choose for zh-CN; then None where no Chinese value exists.
        """
        rank = rank_chinese if chinese else rank_default
        config, value = self._follow(resource, rank)
        if chinese and not (config and config.is_simplified_chinese):
            return None
        return value

    def _follow(
        self, resource: int, rank: Callable[[Config], tuple[int, ...]]
    ) -> tuple[Config | None, TypedValue | None]:
        chosen: Config | None = None
        for _ in range(MAX_DEPTH):
            values = self.values(resource)
            if not values:
                return None, None
            config, value = min(values, key=lambda pair: rank(pair[0]))
            if chosen is None or config.language:
                chosen = config
            if not value.is_reference:
                return chosen, value
            resource = value.data
        return None, None


class JoinedResources(Resources):
    """The tables of a base and its splits, asked as one."""

    def __init__(self, tables: list[Resources]) -> None:
        """Take the tables, the base's first."""
        self._tables = tables

    def values(self, resource: int) -> list[tuple[Config, TypedValue]]:
        """Give the value of a resource in every configuration of every table."""
        return [pair for table in self._tables for pair in table.values(resource)]

    def name(self, resource: int) -> str:
        """Give the name from the first table that knows it."""
        return next(filter(None, (table.name(resource) for table in self._tables)), "")

    def ids(self, type_name: str) -> Iterator[int]:
        """Give the ids of every table, each once."""
        yield from dict.fromkeys(i for table in self._tables for i in table.ids(type_name))
