"""Read one rule file: YAML as data only, bounded, without aliases and without repeated keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 512 * 1024
MAX_DEPTH = 40

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RuleFileError(ValueError):
    """The file is not usable YAML; the message gives line and reason."""


class _StrictLoader(_Base):  # type: ignore[misc]
    """Safe loader that refuses repeated keys and leaves dates as text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> object:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                raise RuleFileError(f"line {_line(key_node)}: a key must be plain text")
            if key in seen:
                raise RuleFileError(f"line {_line(key_node)}: {key} is written twice")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_StrictLoader.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node)
)
_StrictLoader.add_constructor(
    "tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True)
)


def read_rule_file(path: Path) -> object:
    """Read a YAML file into plain dicts, lists and scalars.

    Raises:
        RuleFileError: not readable, not UTF-8, too large, too deep, aliases, repeated keys, or
            not YAML; the message names the line where there is one.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RuleFileError(f"cannot be read: {error.strerror}") from error
    return read_rule_text(raw)


def read_rule_text(raw: bytes) -> object:
    """Read the bytes of a YAML file; see ``read_rule_file``."""
    if len(raw) > MAX_BYTES:
        raise RuleFileError(f"larger than {MAX_BYTES // 1024} KiB")
    try:
        text = raw.decode("utf-8")
        _check_tokens(text)
        return yaml.load(text, Loader=_StrictLoader)
    except UnicodeDecodeError as error:
        raise RuleFileError("is not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        raise RuleFileError(f"{place}{getattr(error, 'problem', None) or 'is not YAML'}") from error
    except ValueError as error:
        raise error if isinstance(error, RuleFileError) else RuleFileError(str(error)) from error


def _line(place: yaml.Event | yaml.Node) -> int:
    mark = place.start_mark
    return mark.line + 1 if mark else 0


def _check_tokens(text: str) -> None:
    """Refuse aliases, tags and deep nesting before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RuleFileError(f"line {_line(event)}: aliases are not allowed")
        if getattr(event, "tag", None):
            raise RuleFileError(f"line {_line(event)}: tags are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise RuleFileError(f"line {_line(event)}: nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
