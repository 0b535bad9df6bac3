"""Put strings into a compiled manifest that the resource compiler would refuse.

The source carries a token; before compiling it becomes a harmless name of the same length in
UTF-16 units, afterwards the compiled string pool gets the real text in its place.
"""

from __future__ import annotations


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _stand_in(number: int, text: str) -> str:
    """Give a valid class name as long as the text (at least 5 units)."""
    name = f"q{number:02d}."
    if _units(text) <= len(name):
        raise ValueError(f"too short to stand in for: {text!r}")
    return name + "x" * (_units(text) - len(name))


def disguise(source: str, texts: dict[str, str]) -> str:
    """Replace each token of the manifest source by its stand-in."""
    for number, (token, text) in enumerate(sorted(texts.items())):
        if token not in source:
            raise ValueError(f"token {token} is not in the manifest")
        source = source.replace(token, _stand_in(number, text))
    return source


def reveal(compiled: bytes, texts: dict[str, str]) -> bytes:
    """Replace each stand-in of the compiled manifest by the text that is meant."""
    for number, (token, text) in enumerate(sorted(texts.items())):
        before, after = (part.encode("utf-16-le") for part in (_stand_in(number, text), text))
        if compiled.count(before) != 1:
            raise ValueError(f"{token} is not exactly once in the compiled manifest")
        compiled = compiled.replace(before, after)
    return compiled
