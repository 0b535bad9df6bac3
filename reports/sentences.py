"""Fills sentence templates with values that are data, never templates themselves.

Syntax of a template::

    {name}            the value; nothing where it is null or empty
    [ ... {name} ]    printed only where every value named inside is present
    [name? ...]       printed only where the value is true (not false, null, empty)
    [!name? ...]      printed only where it is not

Pieces do not nest. Values are put in as they are and are not read again, so braces and brackets
in the name of an app stay what they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PIECE = re.compile(r"\[(?:(!?)([A-Za-z_][A-Za-z0-9_]*)\?)?([^\[\]]*)\]")


def fill(template: str, values: Mapping[str, object]) -> str:
    """Fill a template that may hold optional pieces."""
    done: list[str] = []
    position = 0
    for piece in _PIECE.finditer(template):
        done.append(fill_plain(template[position : piece.start()], values))
        if _wanted(piece, values):
            done.append(fill_plain(piece[3], values))
        position = piece.end()
    done.append(fill_plain(template[position:], values))
    return "".join(done)


def fill_plain(template: str, values: Mapping[str, object]) -> str:
    """Fill only the ``{name}`` places; a name without a value stays as it stands."""
    return _FIELD.sub(lambda found: _print(found, values), template)


def names_of(template: str) -> set[str]:
    """List the names a template asks for."""
    conditions = {piece[2] for piece in _PIECE.finditer(template) if piece[2]}
    return conditions | set(_FIELD.findall(template))


def _wanted(piece: re.Match[str], values: Mapping[str, object]) -> bool:
    if piece[2]:
        return _present(values.get(piece[2])) != bool(piece[1])
    return all(_present(values.get(name)) for name in _FIELD.findall(piece[3]))


def _present(value: object) -> bool:
    return value is not None and value is not False and value != "" and value != []


def _print(found: re.Match[str], values: Mapping[str, object]) -> str:
    if found[1] not in values:
        return found[0]
    value = values[found[1]]
    return "" if value is None else str(value)
