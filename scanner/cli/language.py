"""The command line's own sentences, in the language the person asked for."""

from __future__ import annotations

import os
import sys
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")


def language() -> str:
    """Give ``zh`` or ``en``: ``--lang``, else ``$APPADMIT_LANG``, else Chinese.

    Help texts are made before the command line is parsed, so the arguments are looked at here.
    """
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument == "--lang" and arguments[index + 1 : index + 2]:
            return _known(arguments[index + 1])
        if argument.startswith("--lang="):
            return _known(argument.partition("=")[2])
    return _known(os.environ.get("APPADMIT_LANG", "zh"))


def _known(name: str) -> str:
    return name if name in LANGUAGES else "zh"


@cache
def load_sentences(lang: str) -> dict[str, str]:
    """Read all sentences of one language, by code."""
    path = Path(__file__).parent / "text" / f"{lang}.toml"
    return {code: str(text) for code, text in tomllib.loads(path.read_text("utf-8")).items()}


def say(code: str, /, **params: object) -> str:
    """Give the sentence of ``code``, filled; parameters are data and are made harmless.

    A code without a sentence is shown as it is, with its parameters, so that nothing is lost.
    """
    sentence = load_sentences(language()).get(code)
    shown = {name: harmless(str(value)) for name, value in params.items()}
    if sentence is None:
        detail = ", ".join(f"{name}={value}" for name, value in shown.items())
        return f"{code} ({detail})" if detail else code
    return sentence.format_map(_Lenient(shown))


class _Lenient(dict[str, str]):
    """A missing parameter shows as its name instead of ending in a KeyError."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def harmless(text: str, limit: int = 500) -> str:
    """Show control and bidirectional characters as escapes; cut what is too long."""
    shown = "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode()
        for char in text[: limit + 1]
    )
    return shown if len(text) <= limit else shown[:limit] + "…"
