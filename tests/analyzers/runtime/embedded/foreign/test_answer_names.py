"""Questions are read as RFC 1035 has them, and answered with one address or none."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.runtime.embedded.foreign.answer_names import FIRST, make_answer, read_question


def make_question(name: str, kind: int = 1) -> bytes:
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return (
        struct.pack("!HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", kind, 1)
    )


def test_question_is_read() -> None:
    packet = make_question("Stat.Example")
    assert read_question(packet) == ("stat.example", 1, len(packet))


def test_answer_carries_the_address() -> None:
    packet = make_question("a.example")
    answer = make_answer(packet, len(packet), FIRST)
    assert answer[:2] == packet[:2]
    assert struct.unpack_from("!HH", answer, 4) == (1, 1)
    assert answer.endswith(struct.pack("!HI", 4, FIRST))


def test_other_types_get_an_empty_answer() -> None:
    packet = make_question("a.example", kind=28)
    answer = make_answer(packet, len(packet), None)
    assert struct.unpack_from("!HH", answer, 4) == (1, 0)
    assert answer[12:] == packet[12:]


@given(st.binary(max_size=80))
def test_any_packet_is_refused_or_read(packet: bytes) -> None:
    try:
        name, kind, end = read_question(packet)
    except (ValueError, struct.error, IndexError):
        return
    assert isinstance(name, str)
    assert 0 <= kind <= 0xFFFF
    assert end > 12


def test_compression_is_refused() -> None:
    with pytest.raises(ValueError, match="compressed"):
        read_question(b"\0" * 12 + b"\xc0\x0c")
