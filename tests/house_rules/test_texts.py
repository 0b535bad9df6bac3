"""Every code that can reach a person has a sentence in both languages."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

from analyzers.kinds import load_kinds
from analyzers.registry import ANALYZERS

ROOT = Path(__file__).resolve().parents[2]


def sentences(lang: str, pattern: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((ROOT / "reports/text" / lang).glob(pattern)):
        for code, text in tomllib.loads(path.read_text("utf-8")).items():
            assert code not in found, f"{path.name}: {code} stands twice"
            found[code] = text
    return found


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def codes_in_sources(pattern: str, folder: str) -> set[str]:
    return {
        code
        for path in (ROOT / folder).rglob("*.py")
        for code in re.findall(pattern, path.read_text("utf-8"))
    }


def test_both_languages_say_the_same_limitations() -> None:
    chinese, english = (sentences(lang, "limitations*.toml") for lang in ("zh", "en"))
    assert chinese.keys() == english.keys()
    for code in chinese:
        assert holes(chinese[code]) == holes(english[code]), code


def test_every_limitation_in_the_code_has_a_sentence() -> None:
    codes = codes_in_sources(r'make_limitation\(\s*"([a-z0-9_.]+)"', "analyzers")
    codes |= codes_in_sources(r'make_limitation\(\s*"([a-z0-9_.]+)"', "scanner")
    assert len(codes) > 5
    assert codes <= sentences("zh", "limitations*.toml").keys()


def test_both_languages_of_the_command_line_say_the_same() -> None:
    chinese, english = (
        tomllib.loads((ROOT / f"scanner/cli/text/{lang}.toml").read_text("utf-8"))
        for lang in ("zh", "en")
    )
    assert chinese.keys() == english.keys()
    for code in chinese:
        assert holes(chinese[code]) == holes(english[code]), code


def test_every_error_of_the_scanner_has_a_sentence() -> None:
    known = tomllib.loads((ROOT / "scanner/cli/text/zh.toml").read_text("utf-8"))
    pattern = r'(?:UnreadableInput|UsageError|EnvironmentProblem|InternalError)\(\s*"([a-z_.]+)"'
    codes = codes_in_sources(pattern, "scanner")
    assert len(codes) > 8
    assert codes <= known.keys()


def test_every_reason_of_an_unreadable_file_has_a_sentence() -> None:
    known = tomllib.loads((ROOT / "scanner/cli/text/zh.toml").read_text("utf-8"))
    codes = codes_in_sources(r'UnreadableError\(\s*"([a-z0-9_.]+)"', "analyzers")
    assert codes
    assert codes <= known.keys()


def test_analyzers_state_only_known_kinds_and_every_kind_can_be_stated() -> None:
    kinds = load_kinds()
    ids = [analyzer.id for analyzer in ANALYZERS]
    assert len(ids) == len(set(ids))
    for analyzer in ANALYZERS:
        assert analyzer.kinds, analyzer.id
        assert set(analyzer.kinds) <= kinds.keys(), analyzer.id
        assert analyzer.doc.strip(), analyzer.id
