"""The index over several files: names, numbers, searches, problems."""

from __future__ import annotations

import re

import numpy as np
import pytest

from analyzers.dex.errors import DexError
from analyzers.dex.index import DexIndex
from analyzers.dex.tables import read_tables
from analyzers.dex.word_search import find_word_rows, find_words
from tests.analyzers.dex.dex_builder import Cls, Method, make_dex

CALL = ("invoke-static", [], "Lcom/example/B;->go()V")
ONE = make_dex(
    Cls("Lcom/example/A;", [Method("run", code=[CALL, ("return-void",)])]),
    strings=("https://a.example/x", "android_id", "a\0b", "校园", "\U0001f600"),
)
TWO = make_dex(
    Cls("Lcom/example/B;", [Method("go", flags=9, code=[("return-void",)])]),
    Cls("Lcom/other/C;"),
)


def test_names_of_all_files_are_one_sorted_list() -> None:
    names = DexIndex.read([("classes.dex", ONE), ("classes2.dex", TWO)]).class_names
    assert list(names) == ["com.example.A", "com.example.B", "com.other.C"]
    assert names[0:2] == ["com.example.A", "com.example.B"]
    assert [names[at] for at in names.prefix_range("com.example.")] == names[0:2]
    assert names.prefix_range("com.none.") == range(2, 2) or not names.prefix_range("com.none.")
    assert "com.other.C" in names
    assert "com.other" not in names
    assert 7 not in names


def test_a_call_into_another_file_has_one_number() -> None:
    index = DexIndex.read([("classes.dex", ONE), ("classes2.dex", TWO)])
    assert index.method_texts(index.uses.calls.target) == ["Lcom/example/B;->go()V"]
    assert index.program.definitions.target[index.uses.calls.target].tolist() == (
        index.uses.calls.target.tolist()
    )
    assert index.methods.find("Lcom/example/B;", "go", ([], "V")) == index.uses.calls.target[0]
    assert index.methods.find("Lcom/example/B;", "gone", ([], "V")) == -1


def test_files_are_counted() -> None:
    (file,) = DexIndex.read([("x.dex", TWO)]).files
    assert (file.name, file.version, file.classes, file.methods) == ("x.dex", "035", 2, 1)
    assert file.size == len(TWO)


def test_strings_are_found_and_decoded() -> None:
    index = DexIndex.read([("classes.dex", ONE)])
    (hits,) = index.find_strings(re.compile(rb"https?://[a-z.]+"))
    assert hits.texts == ["https://a.example/x"]
    assert index.find_texts(["android_id", "nothing"])[0].texts == ["android_id"]
    assert index.find_texts([]) == []
    rows = np.arange(index.files[0].strings)
    texts = index.string_texts(0, rows)
    assert {"a\0b", "校园", "\U0001f600"} <= set(texts)
    assert [index.tables[0].strings.text(row) for row in rows.tolist()] == texts


def test_words_are_found_in_one_pass() -> None:
    table = read_tables("x", ONE)
    assert find_words([table], ["example", "droid_i", "absent"]) == {"example", "droid_i"}
    rows = find_word_rows(table, ["https://"])
    assert table.strings.decode(rows) == ["https://a.example/x"]
    assert len(find_word_rows(table, ["absent"])) == 0
    with pytest.raises(ValueError, match="too short"):
        find_words([table], ["abc"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "dex.damaged"),
        (b"PK\3\4" + bytes(200), "dex.damaged"),
        (b"cdex001\0" + bytes(200), "dex.compact"),
        (b"dex\n041\0" + bytes(200), "dex.container"),
        (b"dex\n035\0" + bytes(200), "dex.damaged"),
    ],
)
def test_a_hopeless_file_is_a_problem_and_the_others_are_read(data: bytes, code: str) -> None:
    index = DexIndex.read([("bad.dex", data), ("classes2.dex", TWO)])
    assert [(c, p["file"]) for c, p in index.problems] == [(code, "bad.dex")]
    assert len(index.class_names) == 2
    with pytest.raises(DexError) as error:
        read_tables("bad.dex", data)
    assert error.value.code == code


def test_an_unknown_version_is_read_and_told() -> None:
    index = DexIndex.read([("x.dex", make_dex(Cls("La/B;"), version=b"034"))])
    assert index.problems == (("dex.version", {"file": "x.dex", "version": "034"}),)
    assert list(index.class_names) == ["a.B"]


def test_no_files_give_an_empty_index() -> None:
    index = DexIndex.read([])
    assert (len(index.uses.calls), len(index.class_names), index.files) == (0, 0, ())
