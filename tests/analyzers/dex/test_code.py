"""The lock-step decode: payloads, odd ends, shared bodies, the scalar tail."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from analyzers.dex import code as decoder
from analyzers.dex.code import decode_code
from analyzers.dex.index import DexIndex
from analyzers.dex.opcodes import load_opcodes
from analyzers.dex.tables import read_tables
from tests.analyzers.dex.dex_builder import Cls, Method, make_dex

GO = "La/A;->go()V"
SWITCH = [
    ("const/4", 0, 1),
    ("packed-switch", 0, "payload"),
    ("invoke-static", [], GO),
    ("return-void",),
    ("label", "payload"),
    ("raw", 0x0100), ("raw", 2), ("raw", 0), ("raw", 0),
    ("raw", 2), ("raw", 0), ("raw", 4), ("raw", 0),
]  # fmt: skip
SPARSE = [
    ("sparse-switch", 0, "payload"),
    ("invoke-static", [], GO),
    ("return-void",),
    ("label", "payload"),
    ("raw", 0x0200), ("raw", 1), ("raw", 7), ("raw", 0), ("raw", 3), ("raw", 0),
]  # fmt: skip
FILLED = [
    ("fill-array-data", 0, "payload"),
    ("invoke-static", [], GO),
    ("return-void",),
    ("raw", 0),
    ("label", "payload"),
    ("raw", 0x0300), ("raw", 1), ("raw", 3), ("raw", 0), ("raw", 0x6E71), ("raw", 0x71),
]  # fmt: skip


def dex_of(*codes: list, name: str = "m") -> bytes:
    methods = [Method(f"{name}{at}", flags=9, code=lines) for at, lines in enumerate(codes)]
    return make_dex(Cls("La/A;", [Method("go", flags=9, code=[("return-void",)]), *methods]))


def opcodes_of(data: bytes) -> list[str]:
    code = decode_code(read_tables("x", data))
    return [load_opcodes().names[op] for op in code.opcodes.tolist()]


@pytest.mark.parametrize("tail", [0, 1_000])
@pytest.mark.parametrize("body", [SWITCH, SPARSE, FILLED], ids=["packed", "sparse", "filled"])
def test_payloads_are_stepped_over(body: list, tail: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "_TAIL", tail)
    table = read_tables("x", dex_of(body))
    code = decode_code(table)
    assert (code.odd, code.unused) == (0, 0)
    assert [n for n in opcodes_of(dex_of(body)) if n == "invoke-static"] == ["invoke-static"]
    index = DexIndex.read([("x", dex_of(body))])
    assert index.method_texts(index.uses.calls.target) == [GO]


@pytest.mark.parametrize("tail", [0, 1_000])
def test_code_that_ends_inside_an_instruction_is_counted(
    tail: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder, "_TAIL", tail)
    cut = [("invoke-static", [], GO), ("raw", 0x71)]
    code = decode_code(read_tables("x", dex_of(cut)))
    assert code.odd == 1
    index = DexIndex.read([("x", dex_of(cut))])
    assert len(index.uses.calls) == 1
    assert index.problems == (
        ("dex.code_damaged", {"file": "x", "odd": 1, "unused": 0, "wild": 0}),
    )


def test_undefined_opcodes_and_wild_indices_are_counted() -> None:
    wild = [("raw", 0x3E), ("raw", 0x0071), ("raw", 0xFFFF), ("raw", 0), ("return-void",)]
    index = DexIndex.read([("x", dex_of(wild))])
    assert len(index.uses.calls) == 0
    ((code, params),) = index.problems
    assert (code, params["unused"], params["wild"]) == ("dex.code_damaged", 1, 1)


def test_a_huge_payload_ends_the_body() -> None:
    body = [
        ("return-void",),
        ("raw", 0),
        ("raw", 0x0300),
        ("raw", 8),
        ("raw", 0xFFFF),
        ("raw", 0xFFFF),
    ]
    assert decode_code(read_tables("x", dex_of(body))).odd == 1


def test_methods_that_share_a_body_all_call() -> None:
    data = bytearray(dex_of([("invoke-static", [], GO), ("return-void",)]))
    index = DexIndex.read([("x", bytes(data))])
    items = index.uses.calls.item
    places, methods = index.bodies.methods_of(np.concatenate([items, items]))
    assert index.method_texts(methods) == ["La/A;->m0()V", "La/A;->m0()V"]
    assert places.tolist() == [0, 1]


def test_code_outside_the_file_is_left_out() -> None:
    data = dex_of([("return-void",)])
    table = read_tables("x", data[:-8])
    assert decode_code(table).odd >= 0
    header = bytearray(data)
    struct.pack_into("<I", header, 0x58, 5_000_000)  # more methods than the file can hold
    index = DexIndex.read([("x", bytes(header))])
    assert "dex.table_cut" in [code for code, _ in index.problems]
    assert len(index.uses.calls) == 0


def test_lengths_follow_the_formats() -> None:
    opcodes = load_opcodes()
    assert sum(opcodes.unused) == 32
    assert opcodes.lengths[0x18] == 5
    assert opcodes.lengths[0xFA] == 4
    assert opcodes.named("invoke-static").sum() == 2
