"""Lines that are missing, doubled, altered or forged break the chain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.runtime.channel import Broken, ChannelReader, Message
from tests.analyzers.runtime.fakes import KEY, make_line


def test_lines_in_order_are_messages() -> None:
    reader = ChannelReader(KEY)
    read = [reader.read(make_line(number, "event", what="联系人")) for number in range(3)]
    assert [message.number for message in read if isinstance(message, Message)] == [0, 1, 2]
    assert read[0] == Message("event", "start", 0, 0, {"what": "联系人"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (make_line(0, "event", key=b"x" * 32), "seal"),
        (make_line(0, "event").replace(b"event", b"canary"), "seal"),
        (make_line(1, "event"), "order"),
        (b'{"k":"event","p":"start","t":1,"n":0}', "form"),
        (b"not json", "form"),
        (b"", "form"),
    ],
)
def test_what_breaks_the_chain(line: bytes, reason: str) -> None:
    broken = ChannelReader(KEY).read(line)
    assert isinstance(broken, Broken)
    assert broken.reason == reason


def test_a_replayed_line_is_out_of_order() -> None:
    reader = ChannelReader(KEY)
    reader.read(make_line(0, "event"))
    assert isinstance(reader.read(make_line(0, "event")), Broken)
    assert isinstance(reader.read(make_line(1, "event")), Message)


@given(st.binary(max_size=300))
def test_any_bytes_are_survived(line: bytes) -> None:
    assert isinstance(ChannelReader(KEY).read(line), Broken)
