"""Original names and lines from a mapping file."""

from __future__ import annotations

from analyzers.dex.debug_lines import read_lines, read_names
from analyzers.dex.mapping import read_mapping
from analyzers.dex.tables import read_tables
from analyzers.dex.uleb import read_sleb, read_uleb
from tests.analyzers.dex.dex_builder import Cls, Method, make_dex, sleb, uleb

TEXT = """# compiler: R8
cn.edu.example.Login -> a.b:
    java.lang.String token -> a
    1:3:void login(cn.edu.example.User,int[]):40:42 -> a
    4:4:void other.Inlined.work():9:9 -> a
    void plain() -> c
cn.edu.example.User -> a.c:
nonsense line
"""


def test_names_are_turned_back() -> None:
    mapping = read_mapping(TEXT)
    assert mapping.class_name("a.b") == "cn.edu.example.Login"
    assert mapping.class_name("x.y") == "x.y"
    original = "Lcn/edu/example/Login;->login(Lcn/edu/example/User;[I)V"
    assert mapping.method("La/b;->a(La/c;[I)V") == original
    assert mapping.method("La/b;->c()V") == "Lcn/edu/example/Login;->plain()V"
    assert mapping.method("La/b;->zz()La/c;") == "Lcn/edu/example/Login;->zz()Lcn/edu/example/User;"


def test_lines_are_turned_back() -> None:
    mapping = read_mapping(TEXT)
    assert mapping.line("La/b;->a(La/c;[I)V", 2) == 41
    assert mapping.line("La/b;->a(La/c;[I)V", 99) == 99


def test_lines_follow_the_state_machine() -> None:
    code = [("const/4", 0, 1), ("const/4", 0, 2), ("return-void",)]
    method = Method("m", flags=9, code=code, lines=[(0, 30), (2, 12)])
    table = read_tables("x", make_dex(Cls("La/A;", [method])))
    start = int(table.members.methods.code[0])
    debug = int.from_bytes(table.raw[start + 8 : start + 12], "little")
    assert [read_lines(table.raw, debug, at) for at in (0, 1, 2)] == [30, 30, 12]
    assert read_lines(table.raw, 0, 0) is None
    assert read_lines(table.raw, len(table.raw) + 5, 0) is None
    assert read_names(table.raw, debug) == []


def test_numbers_survive_writing_and_reading() -> None:
    for number in (0, 1, 127, 128, 300, 2**31 - 1):
        assert read_uleb(uleb(number), 0)[0] == number
        assert read_sleb(sleb(number), 0)[0] == number
        assert read_sleb(sleb(-number), 0)[0] == -number
    assert read_uleb(b"", 0)[0] == 0
