"""Reads ``field=value`` words of the command line for an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.errors import UsageError
from scanner.register.catalogue import find_field
from scanner.register.values import ValueProblem, read_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.register.catalogue import Object
    from scanner.register.session import Session
    from scanner.register.values import Value


def read_assignments(session: Session, what: Object, words: Iterable[str]) -> dict[str, Value]:
    """Read every ``field=value``; ``field=`` empties the field.

    Raises:
        UsageError: no such field, or a value that does not fit it.
    """
    values: dict[str, Value] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise UsageError("register.no_value", word=word)
        field = find_field(what, name.strip())
        try:
            value = read_value(field, text)
        except ValueProblem as problem:
            known = "、".join(field.values)
            raise UsageError(
                "register.bad_value", field=field.zh, text=text, type=field.type, known=known
            ) from problem
        if field.type == "ref" and isinstance(value, str):
            value = session.named(field.targets, value)
        values[field.name] = value
    return values
