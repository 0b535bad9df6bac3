"""Every kind, word and label is told in both languages, and the loader says what is wrong."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
import yaml

from analyzers.kinds import load_kinds
from analyzers.model import Phase
from profiles.model import ConclusionKind, Outcome
from reports.sentences import names_of
from reports.text import TextError, catalogue, load_text

ROOT = Path(__file__).resolve().parents[3]
KNOWLEDGE = ROOT / "analyzers/knowledge"
LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_sentence_of_its_own_fields(lang: str) -> None:
    text, kinds = load_text(lang), load_kinds()
    untold, unknown = kinds.keys() - text.facts.keys(), text.facts.keys() - kinds.keys()
    assert not untold, f"add them to reports/text/{lang}/facts-*.toml: {sorted(untold)}"
    assert not unknown
    for name, kind in kinds.items():
        told = text.facts[name]
        allowed = kind.fields.keys() | {"subject"}
        assert names_of(told.sentence) <= allowed, name
        assert told.words.keys() <= allowed, name
        assert set(told.words.values()) <= text.words.keys(), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_closed_lists_of_kinds_have_words(lang: str) -> None:
    text = load_text(lang)
    for kind in load_kinds().values():
        told = text.facts[kind.name]
        for name, field in kind.fields.items():
            table = told.words.get(name, name)
            if table in text.words and name in names_of(told.sentence):
                missing = set(field.values) - text.words[table].keys() - {""}
                assert not missing, f"{kind.name}.{name}"


def test_both_languages_have_the_same_labels_words_and_places() -> None:
    zh, en = load_text("zh"), load_text("en")
    assert zh.labels.keys() == en.labels.keys()
    for key, label in zh.labels.items():
        assert names_of(label) == names_of(en.labels[key]), key
    assert zh.words.keys() == en.words.keys()
    for table in zh.words.keys() - {"flag"}:
        assert zh.words[table].keys() == en.words[table].keys(), table


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_the_model_are_complete(lang: str) -> None:
    words = load_text(lang).words
    assert set(Outcome) == words["outcome"].keys() == words["symbol"].keys()
    assert len(set(words["symbol"].values())) == len(Outcome)
    assert set(ConclusionKind) == words["conclusion"].keys()
    assert set(Phase) == words["phase"].keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_types_and_categories_are_those_of_the_knowledge(lang: str) -> None:
    words = load_text(lang).words
    types = tomllib.loads((KNOWLEDGE / "personal_types.toml").read_text("utf-8"))
    categories = tomllib.loads((KNOWLEDGE / "sdks/categories.toml").read_text("utf-8"))
    assert words["pi_type"] == {key: row[f"name_{lang}"] for key, row in types.items()}
    assert words["category"] == {key: row[lang] for key, row in categories.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_of_documents_are_those_of_the_rule_library(lang: str) -> None:
    documents = yaml.safe_load((ROOT / "profiles/library/documents.yaml").read_text("utf-8"))
    assert load_text(lang).words["document"] == {key: row[lang] for key, row in documents.items()}


def test_every_label_that_the_code_asks_for_exists_and_every_label_is_used() -> None:
    labels = load_text("zh").labels
    sources = [*(ROOT / "reports").rglob("*.py"), *(ROOT / "reports/templates").glob("*.html")]
    everything = "\n".join(path.read_text("utf-8") for path in sources)
    for path in (ROOT / "reports").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if _is_label_call(node):
                assert node.args[0].value in labels, f"{path.name}:{node.lineno}"
    groups = {key.split(".")[0] for key in labels}
    assert all(f'"{group}.' in everything for group in groups)


def _is_label_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name == "label" and isinstance(node.args[0], ast.Constant)


def test_unknown_values_are_told_as_they_are() -> None:
    text = load_text("zh")
    assert text.word("outcome", "NEW") == "NEW"
    assert text.fact("new.kind", "s", {"n": 1, "yes": [1, 2]}) == "s n=1, yes=1、2"
    assert text.limitation("new.code", {"b": 2, "a": 1}) == "new.code (a=1, b=2)"
    assert text.limitation("new.code", {}) == "new.code"


def test_a_missing_label_is_an_error() -> None:
    with pytest.raises(TextError, match="no label nowhere"):
        load_text("zh").label("nowhere")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(TextError, match="unknown language de"):
        load_text("de")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("words.toml", "[a", "zh/words.toml"),
        ("facts-a.toml", '["k"]\ntitle = 1\nsentence = ""', "facts"),
        ("facts-a.toml", '["k"]\ntitle = "t"\nsentence = "s"\nmore = 1', "more"),
        ("limitations-b.toml", '"x" = "two"', "x is stated twice"),
    ],
)
def test_a_broken_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, reason: str
) -> None:
    folder = tmp_path / "zh"
    folder.mkdir()
    (folder / "labels.toml").write_text("")
    (folder / "words.toml").write_text("")
    (folder / "limitations-a.toml").write_text('"x" = "one"')
    (folder / name).write_text(content)
    monkeypatch.setattr(catalogue, "TEXT_ROOT", tmp_path)
    with pytest.raises(TextError, match=reason):
        load_text.__wrapped__("zh")
